package org.junitsockets.readiness;

import java.io.Closeable;
import java.io.IOException;
import org.junitsockets.spi.Endpoint;
import org.junitsockets.time.Deadline;

/** Waits in the endpoint's own poll, where there is nothing to select on. */
final class PolledReadiness extends Readiness {

    /** A wake-up between the look at the ticket and the poll is lost; that costs no more than this. */
    private static final long SLICE_MILLIS = 10;

    private final Endpoint endpoint;
    private final Object closer = new Object();
    private long rousings;
    private int waiting;
    private boolean closing;

    PolledReadiness(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public synchronized long ticket() {
        return rousings;
    }

    @Override
    public void rouse() {
        synchronized (this) {
            rousings++;
            notifyAll();
        }
        endpoint.wakeup();
    }

    @Override
    public boolean await(int operations, Deadline deadline, long ticket) throws IOException {
        if (!enter(ticket)) {
            return false;
        }
        boolean interrupted = false;
        try {
            if (operations == 0) {
                interrupted = awaitRousing(deadline, ticket);
                return false;
            }
            boolean ready = endpoint.poll(operations, 0);
            while (!ready && isCurrent(ticket) && !deadline.hasPassed()) {
                if (Thread.currentThread().isInterrupted()) {
                    return false;
                }
                ready = endpoint.poll(operations, slice(deadline));
            }
            return ready;
        } finally {
            leave();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static long slice(Deadline deadline) {
        long left = deadline.remainingMillis();
        return left == 0 ? SLICE_MILLIS : Math.min(SLICE_MILLIS, left);
    }

    private synchronized boolean awaitRousing(Deadline deadline, long ticket) {
        try {
            while (isCurrent(ticket) && !deadline.hasPassed()) {
                wait(deadline.remainingMillis());
            }
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    @Override
    public boolean isReady(int operations) throws IOException {
        synchronized (this) {
            if (closing) {
                return true; // nothing there to wait for
            }
            waiting++;
        }
        try {
            return endpoint.poll(operations, 0);
        } finally {
            leave();
        }
    }

    @Override
    public boolean look(int operations) throws IOException {
        return isReady(operations);
    }

    @Override
    public void close(Closeable closing) throws IOException {
        synchronized (closer) {
            release();
            closing.close();
        }
    }

    @Override
    public void release() {
        synchronized (this) {
            closing = true;
        }
        rouse();
        awaitLeaving();
    }

    private synchronized void awaitLeaving() {
        boolean interrupted = false;
        while (waiting > 0) {
            try {
                wait(); // for threads that do nothing but leave
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean enter(long ticket) {
        if (rousings != ticket || closing) {
            return false;
        }
        waiting++;
        return true;
    }

    private synchronized boolean isCurrent(long ticket) {
        return rousings == ticket && !closing;
    }

    private synchronized void leave() {
        waiting--;
        notifyAll();
    }
}
