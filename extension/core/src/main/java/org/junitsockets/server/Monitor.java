package org.junitsockets.server;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The lock of one server, and word of any change under it. */
final class Monitor {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Listener listener;

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
    void signal() {
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
        try {
            changed.awaitNanos(nanos);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Whether the thread only waits for this lock. */
    boolean isWaitedForBy(Thread thread) {
        return lock.hasQueuedThread(thread);
    }
}
