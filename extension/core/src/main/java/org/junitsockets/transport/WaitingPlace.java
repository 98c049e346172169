package org.junitsockets.transport;

import java.util.function.BooleanSupplier;

/**
 * Where threads wait for one endpoint of a {@link DatagramPump}, which guards it.
 *
 * <p>A wake-up that nobody is there for is kept for who comes next: it may have been meant for a thread
 * that has looked already and does not wait yet.
 */
final class WaitingPlace {

    private final BooleanSupplier ready;
    private long wakeups;
    private long seen;
    private boolean closed;

    WaitingPlace(BooleanSupplier ready) {
        this.ready = ready;
    }

    boolean isReady() {
        return closed || ready.getAsBoolean();
    }

    /** Begins to wait; what it returns tells {@link #isWoken(long)} since when. */
    long enter() {
        return seen;
    }

    boolean isWoken(long since) {
        return wakeups != since;
    }

    void leave() {
        seen = wakeups;
    }

    void wakeup() {
        wakeups++;
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }
}
