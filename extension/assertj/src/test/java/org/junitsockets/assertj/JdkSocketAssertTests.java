package org.junitsockets.assertj;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.testing.Failures.assertFails;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junitsockets.Silent;
import org.junitsockets.SocketServer;

/** The JDK's own sockets and channels. */
class JdkSocketAssertTests {

    private static final SocketAddress OTHER = InetSocketAddress.createUnresolved("other", 1);

    private final SocketServer server =
            SocketServer.builder().handler(new Silent()).start();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void connectedSocket() throws IOException {
        try (Socket socket = new Socket(server.address().getAddress(), server.port())) {
            assertThat(socket)
                    .isOpen()
                    .isConnected()
                    .isConnectedTo(server.address())
                    .hasLocalAddress(socket.getLocalSocketAddress());
            assertFails(() -> assertThat(socket).isClosed(), """
                expected: a closed socket
                 but was: open, connected to <address> from <address>""");
            assertFails(() -> assertThat(socket).isNotConnected(), """
                expected: a socket that is not connected
                 but was: open, connected to <address> from <address>""");
            assertFails(() -> assertThat(socket).isConnectedTo(OTHER), """
                expected: a socket connected to other/<unresolved>:1
                 but was: open, connected to <address> from <address>""");
            assertFails(() -> assertThat(socket).hasLocalAddress(OTHER), """
                expected: a socket with the local address other/<unresolved>:1
                 but was: open, connected to <address> from <address>""");
            assertFails(() -> assertThat(socket).hasOutputShutdown(), """
                expected: an open socket whose output was shut down
                 but was: open, connected to <address> from <address>""");
            assertFails(() -> assertThat(socket).hasInputShutdown(), """
                expected: an open socket whose input was shut down
                 but was: open, connected to <address> from <address>""");
            socket.shutdownOutput();
            socket.shutdownInput();
            assertThat(socket).hasOutputShutdown().hasInputShutdown();
            assertFails(() -> assertThat(socket).as("the socket").isClosed(), """
                [the socket] expected: a closed socket
                 but was: open, connected to <address> from <address>, output shut down, input shut down""");
        }
    }

    @Test
    void closedSocket() throws IOException {
        Socket socket = new Socket(server.address().getAddress(), server.port());
        socket.close();
        assertThat(socket).isClosed().isNotConnected();
        assertThat(new Socket()).isNotConnected();
        assertFails(() -> assertThat(socket).isOpen(), """
                expected: an open socket
                 but was: closed, was connected to <address>""");
        assertFails(() -> assertThat(socket).isConnectedTo(server.address()), """
                expected: a socket connected to <address>
                 but was: closed, was connected to <address>""");
        assertFails(() -> assertThat(new Socket()).isConnected(), """
                expected: a connected socket
                 but was: open, not connected""");
        assertFails(() -> assertThat((Socket) null).isOpen(), """

                Expecting actual not to be null""");
    }

    @Test
    void connectedChannel() throws IOException {
        try (SocketChannel channel = SocketChannel.open(server.address())) {
            assertThat(channel)
                    .isOpen()
                    .isConnected()
                    .isConnectedTo(server.address())
                    .hasLocalAddress(channel.getLocalAddress())
                    .isBlocking();
            assertFails(() -> assertThat(channel).isClosed(), """
                expected: a closed channel
                 but was: open, connected to <address> from <address>, blocking""");
            assertFails(() -> assertThat(channel).isNotConnected(), """
                expected: a channel that is not connected
                 but was: open, connected to <address> from <address>, blocking""");
            assertFails(() -> assertThat(channel).isConnectedTo(OTHER), """
                expected: a channel connected to other/<unresolved>:1
                 but was: open, connected to <address> from <address>, blocking""");
            assertFails(() -> assertThat(channel).hasLocalAddress(OTHER), """
                expected: a channel with the local address other/<unresolved>:1
                 but was: open, connected to <address> from <address>, blocking""");
            assertFails(() -> assertThat(channel).isNonBlocking(), """
                expected: a non-blocking channel
                 but was: open, connected to <address> from <address>, blocking""");
            channel.configureBlocking(false);
            assertThat(channel).isNonBlocking();
            assertFails(() -> assertThat(channel).as("the channel").isBlocking(), """
                [the channel] expected: a blocking channel
                 but was: open, connected to <address> from <address>, non-blocking""");
        }
    }

    @Test
    void closedChannel() throws IOException {
        SocketChannel channel = SocketChannel.open(server.address());
        channel.close();
        assertThat(channel).isClosed().isNotConnected();
        assertFails(() -> assertThat(channel).isOpen(), """
                expected: an open channel
                 but was: closed, not connected, blocking""");
        assertFails(() -> assertThat(channel).isConnectedTo(server.address()), """
                expected: a channel connected to <address>
                 but was: closed, not connected, blocking""");
        try (SocketChannel unconnected = SocketChannel.open()) {
            assertThat(unconnected).isNotConnected();
            assertFails(() -> assertThat(unconnected).isConnected(), """
                expected: a connected channel
                 but was: open, not connected, blocking""");
        }
        assertFails(() -> assertThat((SocketChannel) null).isOpen(), """

                Expecting actual not to be null""");
    }
}
