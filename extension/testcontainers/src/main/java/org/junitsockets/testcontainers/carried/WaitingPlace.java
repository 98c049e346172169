package org.junitsockets.testcontainers.carried;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Where threads wait for one endpoint, whose state it guards: who changes that holds its monitor and tells.
 *
 * <p>A wake-up that nobody is there for is kept for who comes next: it may have been meant for a thread
 * that has looked already and does not wait yet.
 */
final class WaitingPlace {

    private long wakeups;
    private long seen;

    /** Waits until it is ready, or until woken or interrupted; returns whether it is ready. */
    synchronized boolean await(BooleanSupplier ready, long millis) {
        long since = seen;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            while (!ready.getAsBoolean()) {
                long left = end - System.nanoTime();
                if (left <= 0 || wakeups != since) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            seen = wakeups;
        }
    }

    synchronized void wakeup() {
        wakeups++;
        notifyAll();
    }
}
