package org.junitsockets.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.Transport;
import org.junitsockets.spec.Declaration;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.testing.Raw;
import org.junitsockets.time.Ticker;

class LookoutTests {

    /** A clock that is asked under a server's lock, and makes who asks for it then keep that. */
    private static final class Holding implements Ticker {

        private final CountDownLatch held = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private volatile @Nullable Thread holder;

        @Override
        public long nanoTime() {
            if (Thread.currentThread() == holder) {
                held.countDown();
                try {
                    released.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return System.nanoTime();
        }
    }

    private static Server open(ConnectionHandler handler, Ticker ticker) {
        Settings usual = Settings.from(name -> null);
        ServerSpec spec = new ServerSpec(
                "", Transport.TCP, handler, 50, 0, 0, Duration.ofSeconds(20), new Declaration("declared here"));
        return Server.open(
                spec,
                new Settings(
                        usual.deadline(),
                        usual.factor(),
                        usual.transport(),
                        usual.seed(),
                        usual.locations(),
                        usual.transcript(),
                        ticker),
                server -> {});
    }

    @Test
    void aServerWhoseLockIsHeldKeepsNoOtherFromBeingServed() throws Exception {
        Holding clock = new Holding();
        AtomicReference<Server> itself = new AtomicReference<>();
        Server held = open(
                peer -> { // on the thread that takes connections, which therefore stays away, with the lock
                    clock.holder = Thread.currentThread();
                    itself.get().onConnection(next -> {});
                },
                clock);
        itself.set(held);
        CyclicBarrier both = new CyclicBarrier(2);
        Server other = open(
                peer -> {
                    both.await();
                    peer.write("together");
                },
                Ticker.SYSTEM);
        try (Socket away = Raw.connect(held)) {
            clock.held.await();
            try (Socket first = Raw.connect(other);
                    Socket second = Raw.connect(other)) {
                assertThat(Raw.readToEnd(first)).isEqualTo("together");
                assertThat(Raw.readToEnd(second)).isEqualTo("together");
            } finally {
                clock.released.countDown();
            }
            assertThat(away.isConnected()).isTrue();
        } finally {
            held.tearDown(new ArrayList<>());
            other.tearDown(new ArrayList<>());
        }
    }
}
