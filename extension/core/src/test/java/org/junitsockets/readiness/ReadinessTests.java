package org.junitsockets.readiness;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsockets.testing.Background;
import org.junitsockets.time.Deadline;
import org.junitsockets.time.Ticker;

/** What is closed is closed, whatever those who have waited for it are about. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "it needs a loopback address that nobody else binds")
class ReadinessTests {

    private static final AtomicInteger TESTS = new AtomicInteger();

    /** This test's own, whoever else runs it at the same time: a port that is free again must not be anybody's. */
    private final InetAddress loopback = ownLoopback();

    private static InetAddress ownLoopback() {
        long process = ProcessHandle.current().pid();
        byte[] address = {127, (byte) (64 + process % 128), (byte) (process / 128), (byte) TESTS.incrementAndGet()};
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void closeMeetsAWaiterOnItsWayInOrOut(int rousings) throws Exception {
        for (int i = 0; i < 3_000; i++) {
            ServerSocketChannel listener = listen(0);
            int port = listener.socket().getLocalPort();
            Readiness readiness = new SelectedReadiness(listener);
            long ticket = readiness.ticket();
            Background<Boolean> waiter =
                    Background.run(() -> readiness.await(SelectionKey.OP_ACCEPT, Deadline.none(), ticket));
            for (int j = 0; j < rousings; j++) {
                readiness.rouse();
            }
            spin(i % 100);
            readiness.close(listener);
            assertThatCode(() -> listen(port).close()).doesNotThrowAnyException();
            waiter.get();
        }
    }

    @Test
    void whoClosesSecondFindsItClosedToo() throws Exception {
        for (int i = 0; i < 3_000; i++) {
            ServerSocketChannel listener = listen(0);
            int port = listener.socket().getLocalPort();
            Readiness readiness = new SelectedReadiness(listener);
            long ticket = readiness.ticket();
            Background<Boolean> waiter = Background.run(() -> Watch.keeping(watch -> {
                try {
                    readiness.await(SelectionKey.OP_ACCEPT, Deadline.none(), ticket);
                    spin(50); // it keeps its selector a little longer
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            spin(100);
            Background<Boolean> closer = Background.run(() -> readiness.close(listener));
            spin(i % 100);
            readiness.close(listener);
            assertThatCode(() -> listen(port).close()).doesNotThrowAnyException();
            closer.get();
            waiter.get();
        }
    }

    /** Taking one channel out of a selector must not swallow what is to wake its thread for another. */
    @Test
    void aRousedWaiterComesOutThoughAnotherChannelIsClosedMeanwhile() throws Exception {
        ServerSocketChannel listener = listen(0);
        ServerSocketChannel other = listen(0);
        Readiness readiness = new SelectedReadiness(listener);
        Readiness closed = new SelectedReadiness(other);
        Background<Boolean> waiter = Background.run(() -> Watch.keeping(watch -> {
            try {
                closed.await(SelectionKey.OP_ACCEPT, Deadline.after(Duration.ofNanos(1), Ticker.SYSTEM), 0);
                requireNonNull(watch).rouse(); // as if another thread did, on this one's way into the selector
                closed.close(other); // and so might this be another's
                readiness.await(SelectionKey.OP_ACCEPT, Deadline.none(), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
        waiter.get();
        readiness.close(listener);
    }

    /** Meets it at another point each time. */
    private static void spin(int micros) {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < micros * 1_000L) {
            Thread.onSpinWait();
        }
    }

    private ServerSocketChannel listen(int port) throws Exception {
        ServerSocketChannel channel = ServerSocketChannel.open();
        channel.bind(new InetSocketAddress(loopback, port));
        channel.configureBlocking(false);
        return channel;
    }
}
