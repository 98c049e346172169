package org.junitsockets.conformance;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Waits for one operation of a non-blocking channel, after it was tried. Those who want the same one wait
 * here one after the other.
 */
final class Selecting implements AutoCloseable {

    /** An attempt that does not block. */
    interface Attempt<T> {
        /** Returns {@code null} if it has to wait. */
        @Nullable
        T go() throws IOException;
    }

    private final Selector selector;

    Selecting(SelectableChannel channel, int operation) throws IOException {
        selector = Selector.open();
        try {
            channel.register(selector, operation);
        } catch (IOException | RuntimeException e) {
            selector.close();
            throw e;
        }
    }

    synchronized <T> T until(Duration timeout, String nothing, Attempt<T> attempt) throws IOException {
        long end = Timeouts.endOf(timeout);
        while (true) {
            T result = attempt.go();
            if (result != null) {
                return result;
            }
            if (Timeouts.isPast(end)) {
                throw new SocketTimeoutException(nothing + " within " + Timeouts.format(timeout));
            }
            select(Timeouts.millisUntil(end));
        }
    }

    synchronized <T> T forEver(Attempt<T> attempt) throws IOException {
        while (true) {
            T result = attempt.go();
            if (result != null) {
                return result;
            }
            select(0);
        }
    }

    private void select(long millis) throws IOException {
        try {
            selector.select(millis);
            selector.selectedKeys().clear();
        } catch (ClosedSelectorException | CancelledKeyException e) {
            ClosedChannelException closed = new ClosedChannelException();
            closed.initCause(e);
            throw closed;
        }
    }

    /** Wakes who waits here. A channel that was closed before is let go of only now. */
    @Override
    public void close() throws IOException {
        selector.close();
    }
}
