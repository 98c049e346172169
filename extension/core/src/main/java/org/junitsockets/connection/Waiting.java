package org.junitsockets.connection;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Who waits in one direction, so that an observer can tell waiting from working. */
final class Waiting {

    private @Nullable Call call;
    private int operations;
    private long entries;

    synchronized void enter(Call call, int operations) {
        this.call = call;
        this.operations = operations;
        entries++;
    }

    synchronized void leave() {
        call = null;
    }

    synchronized @Nullable Call call() {
        return call;
    }

    private synchronized long entries() {
        return entries;
    }

    private synchronized int operations() {
        return operations;
    }

    /**
     * Whether somebody waits and nothing is there for them. A waiter that was woken, worked and
     * waits anew in the meantime does not count: it may have found what it waits for.
     */
    boolean isIdle(Readiness readiness) throws IOException {
        long before = entries();
        if (call() == null || (operations() != 0 && readiness.isReady(operations()))) {
            return false;
        }
        return call() != null && entries() == before;
    }
}
