package org.junitsockets.assertj;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import org.apiguardian.api.API;
import org.assertj.core.api.SoftAssertionsProvider;
import org.jspecify.annotations.Nullable;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.Transcript;

/**
 * Soft assertions on what {@link SocketAssertions} has, to be combined with others.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public interface SocketSoftAssertionsProvider extends SoftAssertionsProvider {

    /**
     * Begins soft assertions on a server.
     *
     * @param actual what to assert on
     * @return the assertions
     */
    default SocketServerAssert assertThat(@Nullable SocketServer actual) {
        return proxy(SocketServerAssert.class, SocketServer.class, actual);
    }

    /**
     * Begins soft assertions on one end of a connection.
     *
     * @param actual what to assert on
     * @return the assertions
     */
    default SocketConnectionAssert assertThat(@Nullable SocketConnection actual) {
        return proxy(SocketConnectionAssert.class, SocketConnection.class, actual);
    }

    /**
     * Begins soft assertions on what was on the wire.
     *
     * @param actual what to assert on
     * @return the assertions
     */
    default TranscriptAssert assertThat(@Nullable Transcript actual) {
        return proxy(TranscriptAssert.class, Transcript.class, actual);
    }

    /**
     * Begins soft assertions on a socket of the JDK's.
     *
     * @param actual what to assert on
     * @return the assertions
     */
    default SocketAssert assertThat(@Nullable Socket actual) {
        return proxy(SocketAssert.class, Socket.class, actual);
    }

    /**
     * Begins soft assertions on a socket channel.
     *
     * @param actual what to assert on
     * @return the assertions
     */
    default SocketChannelAssert assertThat(@Nullable SocketChannel actual) {
        return proxy(SocketChannelAssert.class, SocketChannel.class, actual);
    }

    /**
     * Begins soft assertions on an internet address and port.
     *
     * @param actual what to assert on
     * @return the assertions
     */
    default InetSocketAddressAssert assertThat(@Nullable InetSocketAddress actual) {
        return proxy(InetSocketAddressAssert.class, InetSocketAddress.class, actual);
    }

    /**
     * Begins soft assertions on the address of a socket.
     *
     * @param actual what to assert on
     * @return the assertions
     */
    default SocketAddressAssert assertThat(@Nullable SocketAddress actual) {
        return proxy(SocketAddressAssert.class, SocketAddress.class, actual);
    }
}
