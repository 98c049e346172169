package org.junitsockets.conformance;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import org.apiguardian.api.API;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketServer;

/**
 * A side that listens, and the way to connect to it, as {@link SocketConformance} uses them: an adapter to
 * whatever they really are. For what the JDK and the library have there is one here.
 *
 * <p>What is said of {@link End} on what cannot be done, on failures and on threads holds here too.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public interface Listener extends AutoCloseable {

    /**
     * Adapts a server socket; clients are plain sockets.
     *
     * @param socket bound
     * @return its listener, which closes it
     */
    static Listener of(ServerSocket socket) {
        return new ServerSocketListener(socket);
    }

    /**
     * Adapts a server channel, over IP or UNIX, in its non-blocking mode; clients are channels. A UNIX
     * path is not unlinked by {@link #close()}, as the channel does not do that either.
     *
     * @param channel bound; it is made non-blocking
     * @return its listener, which closes it
     * @throws IOException if the channel is not bound or no selector can be opened
     */
    static Listener of(ServerSocketChannel channel) throws IOException {
        return new ServerChannelListener(channel);
    }

    /**
     * Adapts a datagram channel for one peer: the first datagram decides whose it is, the channel is
     * connected to its sender and becomes the accepted end.
     *
     * @param channel bound and not connected; it is made non-blocking
     * @return its listener, which closes it
     * @throws IOException if the channel is not bound or no selector can be opened
     */
    static Listener of(DatagramChannel channel) throws IOException {
        return new DatagramListener(channel);
    }

    /**
     * Adapts a server of the library's own; clients are the library's as well.
     *
     * <p>{@link SocketServer#accept()} has the server's deadline. A longer timeout is as many of these
     * as it takes, a shorter one ends by that deadline: give the server a short one.
     *
     * @param server without scripts or a handler; for one with TLS over anything but {@link
     *     org.junitsockets.Transport#TLS} see {@link #of(SocketServer, SocketClients)}
     * @return its listener, which closes it
     */
    static Listener of(SocketServer server) {
        return of(server, SocketClients.open().transport(server.transport()));
    }

    /**
     * The same with clients that were set up for it, such as with the trust in its certificate.
     *
     * @param server without scripts or a handler
     * @param clients that connect to it
     * @return its listener, which closes both
     */
    static Listener of(SocketServer server, SocketClients clients) {
        return new ServerListener(server, clients);
    }

    /**
     * Returns where it listens.
     *
     * @return the address that clients connect to, also after the listener was closed
     * @throws IOException if it fails
     */
    SocketAddress address() throws IOException;

    /**
     * Takes the next connection.
     *
     * @param timeout how long to wait, up to a day; zero or less is a deadline that has passed
     * @return its end; the caller closes it
     * @throws java.net.SocketTimeoutException if none came by then
     * @throws IOException if it fails, because the listener was closed for instance
     */
    End accept(Duration timeout) throws IOException;

    /**
     * Connects a client to {@link #address()}, also after the listener was closed, when it is refused.
     *
     * @return its end; the caller closes it
     * @throws IOException if it is refused or fails otherwise
     */
    End connect() throws IOException;

    /**
     * Stops listening, and wakes whoever is blocked in {@link #accept(Duration)}. Connections that were
     * accepted stay. A second call does nothing.
     *
     * @throws IOException if it fails
     */
    @Override
    void close() throws IOException;
}
