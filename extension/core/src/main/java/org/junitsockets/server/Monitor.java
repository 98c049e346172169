package org.junitsockets.server;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The lock of one server, and word of any change under it. */
final class Monitor {

    /**
     * How long to look for a signal before waiting for it: the end of a test, and that of what served
     * its client, follow each other within a few microseconds, which is less than it takes to wake a
     * thread. On a single processor nobody could send one meanwhile.
     */
    private static final long SPIN_NANOS = Runtime.getRuntime().availableProcessors() > 1 ? 30_000 : 0;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Listener listener;

    private volatile long signals;

    Monitor(Listener listener) {
        this.listener = listener;
    }

    /** For what happens with every server and connection; all else is shorter as an action. */
    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** The same unless somebody else has the lock; returns whether it was done. */
    boolean tryLocked(Runnable action) {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            action.run();
            return true;
        } finally {
            lock.unlock();
        }
    }

    <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the lock go, however often it is held, while something is waited for. */
    int release() {
        int holds = lock.getHoldCount();
        for (int i = 0; i < holds; i++) {
            lock.unlock();
        }
        return holds;
    }

    /** Takes it again, as often as it was held. */
    void retake(int holds) {
        for (int i = 0; i < holds; i++) {
            lock.lock();
        }
    }

    /** Wakes whoever waits, for a signal or for a connection. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock; only looked at without it
    void signal() {
        signals++;
        changed.signalAll();
        listener.rouse();
    }

    /**
     * Waits for a signal, or not quite; the caller looks.
     *
     * @return whether the thread was interrupted, which it is no more: it could not wait again
     */
    @SuppressWarnings("WaitNotInLoop") // its callers loop
    boolean awaitSignal(long nanos) {
        if (spin()) {
            return false;
        }
        try {
            changed.awaitNanos(nanos);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Lets the lock go for a moment, in which there may be a signal; returns whether there was one. */
    boolean spin() {
        long before = signals;
        int holds = release();
        try {
            long end = System.nanoTime() + SPIN_NANOS;
            while (signals == before && System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
        } finally {
            retake(holds);
        }
        return signals != before;
    }

    /** Whether the thread only waits for this lock. */
    boolean isWaitedForBy(Thread thread) {
        return lock.hasQueuedThread(thread);
    }
}
