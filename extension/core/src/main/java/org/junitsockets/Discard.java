package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * Reads and throws away what it receives, until the client ends. It sends nothing.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc863">RFC 863, Discard Protocol</a>
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class Discard implements ConnectionHandler {

    /** Creates one; it has no state and can serve any number of connections. */
    public Discard() {}

    @Override
    public void handle(SocketConnection peer) {
        while (peer.awaitInput()) {
            peer.readAvailable();
        }
    }
}
