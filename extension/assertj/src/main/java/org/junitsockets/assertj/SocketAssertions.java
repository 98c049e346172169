package org.junitsockets.assertj;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import org.apiguardian.api.API;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.InstanceOfAssertFactory;
import org.jspecify.annotations.Nullable;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.Transcript;

/**
 * AssertJ's {@link Assertions} and, from the same static import, those on servers, connections, what
 * was on the wire, sockets and addresses.
 *
 * <pre>{@code
 * import static org.junitsockets.assertj.SocketAssertions.assertThat;
 *
 * assertThat(server).receivedConnections(2);
 * assertThat(server.connection(1)).received("PING\r\n").then().sent("PONG\r\n").endedByReset();
 * assertThat(client.isAlive()).isFalse();
 * }</pre>
 *
 * <p>Beside {@code import static org.assertj.core.api.Assertions.*} a single static import of this
 * {@code assertThat} would hide AssertJ's own; this one has them all.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public class SocketAssertions extends Assertions {

    /** For {@code extracting} and {@code asInstanceOf}: goes on with assertions on a server. */
    public static final InstanceOfAssertFactory<SocketServer, SocketServerAssert> SOCKET_SERVER =
            new InstanceOfAssertFactory<>(SocketServer.class, SocketServerAssert::new);

    /** For {@code extracting} and {@code asInstanceOf}: goes on with assertions on a connection. */
    public static final InstanceOfAssertFactory<SocketConnection, SocketConnectionAssert> SOCKET_CONNECTION =
            new InstanceOfAssertFactory<>(SocketConnection.class, SocketConnectionAssert::new);

    /** For {@code extracting} and {@code asInstanceOf}: goes on with assertions on a transcript. */
    public static final InstanceOfAssertFactory<Transcript, TranscriptAssert> TRANSCRIPT =
            new InstanceOfAssertFactory<>(Transcript.class, TranscriptAssert::new);

    /** For {@code extracting} and {@code asInstanceOf}: goes on with assertions on an address. */
    public static final InstanceOfAssertFactory<InetSocketAddress, InetSocketAddressAssert> INET_SOCKET_ADDRESS =
            new InstanceOfAssertFactory<>(InetSocketAddress.class, InetSocketAddressAssert::new);

    /** For those who extend it. */
    protected SocketAssertions() {}

    /**
     * Begins assertions on a server.
     *
     * @param actual what to assert on
     * @return the assertions
     */
    public static SocketServerAssert assertThat(@Nullable SocketServer actual) {
        return new SocketServerAssert(actual);
    }

    /**
     * Begins assertions on one end of a connection.
     *
     * @param actual what to assert on
     * @return the assertions
     */
    public static SocketConnectionAssert assertThat(@Nullable SocketConnection actual) {
        return new SocketConnectionAssert(actual);
    }

    /**
     * Begins assertions on what was on the wire.
     *
     * @param actual what to assert on
     * @return the assertions
     */
    public static TranscriptAssert assertThat(@Nullable Transcript actual) {
        return new TranscriptAssert(actual);
    }

    /**
     * Begins assertions on a socket of the JDK's.
     *
     * @param actual what to assert on
     * @return the assertions
     */
    public static SocketAssert assertThat(@Nullable Socket actual) {
        return new SocketAssert(actual);
    }

    /**
     * Begins assertions on a socket channel.
     *
     * @param actual what to assert on
     * @return the assertions
     */
    public static SocketChannelAssert assertThat(@Nullable SocketChannel actual) {
        return new SocketChannelAssert(actual);
    }

    /**
     * Begins assertions on an internet address and port.
     *
     * @param actual what to assert on
     * @return the assertions
     */
    public static InetSocketAddressAssert assertThat(@Nullable InetSocketAddress actual) {
        return new InetSocketAddressAssert(actual);
    }

    /**
     * Begins assertions on the address of a socket.
     *
     * @param actual what to assert on
     * @return the assertions
     */
    public static SocketAddressAssert assertThat(@Nullable SocketAddress actual) {
        return new SocketAddressAssert(actual);
    }
}
