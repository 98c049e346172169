package org.junitsockets.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import org.junitsockets.SocketServer;
import org.junitsockets.Transport;

/** The JDK's own sockets as clients, bounded, so that what is asserted is what the other side sees. */
public final class Raw {

    private static final int BOUND_MILLIS = 10_000;

    private Raw() {}

    /** Skips the test, with the reason, where the system lacks the transport. */
    public static void assumeAvailable(Transport transport) {
        assumeThat(transport.unavailableBecause()).isEmpty();
    }

    public static Socket connect(SocketServer server) throws IOException {
        return connect(server.socketAddress());
    }

    public static Socket connect(SocketAddress address) throws IOException {
        return connect(address, 0);
    }

    /** Connects a socket whose receive buffer is small, so that whoever writes to it soon has to wait. */
    public static Socket connect(SocketAddress address, int receiveBuffer) throws IOException {
        Socket socket = address instanceof UnixDomainSocketAddress unix
                ? UnixSocket.connect(unix, receiveBuffer)
                : connectOverTcp(address, receiveBuffer);
        socket.setSoTimeout(BOUND_MILLIS);
        return socket;
    }

    private static Socket connectOverTcp(SocketAddress address, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(address, BOUND_MILLIS);
        return socket;
    }

    /** Where a server is, as messages have it. */
    public static String at(SocketServer server) {
        return server.socketAddress() instanceof UnixDomainSocketAddress unix
                ? unix.getPath().toString()
                : server.host() + " port " + server.port();
    }

    public static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    public static String read(Socket socket, int count) throws IOException {
        return new String(socket.getInputStream().readNBytes(count), UTF_8);
    }

    public static String readToEnd(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }

    /** Closes by RST; a UNIX socket needs something unread for that. */
    public static void reset(Socket socket) throws IOException {
        if (socket instanceof UnixSocket unix) {
            assertThat(unix.isReadable())
                    .as("whether there is something unread")
                    .isTrue();
        } else {
            socket.setSoLinger(true, 0);
        }
        socket.close();
    }

    /** Closes, for good, a socket that nobody needs any more: without TIME_WAIT, where there is such a thing. */
    public static void drop(Socket socket) throws IOException {
        if (!(socket instanceof UnixSocket)) {
            socket.setSoLinger(true, 0);
        }
        socket.close();
    }

    public static void reset(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    public static void assertEnd(Socket socket) throws IOException {
        assertThat(socket.getInputStream().read()).as("what a raw socket reads").isEqualTo(-1);
    }

    public static void assertReset(Socket socket) {
        assertThatThrownBy(() -> socket.getInputStream().read())
                .isInstanceOf(SocketException.class)
                .hasMessage("Connection reset");
    }
}
