package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;
import org.junitsockets.verdict.Pair;

/**
 * Both ends of one connection.
 *
 * <pre>{@code
 * try (SocketPair pair = SocketPair.open(Transport.TCP)) {
 *     pair.client().write("ping\n");
 *     pair.server().expectLine("ping");
 * }
 * }</pre>
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public interface SocketPair extends AutoCloseable {

    /**
     * Opens a pair without JUnit.
     *
     * @param transport what it goes over, one with {@linkplain Capability#CONNECTIONS connections}
     * @return the pair; the caller closes it
     * @throws UnsupportedOperationException over a transport without connections
     * @throws UnsupportedTransportException if this system lacks the transport
     * @throws java.io.UncheckedIOException if it cannot be opened
     */
    static SocketPair open(Transport transport) {
        return Pair.open(transport);
    }

    /**
     * Returns the end that connected.
     *
     * @return the client's end
     */
    SocketConnection client();

    /**
     * Returns the end that was accepted. It is the one that the client's end is connected to, never
     * a stranger's.
     *
     * @return the server's end
     */
    SocketConnection server();

    /** Ends both ends. A second call does nothing. */
    @Override
    void close();
}
