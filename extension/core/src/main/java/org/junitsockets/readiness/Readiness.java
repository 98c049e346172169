package org.junitsockets.readiness;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitsockets.time.Deadline;

/**
 * Waits until a non-blocking channel is ready, and closes it only when nobody waits any more and no
 * selector knows it.
 *
 * <p>The last part matters: the descriptor of a channel that is registered with a selector stays
 * open until that selector's next select, so neither FIN nor RST would leave, and a listener would
 * go on accepting.
 *
 * <p>A waiter takes a {@link #ticket()}, looks at its condition, and then waits with the ticket;
 * {@link #rouse()} in between makes the wait return at once.
 */
public final class Readiness {

    private final SelectableChannel channel;
    private final List<Watch> waiting = new ArrayList<>(1);
    private final List<Watch> registered = new ArrayList<>(2);
    private final Object closer = new Object();
    private long rousings;
    private boolean closing;

    /** Of who looks often; only he uses it, under a lock of his own. */
    private @Nullable Watch looking;

    public Readiness(SelectableChannel channel) {
        this.channel = channel;
    }

    public synchronized long ticket() {
        return rousings;
    }

    /** Makes every waiter look at its condition again. */
    public void rouse() {
        List<Watch> roused;
        synchronized (this) {
            rousings++;
            roused = List.copyOf(waiting);
        }
        for (Watch watch : roused) { // without the lock, which they need to come out
            watch.rouse();
        }
    }

    /**
     * Waits for one of the operations, until roused, closed, interrupted or past the deadline, or
     * for nothing at all; the caller finds out which.
     *
     * @return whether it is known to be ready
     */
    public boolean await(int operations, Deadline deadline, long ticket) throws IOException {
        @Nullable Watch kept = Watch.ofThread();
        Watch watch = kept == null ? Watches.takeOrThrow() : kept;
        try {
            return await(watch, operations, deadline, ticket);
        } finally {
            if (kept == null) {
                Watches.give(watch);
            }
        }
    }

    /**
     * What is looked after aside is asked before it counts as a waiter, and told after: both may take
     * a lock under which somebody closes this, and waits for all to leave.
     */
    private boolean await(Watch watch, int operations, Deadline deadline, long ticket) throws IOException {
        @Nullable Aside aside = watch.aside();
        @Nullable Readiness besides = aside == null ? null : aside.enter();
        boolean ready = false;
        boolean arrived = false;
        try {
            if (enter(watch, ticket)) {
                try {
                    ready = watch.await(this, operations, besides, deadline.remainingMillis());
                    arrived = watch.hasArrived();
                } finally {
                    leave(watch);
                }
            }
        } finally {
            if (aside != null) {
                aside.leave();
            }
        }
        if (aside != null && arrived) {
            aside.arrived();
        }
        return ready;
    }

    /** Whether the channel is ready at this moment; also if it is closed. */
    public boolean isReady(int operations) throws IOException {
        Watch watch = Watches.takeOrThrow();
        try {
            return watch.isReady(this, operations);
        } finally {
            Watches.give(watch);
        }
    }

    /**
     * The same for one who looks again and again, and never from two threads at once: what it takes
     * stays until the end.
     */
    public boolean look(int operations) throws IOException {
        @Nullable Watch watch = looking;
        if (watch == null) {
            watch = Watches.takeOrThrow();
            looking = watch;
        }
        return watch.isReady(this, operations);
    }

    /**
     * Calls every waiter off, waits until all have let go of the channel, and closes that. Who closes
     * at the same time waits for it too.
     */
    public void close(Closeable closing) throws IOException {
        synchronized (closer) {
            release();
            if (looking != null) {
                Watches.give(looking);
                looking = null;
            }
            closing.close();
        }
    }

    /** Calls every waiter off, and waits until all have let go of the channel; nobody waits here any more. */
    public void release() throws IOException {
        for (Watch watch : callOff()) {
            watch.drop(this);
        }
    }

    private List<Watch> callOff() {
        synchronized (this) {
            closing = true;
        }
        rouse();
        return awaitLeaving();
    }

    private synchronized List<Watch> awaitLeaving() {
        boolean interrupted = false;
        while (!waiting.isEmpty()) {
            try {
                wait(); // for threads that do nothing but leave
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        List<Watch> left = List.copyOf(registered);
        registered.clear();
        return left;
    }

    private synchronized boolean enter(Watch watch, long ticket) {
        return rousings == ticket && !closing && waiting.add(watch);
    }

    private synchronized void leave(Watch watch) {
        waiting.remove(watch);
        notifyAll();
    }

    /** Registers the channel, unless it is closed or about to be. */
    synchronized @Nullable SelectionKey register(Watch watch, Selector selector, int operations) {
        if (closing) {
            return null;
        }
        try {
            SelectionKey key = channel.register(selector, operations);
            registered.add(watch);
            return key;
        } catch (ClosedChannelException e) {
            return null; // the caller sees it when it tries
        }
    }

    synchronized void forget(Watch watch) {
        registered.remove(watch);
    }
}
