package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import org.apiguardian.api.API;
import org.junitsockets.verdict.ScopedClients;

/**
 * Clients of a server that is not the library's: your own, for instance, under test.
 *
 * <pre>{@code
 * try (LineServer server = LineServer.start();
 *         SocketClients clients = SocketClients.open()) {
 *     clients.connect(server.address()).write("PING\n").expectLine("PONG");
 *     clients.run(server.address(), 20, client -> client.write("PING\n").expectLine("PONG"));
 * }
 * }</pre>
 *
 * <p>It does not wait for a server to come up, and does not connect twice.
 *
 * <p>All methods may be called from any thread. After {@link #close()} none connects any more: that
 * is an {@link IllegalStateException}.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public interface SocketClients extends AutoCloseable {

    /**
     * Returns clients for code without JUnit.
     *
     * @return clients without a connection yet; the caller closes them
     */
    static SocketClients open() {
        return ScopedClients.open();
    }

    /**
     * Sets how long each connect may take, and each call on the connections that are made from here
     * on.
     *
     * @param deadline from 1 ms to a day, multiplied by {@code junitsockets.deadline.factor}; {@code
     *     junitsockets.deadline} by default, which is 5 s
     * @return these clients
     */
    SocketClients deadline(Duration deadline);

    /**
     * Sets what the connections that are made from here on go over.
     *
     * @param transport by default that of the address: TCP for an {@link java.net.InetSocketAddress}, {@link
     *     Transport#UNIX} for a {@link java.net.UnixDomainSocketAddress}
     * @return these clients
     */
    SocketClients transport(Transport transport);

    /**
     * Lets the connections that are made from here on begin with TLS.
     *
     * @param tls whose authority they trust; the address they connect to has to be among the names of the
     *     server's certificate; one with the defaults over {@link Transport#TLS}, none over any other
     * @return these clients
     */
    SocketClients tls(Tls tls);

    /**
     * Sets SO_RCVBUF of the connections that are made from here on, before they are. What a client
     * does not read waits there, and then holds up the server.
     *
     * @param bytes the size; 0, the system's choice, by default
     * @return these clients
     */
    SocketClients receiveBuffer(int bytes);

    /**
     * Sets SO_SNDBUF of the connections that are made from here on.
     *
     * @param bytes the size; 0, the system's choice, by default
     * @return these clients
     */
    SocketClients sendBuffer(int bytes);

    /**
     * Connects a client.
     *
     * @param address a resolved {@link java.net.InetSocketAddress}, a {@link
     *     java.net.UnixDomainSocketAddress}, or one of the {@linkplain #transport(Transport) transport}
     * @return its end of the connection; closed by the caller, or with these clients
     * @throws java.io.UncheckedIOException if the connect is refused
     * @throws AssertionError if it does not complete by the deadline
     */
    SocketConnection connect(SocketAddress address);

    /**
     * Connects several clients, one after the other, by one deadline for all.
     *
     * @param address as for {@link #connect(SocketAddress)}
     * @param count how many, at least 1
     * @return their ends in the order in which they were connected
     * @throws java.io.UncheckedIOException if a connect is refused
     * @throws AssertionError if one does not complete by the deadline
     */
    List<SocketConnection> connect(SocketAddress address, int count);

    /**
     * Connects several clients and then lets all of them go at once, each on a thread of its own.
     * Waits until all have returned, by one deadline, and closes their connections.
     *
     * @param address as for {@link #connect(SocketAddress)}
     * @param count how many, at least 1
     * @param each what each client does; it can tell them apart by {@link SocketConnection#number()}
     * @return these clients
     * @throws java.io.UncheckedIOException if a connect is refused
     * @throws AssertionError if a connect does not complete by the deadline, or if any of the
     *     clients failed or did not return by it; it lists all that did
     */
    SocketClients run(SocketAddress address, int count, ConnectionHandler each);

    /**
     * Ends the connections that are open, by FIN. A second call does nothing.
     *
     * <p>Clients that JUnit injected need no call, unless the server under test waits for its clients
     * when it is closed: {@code @AutoClose} and {@code @AfterEach} come before these clients end.
     */
    @Override
    void close();
}
