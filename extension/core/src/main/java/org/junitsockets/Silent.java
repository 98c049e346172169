package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * Accepts and then says nothing, until the client ends or the test does: the peer for read timeouts.
 *
 * @see SocketConnection#holdOpen()
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class Silent implements ConnectionHandler {

    /** Creates one; it has no state and can serve any number of connections. */
    public Silent() {}

    @Override
    public void handle(SocketConnection peer) {
        peer.holdOpen();
    }
}
