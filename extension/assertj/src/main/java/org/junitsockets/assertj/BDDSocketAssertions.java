package org.junitsockets.assertj;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import org.apiguardian.api.API;
import org.assertj.core.api.BDDAssertions;
import org.jspecify.annotations.Nullable;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.Transcript;

/**
 * {@link SocketAssertions} in the words of behaviour-driven development: {@code then} in place of
 * {@code assertThat}, beside AssertJ's own.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public class BDDSocketAssertions extends BDDAssertions {

    /** For those who extend it. */
    protected BDDSocketAssertions() {}

    /**
     * Begins assertions on a server.
     *
     * @param actual what to assert on
     * @return the assertions
     */
    public static SocketServerAssert then(@Nullable SocketServer actual) {
        return new SocketServerAssert(actual);
    }

    /**
     * Begins assertions on one end of a connection.
     *
     * @param actual what to assert on
     * @return the assertions
     */
    public static SocketConnectionAssert then(@Nullable SocketConnection actual) {
        return new SocketConnectionAssert(actual);
    }

    /**
     * Begins assertions on what was on the wire.
     *
     * @param actual what to assert on
     * @return the assertions
     */
    public static TranscriptAssert then(@Nullable Transcript actual) {
        return new TranscriptAssert(actual);
    }

    /**
     * Begins assertions on a socket of the JDK's.
     *
     * @param actual what to assert on
     * @return the assertions
     */
    public static SocketAssert then(@Nullable Socket actual) {
        return new SocketAssert(actual);
    }

    /**
     * Begins assertions on a socket channel.
     *
     * @param actual what to assert on
     * @return the assertions
     */
    public static SocketChannelAssert then(@Nullable SocketChannel actual) {
        return new SocketChannelAssert(actual);
    }

    /**
     * Begins assertions on an internet address and port.
     *
     * @param actual what to assert on
     * @return the assertions
     */
    public static InetSocketAddressAssert then(@Nullable InetSocketAddress actual) {
        return new InetSocketAddressAssert(actual);
    }

    /**
     * Begins assertions on the address of a socket.
     *
     * @param actual what to assert on
     * @return the assertions
     */
    public static SocketAddressAssert then(@Nullable SocketAddress actual) {
        return new SocketAddressAssert(actual);
    }
}
