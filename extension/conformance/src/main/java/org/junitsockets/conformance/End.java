package org.junitsockets.conformance;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.apiguardian.api.API;
import org.junitsockets.SocketConnection;

/**
 * One end of a connection under test, as {@link SocketConformance} uses it: an adapter to whatever the
 * pair really is. For what the JDK and the library have there is one here.
 *
 * <p><b>What an end cannot do.</b> A method that its API has no counterpart for throws an {@link
 * UnsupportedOperationException} whose message says so, such as {@code Socket has no write timeout}. The
 * test that wanted it is then skipped with that reason, unless {@link SocketConformance#capabilities()}
 * promises it: then it fails.
 *
 * <p><b>Failures</b> are {@link IOException}s; an {@link java.io.UncheckedIOException} counts as its cause.
 *
 * <p><b>Threads.</b> The kit reads, writes and closes from several threads at once, and hides nothing of
 * that: an adapter must not take a lock where the API under test takes none.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public interface End extends AutoCloseable {

    /**
     * Adapts a socket. It has no write timeout, and its reads have one of milliseconds.
     *
     * @param socket connected; for TLS see {@link #of(SSLSocket, Socket)}
     * @return its end, which closes it
     * @throws IOException if the socket is not connected
     */
    static End of(Socket socket) throws IOException {
        return new SocketEnd(socket);
    }

    /**
     * Adapts a TLS socket that is layered over another one. Only the one below can reset, and can end
     * without a close_notify.
     *
     * @param socket the TLS socket, before its handshake
     * @param below what it is layered over
     * @return its end, which closes both; while a thread writes, the one below first, as {@link
     *     SSLSocket#close()} waits for that thread
     * @throws IOException if the socket is not connected
     */
    static End of(SSLSocket socket, Socket below) throws IOException {
        return new TlsSocketEnd(socket, below);
    }

    /**
     * Adapts a stream channel, over IP or UNIX, in its non-blocking mode: it tries first, and waits on a
     * selector. For its blocking mode there is {@code End.of(channel.socket())}, except over UNIX.
     *
     * @param channel connected; it is made non-blocking
     * @return its end, which closes it
     * @throws IOException if the channel is not connected or no selector can be opened
     */
    static End of(SocketChannel channel) throws IOException {
        return new ChannelEnd(channel);
    }

    /**
     * Adapts a datagram channel in its non-blocking mode: each read is one datagram.
     *
     * @param channel connected, so that it sends to and takes from one address only; it is made
     *     non-blocking
     * @return its end, which closes it
     * @throws IOException if the channel is not connected or no selector can be opened
     */
    static End of(DatagramChannel channel) throws IOException {
        return DatagramEnd.of(channel);
    }

    /**
     * Adapts a connection of the library's own. Every call sets its {@linkplain
     * SocketConnection#deadline(Duration) deadline}.
     *
     * @param connection a client's, or an accepted one
     * @return its end, which closes it
     */
    static End of(SocketConnection connection) {
        return new ConnectionEnd(connection);
    }

    /**
     * Reads what is there, waiting for the first byte; over messages, the next message, of which what the
     * buffer does not take is lost.
     *
     * @param into where to, at least 1 byte
     * @param timeout how long to wait, up to a day; zero or less is a deadline that has passed, by which
     *     only what is there already can be read
     * @return how many bytes, or -1 at the end of the stream
     * @throws java.net.SocketTimeoutException if nothing came by then
     * @throws IOException if it fails, by a reset for instance, or because this end was closed
     */
    int read(byte[] into, Duration timeout) throws IOException;

    /**
     * Sends all the bytes, however long that takes; over messages, as one message.
     *
     * @param bytes what to send
     * @throws IOException if it fails, by a reset for instance, or because this end was closed
     */
    void write(byte[] bytes) throws IOException;

    /**
     * Sends all the bytes by a deadline.
     *
     * @param bytes what to send
     * @param timeout how long to wait
     * @throws java.net.SocketTimeoutException if not all were taken by then
     * @throws IOException if it fails
     * @throws UnsupportedOperationException by default
     */
    default void write(byte[] bytes, Duration timeout) throws IOException {
        throw new UnsupportedOperationException("it has no write timeout");
    }

    /**
     * Ends this end's output; reading goes on.
     *
     * @throws IOException if it fails
     * @throws UnsupportedOperationException by default
     * @see org.junitsockets.Capability#HALF_CLOSE
     */
    default void shutdownOutput() throws IOException {
        throw new UnsupportedOperationException("it has no shutdownOutput()");
    }

    /**
     * Resets the connection, which also closes this end. Where a reset is {@linkplain
     * org.junitsockets.Capability#CONDITIONAL_RESET conditional}, something is unread here.
     *
     * @throws IOException if it fails
     * @throws UnsupportedOperationException by default
     * @see org.junitsockets.Capability#RESET
     */
    default void reset() throws IOException {
        throw new UnsupportedOperationException("it has no reset");
    }

    /**
     * Does what both ends have to do at the same time before either can be used, such as a handshake. The
     * kit calls it once on each.
     *
     * @throws IOException if it fails
     */
    default void handshake() throws IOException {}

    /**
     * Returns what ALPN has chosen, after the handshake.
     *
     * @return the protocol; empty if none was
     * @throws IOException if it fails
     * @throws UnsupportedOperationException by default
     * @see org.junitsockets.Capability#TLS
     */
    default String applicationProtocol() throws IOException {
        throw new UnsupportedOperationException("it has no ALPN");
    }

    /**
     * Ends the connection below TLS by FIN, without a close_notify.
     *
     * @throws IOException if it fails
     * @throws UnsupportedOperationException by default
     * @see org.junitsockets.Capability#TLS
     */
    default void truncate() throws IOException {
        throw new UnsupportedOperationException("it cannot end without a close_notify");
    }

    /**
     * Returns the address of this end.
     *
     * @return the address, also after the end was closed; over UNIX a client's is empty
     * @throws IOException if it fails
     */
    SocketAddress localAddress() throws IOException;

    /**
     * Returns the address of the other end.
     *
     * @return the address, also after the end was closed; over UNIX a client's is empty
     * @throws IOException if it fails
     */
    SocketAddress remoteAddress() throws IOException;

    /**
     * Ends the connection in order, and wakes whoever is blocked in it. A second call does nothing.
     *
     * @throws IOException if it fails
     */
    @Override
    void close() throws IOException;
}
