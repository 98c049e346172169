package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * Sends back what it receives, until the client ends.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc862">RFC 862, Echo Protocol</a>
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class Echo implements ConnectionHandler {

    /** Creates one; it has no state and can serve any number of connections. */
    public Echo() {}

    @Override
    public void handle(SocketConnection peer) {
        while (peer.awaitInput()) {
            peer.write(peer.readAvailable());
        }
    }
}
