package org.junitsockets.spi;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.io.IOException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Takes connections; where there are none, whoever sends something counts as connected.
 *
 * <p>It is waited for with {@link java.nio.channels.SelectionKey#OP_ACCEPT}, also where its channel has
 * another name for that.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public interface ListeningEndpoint extends Endpoint {

    /**
     * Takes the next connection that has been made.
     *
     * @return the connection, which the caller closes; {@code null} if there is none at the moment
     * @throws IOException if no more can be taken
     */
    @Nullable
    ConnectionEndpoint accept() throws IOException;

    /**
     * Registers who is told of messages. Called once, before anything else; does nothing where there are
     * none.
     *
     * @param listener who is told, on the thread that has read or waited, without a lock held
     */
    default void listener(MessageListener listener) {}

    /**
     * Loses messages as if the network had: nobody gets to see them, and a sender who has sent no other
     * counts as none.
     *
     * @param numbers which of those that arrive, counted from 1 since it was opened, the lost ones too
     * @throws IllegalArgumentException if one of them has arrived already, or is below 1
     * @throws UnsupportedOperationException where messages cannot be lost
     */
    default void dropMessages(int... numbers) {
        throw new UnsupportedOperationException("messages cannot be dropped here");
    }

    /**
     * Makes sure that {@link #accept()} finds what has connected up to now, and that what it has accepted
     * shows what has come up to now. Does nothing where that is always so; else it waits, for a bounded
     * time. Called before anything is counted or judged, without a lock held.
     *
     * @throws IOException if it cannot be told
     */
    default void settle() throws IOException {}

    /**
     * Goes down: connects are refused, and the address stays reserved. Connections that were not
     * accepted are reset. Nobody waits when it is called.
     *
     * @throws IOException if it cannot
     */
    void stop() throws IOException;

    /**
     * Comes up again at the same address, perhaps with another {@link #channel()}.
     *
     * @throws IOException if it cannot
     */
    void start() throws IOException;
}
