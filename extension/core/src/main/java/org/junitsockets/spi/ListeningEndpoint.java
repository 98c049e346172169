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
