package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
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
     * Opens an address where each connect is refused at once.
     *
     * <ul>
     *   <li>TCP, TLS: a socket is bound to it and never listens.
     *   <li>UDP: a connected sender is told that the port is unreachable, by {@link
     *       java.net.PortUnreachableException} at the next call after a send; who is not connected is not
     *       told.
     *   <li>UNIX: a file at the path is all that is left of a socket.
     * </ul>
     *
     * @param transport the kind of address
     * @return the dead end; the caller closes it
     * @throws UnsupportedTransportException if this system lacks the transport, or nothing is known of
     *     how its addresses refuse
     */
    static DeadEnd refused(Transport transport) {
        return DeadEnds.refused(transport);
    }

    /**
     * Opens an address where nothing answers.
     *
     * <ul>
     *   <li>TCP, TLS: connects do not complete; a server listens, does not accept, and its queue is full.
     *   <li>UNIX: the same; but a connect that must not block fails at once on Linux (EAGAIN, to the JDK a
     *       {@link java.net.SocketException}), and only one that may block waits, until its channel is closed
     *       or its thread interrupted.
     *   <li>UDP: a socket is bound, and what is sent to it is never read.
     * </ul>
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
     * Opens an address that cannot be bound, because a server is there. Connects complete and are never
     * accepted; of UDP, nothing is ever read.
     *
     * @param transport the kind of address
     * @return the dead end; the caller closes it
     * @throws UnsupportedTransportException if this system lacks the transport
     */
    static DeadEnd occupied(Transport transport) {
        return DeadEnds.occupied(transport);
    }

    /**
     * Returns the address, where it is one of IP.
     *
     * @return a loopback address with an ephemeral port
     * @throws UnsupportedOperationException if the transport has no {@linkplain Capability#IP_ADDRESS IP
     *     addresses}; {@link #socketAddress()} is there for each
     */
    InetSocketAddress address();

    /**
     * Returns the address.
     *
     * @return a loopback address with an ephemeral port, or a path that nobody else knows
     */
    SocketAddress socketAddress();

    /** Gives the address back. */
    @Override
    void close();
}
