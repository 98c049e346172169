package org.junitsockets.spi;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Something that can be tried, without blocking, and waited for.
 *
 * <p>There are two ways to wait for one. Where it has a {@link #channel()}, that is selected on. Where it
 * has none, threads wait in its {@link #poll(int, long)}, several at a time if need be.
 *
 * <p>Operations are those of {@link java.nio.channels.SelectionKey}. All methods may be called from any
 * thread; {@link #close()} is called once, when nobody waits any more.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public interface Endpoint extends Closeable {

    /**
     * Returns the address it is bound to.
     *
     * @return the address, also after it was closed
     */
    SocketAddress localAddress();

    /**
     * Returns the channel to select on, which is in non-blocking mode.
     *
     * @return the channel, or empty where {@link #poll(int, long)} is to be used
     */
    default Optional<SelectableChannel> channel() {
        return Optional.empty();
    }

    /**
     * Waits until one of the operations may succeed, the endpoint is closed, or it is {@linkplain
     * #wakeup() woken}; returns early at will. Only called where there is no {@link #channel()}.
     *
     * @param operations a set of {@link java.nio.channels.SelectionKey}'s
     * @param millis how long at most; 0 does not wait
     * @return whether one of them may succeed, or it is closed
     * @throws IOException if it cannot be waited for
     */
    default boolean poll(int operations, long millis) throws IOException {
        throw new UnsupportedOperationException("it has a channel");
    }

    /** Makes every {@link #poll(int, long)} that is under way return. */
    default void wakeup() {}
}
