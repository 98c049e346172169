package org.junitsockets.connection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitsockets.readiness.Readiness;

/** Who waits on a connection, and for what, so that an observer can tell waiting from working. */
final class Waiting {

    /** A thread that is about to wait, waits, or has just been woken. */
    static final class Waiter {

        private final Thread thread = Thread.currentThread();
        private final Call call;
        private final int operations;
        private final long ticket;

        private Waiter(Call call, int operations, long ticket) {
            this.call = call;
            this.operations = operations;
            this.ticket = ticket;
        }

        private boolean isIdle(Look look, Readiness readiness) throws IOException {
            return ticket == readiness.ticket() && (operations == 0 || !look.isReady(operations));
        }
    }

    /** Tells whether one of the operations may succeed, or make progress where there is something in between. */
    interface Look {
        boolean isReady(int operations) throws IOException;
    }

    private final List<Waiter> waiters = new ArrayList<>();
    private long departures;

    synchronized Waiter enter(Call call, int operations, long ticket) {
        Waiter waiter = new Waiter(call, operations, ticket);
        waiters.add(waiter);
        return waiter;
    }

    synchronized void leave(Waiter waiter) {
        waiters.remove(waiter);
        departures++;
    }

    synchronized @Nullable Call call() {
        return waiters.isEmpty() ? null : waiters.get(0).call;
    }

    synchronized int count() {
        return waiters.size();
    }

    private synchronized List<Waiter> waiters() {
        return List.copyOf(waiters);
    }

    private synchronized long departures() {
        return departures;
    }

    /**
     * Whether the thread waits here for what is not there, or waits elsewhere while others do it here
     * for it.
     *
     * <p>Who was woken, worked and waits anew in the meantime does not count, and neither does who
     * was roused and has not looked yet: it may find what it waits for.
     */
    boolean isIdle(Thread thread, Look look, Readiness readiness) throws IOException {
        long before = departures();
        List<Waiter> all = waiters();
        boolean itself = false;
        for (Waiter waiter : all) {
            itself |= waiter.thread == thread;
        }
        if (!itself && (all.isEmpty() || thread.getState() != Thread.State.WAITING)) {
            return false;
        }
        for (Waiter waiter : all) {
            if (!waiter.isIdle(look, readiness)) {
                return false;
            }
        }
        return departures() == before;
    }
}
