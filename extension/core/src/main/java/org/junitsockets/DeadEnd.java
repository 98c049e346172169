package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.net.InetSocketAddress;
import org.apiguardian.api.API;
import org.junitsockets.deadend.DeadEnds;

/**
 * An address that leads nowhere, and keeps doing so until it is closed: nobody else can bind it in
 * the meantime.
 *
 * <pre>{@code
 * try (DeadEnd refused = DeadEnd.refused(Transport.TCP)) {
 *     assertThatThrownBy(() -> client.connect(refused.address())).isInstanceOf(ConnectException.class);
 * }
 * }</pre>
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public interface DeadEnd extends AutoCloseable {

    /**
     * Opens an address where each connect is refused at once: a socket is bound to it and never
     * listens.
     *
     * @param transport the kind of address
     * @return the dead end; the caller closes it
     * @throws UnsupportedTransportException if this system lacks the transport
     */
    static DeadEnd refused(Transport transport) {
        return DeadEnds.refused(transport);
    }

    /**
     * Opens an address where connects do not complete: a server listens, does not accept, and its
     * queue is full.
     *
     * @param transport the kind of address
     * @return the dead end; the caller closes it
     * @throws UnsupportedTransportException if this system lacks the transport, or refuses or admits
     *     connects instead of letting them wait
     * @see <a href="https://man7.org/linux/man-pages/man2/listen.2.html">listen(2)</a>
     */
    static DeadEnd unresponsive(Transport transport) {
        return DeadEnds.unresponsive(transport);
    }

    /**
     * Opens an address that cannot be bound, because a server listens there. Connects complete and
     * are never accepted.
     *
     * @param transport the kind of address
     * @return the dead end; the caller closes it
     * @throws UnsupportedTransportException if this system lacks the transport
     */
    static DeadEnd occupied(Transport transport) {
        return DeadEnds.occupied(transport);
    }

    /**
     * Returns the address.
     *
     * @return a loopback address with an ephemeral port
     */
    InetSocketAddress address();

    /** Gives the address back. */
    @Override
    void close();
}
