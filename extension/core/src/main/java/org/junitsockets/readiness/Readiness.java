package org.junitsockets.readiness;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.Optional;
import org.junitsockets.spi.Endpoint;
import org.junitsockets.time.Deadline;

/**
 * Waits until an endpoint that never blocks is ready, and closes it only when nobody waits any more.
 *
 * <p>A waiter takes a {@link #ticket()}, looks at its condition, and then waits with the ticket;
 * {@link #rouse()} in between makes the wait return at once.
 */
public abstract sealed class Readiness permits SelectedReadiness, PolledReadiness {

    Readiness() {}

    public static Readiness of(Endpoint endpoint) {
        Optional<SelectableChannel> channel = endpoint.channel();
        return channel.isPresent() ? new SelectedReadiness(channel.get()) : new PolledReadiness(endpoint);
    }

    /** Whether a thread that waits here can look after something else too. */
    public boolean canLookAside() {
        return this instanceof SelectedReadiness;
    }

    public abstract long ticket();

    /** Makes every waiter look at its condition again. */
    public abstract void rouse();

    /**
     * Waits for one of the operations, until roused, closed, interrupted or past the deadline, or
     * for nothing at all; the caller finds out which.
     *
     * @return whether it is known to be ready
     */
    public abstract boolean await(int operations, Deadline deadline, long ticket) throws IOException;

    /** Whether the endpoint is ready at this moment; also if it is closed. */
    public abstract boolean isReady(int operations) throws IOException;

    /**
     * The same for one who looks again and again, and never from two threads at once: what it takes
     * stays until the end.
     */
    public abstract boolean look(int operations) throws IOException;

    /**
     * Calls every waiter off, waits until all have let go of the endpoint, and closes that. Who closes
     * at the same time waits for it too.
     */
    public abstract void close(Closeable closing) throws IOException;

    /** Calls every waiter off, and waits until all have let go of the endpoint; nobody waits here any more. */
    public abstract void release() throws IOException;
}
