package org.junitsockets.testcontainers.carried;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Where threads wait for one endpoint, whose state a lock guards: who changes that holds the lock and
 * {@linkplain #nudge() nudges} them.
 *
 * <p>A wake-up that nobody is there for is kept for who comes next: it may have been meant for a thread
 * that has looked already and does not wait yet.
 */
final class WaitingPlace {

    private final Object lock;
    private long wakeups;
    private long seen;

    WaitingPlace(Object lock) {
        this.lock = lock;
    }

    /** Waits until it is ready, which is asked under the lock, or until woken or interrupted; returns whether it is. */
    boolean await(BooleanSupplier ready, long millis) {
        synchronized (lock) {
            long since = seen;
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            try {
                while (!ready.getAsBoolean()) {
                    long left = end - System.nanoTime();
                    if (left <= 0 || wakeups != since) {
                        return false;
                    }
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                }
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                seen = wakeups;
            }
        }
    }

    /** Makes all look again whether it is ready. */
    void nudge() {
        synchronized (lock) {
            lock.notifyAll();
        }
    }

    /** Makes all leave. */
    void wakeup() {
        synchronized (lock) {
            wakeups++;
            lock.notifyAll();
        }
    }
}
