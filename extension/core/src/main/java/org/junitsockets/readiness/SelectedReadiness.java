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
 * Waits by a selector, and closes the channel only when no selector knows it any more: its descriptor
 * would stay open until that selector's next select, so neither FIN nor RST would leave, and a
 * listener would go on accepting.
 */
final class SelectedReadiness extends Readiness {

    private final SelectableChannel channel;
    private final List<Watch> waiting = new ArrayList<>(1);
    private final List<Watch> registered = new ArrayList<>(2);
    private final Object closer = new Object();
    private long rousings;
    private boolean closing;

    /** Of who looks often; only he uses it, under a lock of his own. */
    private @Nullable Watch looking;

    SelectedReadiness(SelectableChannel channel) {
        this.channel = channel;
    }

    @Override
    public synchronized long ticket() {
        return rousings;
    }

    @Override
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

    @Override
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
        @Nullable SelectedReadiness besides = aside == null ? null : of(aside.enter());
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

    @Override
    public boolean isReady(int operations) throws IOException {
        Watch watch = Watches.takeOrThrow();
        try {
            return watch.isReady(this, operations);
        } finally {
            Watches.give(watch);
        }
    }

    @Override
    public boolean look(int operations) throws IOException {
        @Nullable Watch watch = looking;
        if (watch == null) {
            watch = Watches.takeOrThrow();
            looking = watch;
        }
        return watch.isReady(this, operations);
    }

    @Override
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

    @Override
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

    /** What cannot be selected on is not looked after aside. */
    private static @Nullable SelectedReadiness of(@Nullable Readiness readiness) {
        return readiness instanceof SelectedReadiness selected ? selected : null;
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
