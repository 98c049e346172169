package org.junitsockets.samples.introduction;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junitsockets.Location.IN_PROCESS;
import static org.junitsockets.assertj.SocketAssertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * Lesson 1: two programs, and a socket in the hand of each.
 *
 * <p>A <em>socket</em> is one end of a conversation between two programs, as the receiver in your
 * hand is one end of a telephone call. What you write into your socket, the other program reads
 * from its own, and the other way round.
 *
 * <p>For a call, somebody has to wait for it and somebody has to make it:
 *
 * <ul>
 *   <li>The <em>server</em> has a <em>server socket</em>. No conversation goes through it: it is the
 *       number at which the server can be called. Each call it takes, {@code accept()}, gives the
 *       server one more socket, for that conversation alone.
 *   <li>The <em>client</em> has a <em>client socket</em>, and connects it to that number.
 * </ul>
 *
 * <p>The number has two parts. The <em>address</em> says which machine: {@code 127.0.0.1} is always
 * the machine you are on, the <em>loopback</em> address. The <em>port</em>, from 1 to 65535, says
 * which program on that machine. In each test below {@code @WithSocketServer} asks for a server
 * socket on the loopback address, on a port that was free a moment ago: an <em>ephemeral</em> port.
 * When the test ends, the extension closes it.
 */
class Lesson01TwoSocketsTests {

    @Test
    @WithSocketServer
    void aClientCallsAndAServerAnswers(ServerSocket server) throws IOException {
        try (Socket client = new Socket()) {
            client.connect(server.getLocalSocketAddress(), 5000); // milliseconds: never wait without a bound
            client.setSoTimeout(5000);
            try (Socket accepted = server.accept()) {
                client.getOutputStream().write("hello".getBytes(US_ASCII));
                assertThat(accepted.getInputStream().readNBytes(5))
                        .asString(US_ASCII)
                        .isEqualTo("hello");

                accepted.getOutputStream().write("welcome".getBytes(US_ASCII));
                assertThat(client.getInputStream().readNBytes(7))
                        .asString(US_ASCII)
                        .isEqualTo("welcome");
            }
        }
    }

    /**
     * From here on, the client socket is asked for as well: the extension has connected it. (The servers
     * of these tests may also be run in a container, which is another machine to the client. {@code
     * location} says that this one is not, so that each end sees the address that the other has.)
     */
    @Test
    @WithSocketServer(location = IN_PROCESS)
    void theTwoEndsAreEachOthersAddresses(ServerSocket server, Socket client) throws IOException {
        try (Socket accepted = server.accept()) {
            assertThat(client).isConnectedTo(server.getLocalSocketAddress());
            assertThat(accepted).isConnectedTo(client.getLocalSocketAddress());
        }
    }

    /** A client has a port too. It did not choose one, so the system gave it a free one. */
    @Test
    @WithSocketServer
    void bothPortsAreEphemeral(ServerSocket server, Socket client) {
        assertThat(server.getLocalPort()).isBetween(1024, 65535);
        assertThat(client.getLocalPort()).isBetween(1024, 65535);
        assertThat(server.getLocalSocketAddress()).isLoopback();
    }

    /**
     * The system answers the call, the program takes it later. Until then the connection waits in a
     * queue, and so does what the client has sent already. So "it is connected" does not yet mean
     * that the server's program has noticed.
     */
    @Test
    @WithSocketServer
    void aConnectionIsMadeBeforeItIsAccepted(ServerSocket server, Socket client) throws IOException {
        assertThat(client).isConnected();
        client.getOutputStream().write("early".getBytes(US_ASCII));

        try (Socket accepted = server.accept()) {
            assertThat(accepted.getInputStream().readNBytes(5))
                    .asString(US_ASCII)
                    .isEqualTo("early");
        }
    }

    /**
     * All conversations of a server share its port. What tells them apart is the client's address: a
     * connection is the two ends together.
     */
    @Test
    @WithSocketServer(location = IN_PROCESS)
    void oneServerHoldsManyConversations(ServerSocket server, Socket one, Socket other) throws IOException {
        try (Socket first = server.accept();
                Socket second = server.accept()) {
            assertThat(first)
                    .hasLocalAddress(server.getLocalSocketAddress())
                    .isConnectedTo(one.getLocalSocketAddress());
            assertThat(second)
                    .hasLocalAddress(server.getLocalSocketAddress())
                    .isConnectedTo(other.getLocalSocketAddress());

            other.getOutputStream().write(2);
            one.getOutputStream().write(1);
            assertThat(first.getInputStream().read()).isEqualTo(1);
            assertThat(second.getInputStream().read()).isEqualTo(2);
        }
    }
}
