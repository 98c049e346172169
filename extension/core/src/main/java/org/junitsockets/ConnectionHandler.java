package org.junitsockets;

import static java.util.Objects.requireNonNull;
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

    /**
     * Returns a handler that does what this one does and then, on the same connection, what the next
     * one does: for a script in parts, of which others may have some in common.
     *
     * <pre>{@code
     * ConnectionHandler login = peer -> peer.expectLine("USER ada").write("OK\r\n");
     * server.onConnection(login.andThen(SocketConnection::rst));
     * server.onConnection(login.andThen(peer -> peer.expectLine("QUIT").expectEnd()));
     * }</pre>
     *
     * <p>What this one throws keeps the next one from being called; a connection that this one has
     * ended does not.
     *
     * @param next what to do after it
     * @return a new handler; this one stays what it is
     */
    default ConnectionHandler andThen(ConnectionHandler next) {
        requireNonNull(next, "next");
        return peer -> {
            handle(peer);
            next.handle(peer);
        };
    }
}
