package org.junitsockets.connection;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junitsockets.time.Deadline;

/**
 * Waits until a non-blocking channel is ready, and closes it only when nobody waits any more.
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
    private final Set<Selector> waiting = new HashSet<>();
    private long rousings;
    private boolean closing;

    public Readiness(SelectableChannel channel) {
        this.channel = channel;
    }

    public synchronized long ticket() {
        return rousings;
    }

    /** Makes every waiter look at its condition again. */
    public synchronized void rouse() {
        rousings++;
        waiting.forEach(Selector::wakeup);
    }

    /**
     * Waits for one of the operations, until roused, closed, interrupted or past the deadline; the
     * caller finds out which.
     */
    public void await(int operations, Deadline deadline, long ticket) throws IOException {
        Selector selector = SelectorPool.take();
        try {
            if (enter(selector, ticket)) {
                try {
                    select(selector, operations, deadline.remainingMillis());
                } finally {
                    leave(selector);
                }
            }
        } finally {
            SelectorPool.give(selector);
        }
    }

    /** Whether the channel is ready at this moment. */
    public boolean isReady(int operations) throws IOException {
        Selector selector = SelectorPool.take();
        try {
            if (!enter(selector)) {
                return true; // closed: nothing there to wait for
            }
            try {
                return select(selector, operations, -1) > 0;
            } finally {
                leave(selector);
            }
        } finally {
            SelectorPool.give(selector);
        }
    }

    /** Calls every waiter off, waits until it has let go of the channel, and runs the closing. */
    public void close(Closing closing) throws IOException {
        synchronized (this) {
            this.closing = true;
            rouse();
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
        }
        closing.close();
    }

    /** What releases the channel. */
    @FunctionalInterface
    public interface Closing {
        void close() throws IOException;
    }

    private synchronized boolean enter(Selector selector, long ticket) {
        return rousings == ticket && enter(selector);
    }

    private synchronized boolean enter(Selector selector) {
        return !closing && waiting.add(selector);
    }

    private synchronized void leave(Selector selector) {
        waiting.remove(selector);
        notifyAll();
    }

    private int select(Selector selector, int operations, long millis) throws IOException {
        @Nullable SelectionKey key = null;
        try {
            key = channel.register(selector, operations);
            return millis < 0 ? selector.selectNow() : selector.select(millis);
        } catch (ClosedChannelException e) {
            return 0; // the caller sees it when it tries
        } finally {
            if (key != null) {
                key.cancel();
                selector.selectNow();
            }
        }
    }
}
