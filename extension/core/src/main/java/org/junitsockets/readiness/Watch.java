package org.junitsockets.readiness;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A selector, and the channels that are registered with it, of one thread at a time.
 *
 * <p>A thread that waits often {@linkplain #keeping keeps} one: what it has waited for stays
 * registered and is told from what it waits for by its interest. All others take one from the pool
 * for a single wait. A channel that is about to be closed is taken out by whoever closes it.
 */
public final class Watch {

    private static final ThreadLocal<@Nullable Watch> OF_THREAD = new ThreadLocal<>();

    private final Selector selector;
    private final Map<SelectedReadiness, SelectionKey> keys = new HashMap<>();
    private @Nullable SelectedReadiness last;
    private @Nullable SelectedReadiness asideOf;
    private @Nullable Aside aside;
    private int asideOperations;

    /** Whether its thread is in the selector, which keeps what is cancelled until it comes out. */
    private boolean selecting;

    private int droppers;

    /** Only its own thread uses it. */
    private boolean arrived;

    Watch(Selector selector) {
        this.selector = selector;
    }

    /** Something to do on a thread that keeps a watch; there is none if the pool has none to spare. */
    @FunctionalInterface
    public interface Task {
        void run(@Nullable Watch watch);
    }

    /** Runs the task on this thread, whose waits share one selector meanwhile. */
    public static void keeping(Task task) {
        @Nullable Watch kept = OF_THREAD.get();
        if (kept != null) {
            task.run(kept);
            return;
        }
        @Nullable Watch taken = Watches.take();
        OF_THREAD.set(taken);
        try {
            task.run(taken);
        } finally {
            OF_THREAD.remove();
            if (taken != null) {
                Watches.give(taken);
            }
        }
    }

    static @Nullable Watch ofThread() {
        return OF_THREAD.get();
    }

    /** From now on this thread looks after something else too whenever it waits; or no longer. */
    public synchronized void lookAside(int operations, @Nullable Aside other) {
        asideOperations = operations;
        aside = other;
    }

    /** Makes its thread come out of its wait, and look at its condition again. */
    public void rouse() {
        selector.wakeup();
    }

    /** What this thread looks after besides, if anything. */
    @Nullable
    Aside aside() {
        return aside;
    }

    /** Whether the last wait ended with something to be taken aside. */
    boolean hasArrived() {
        return arrived;
    }

    /**
     * Waits for one of the operations, or until roused, or for what is looked after aside; returns
     * whether it was the first.
     */
    boolean await(SelectedReadiness readiness, int operations, @Nullable SelectedReadiness besides, long millis)
            throws IOException {
        begin(readiness, operations, besides);
        try {
            selector.select(millis);
            arrived = isSelected(besides);
            return isSelected(readiness);
        } finally {
            end();
        }
    }

    /** Whether the channel is ready at this moment. */
    boolean isReady(SelectedReadiness readiness, int operations) throws IOException {
        begin(readiness, operations, null);
        try {
            if (!keys.containsKey(readiness)) {
                return true; // closed: nothing there to wait for
            }
            selector.selectNow();
            return isSelected(readiness);
        } finally {
            end();
        }
    }

    private synchronized void begin(SelectedReadiness readiness, int operations, @Nullable SelectedReadiness besides)
            throws IOException {
        awaitUninterruptibly(false);
        if (last != null && last != readiness) {
            register(last, 0);
        }
        last = readiness;
        register(readiness, operations);
        if (asideOf != null && asideOf != besides && asideOf != readiness) {
            register(asideOf, 0);
        }
        asideOf = besides;
        if (besides != null) {
            register(besides, asideOperations);
        }
        arrived = false;
        selecting = true;
    }

    private synchronized boolean isSelected(@Nullable SelectedReadiness readiness) {
        @Nullable SelectionKey key = readiness == null ? null : keys.get(readiness);
        return key != null && selector.selectedKeys().contains(key);
    }

    private synchronized void end() {
        selecting = false;
        selector.selectedKeys().clear();
        notifyAll();
    }

    private void register(SelectedReadiness readiness, int operations) throws IOException {
        @Nullable SelectionKey key = keys.get(readiness);
        if (key == null) {
            key = operations == 0 ? null : readiness.register(this, selector, operations);
            if (key != null) {
                keys.put(readiness, key);
            }
        } else if (key.isValid() && key.interestOps() != operations) {
            key.interestOps(operations);
        }
    }

    /** Takes a channel out, so that closing it is felt at once. */
    synchronized void drop(SelectedReadiness readiness) throws IOException {
        droppers++;
        try {
            awaitUninterruptibly(true);
            if (last == readiness) {
                last = null;
            }
            if (asideOf == readiness) {
                asideOf = null;
            }
            @Nullable SelectionKey key = keys.remove(readiness);
            if (key != null) {
                key.cancel();
                selector.selectNow();
                selector.wakeup(); // this has swallowed one that its thread may be about to need
            }
        } finally {
            droppers--;
            notifyAll();
        }
    }

    /** Takes out all that is left. */
    synchronized void clear() throws IOException {
        awaitUninterruptibly(false);
        last = null;
        asideOf = null;
        aside = null;
        for (SelectionKey key : keys.values()) {
            key.cancel();
        }
        if (!keys.isEmpty()) {
            selector.selectNow();
        }
        for (SelectedReadiness readiness : keys.keySet()) {
            readiness.forget(this); // not before: who closes its channel would not wait for the select
        }
        keys.clear();
        selector.selectedKeys().clear();
    }

    void close() throws IOException {
        selector.close();
    }

    /** Waits until the thread has come out of the selector, or until nobody takes anything out. */
    private void awaitUninterruptibly(boolean comingOut) {
        boolean interrupted = false;
        while (comingOut ? selecting : droppers > 0) {
            if (comingOut) {
                selector.wakeup();
            }
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
}
