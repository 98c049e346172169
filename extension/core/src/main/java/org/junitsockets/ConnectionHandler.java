package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * What one side does with one connection: a server, or a client in {@link SocketClients#run}.
 *
 * <p>It runs on a thread of its own, at the same time as the test and as the handlers of other
 * connections; one instance serves all connections of its server, or of that call. Its return ends the connection
 * (output is shut down, what still arrives is drained, then it is closed). What it throws fails the
 * test, unless it is a server's and the I/O failure of a connection that the client left or that the
 * end of the test cut.
 *
 * <pre>{@code
 * server.onEachConnection(peer -> {
 *     while (peer.awaitInput()) {
 *         peer.write(peer.readLine().toUpperCase() + "\r\n");
 *     }
 * });
 * }</pre>
 *
 * <p>A class that is named in an annotation needs a constructor without parameters, of any
 * visibility; a nested one must be static.
 *
 * @since 0.1
 */
@FunctionalInterface
@API(status = EXPERIMENTAL, since = "0.1")
public interface ConnectionHandler {

    /**
     * Serves one connection.
     *
     * @param peer this side's end of it; closed after the return
     * @throws Exception whatever went wrong; it is reported by the test
     */
    void handle(SocketConnection peer) throws Exception;
}
