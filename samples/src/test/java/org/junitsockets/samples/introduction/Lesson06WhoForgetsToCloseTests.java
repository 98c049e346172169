package org.junitsockets.samples.introduction;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * Lesson 6: the fifth line, forgotten.
 *
 * <p>A socket that is not closed is a telephone that is off the hook. Nothing fails, and that is
 * what is bad about it. The other side has no way to know that nothing more will come: it waits.
 * Each such socket costs both sides some memory and one of a limited number of <em>file
 * descriptors</em>; a server that nobody hangs up on can one day take no more calls, and the fault
 * is not where it is seen.
 *
 * <p>A test sees it where it is: on the other side. Let the stand-in wait for the end, with a bound.
 */
class Lesson06WhoForgetsToCloseTests {

    private static final Duration SOON = Duration.ofMillis(150);

    /** Everything has been said, and the other side cannot know. */
    @Test
    void theOtherSideWaits(@WithSocketServer SocketServer server, Socket client) throws IOException {
        SocketConnection peer = server.accept();
        client.getOutputStream().write("that was all".getBytes(US_ASCII));
        peer.expect("that was all");

        peer.deadline(SOON);
        assertThatThrownBy(peer::expectEnd)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expectEnd() on connection 1 of server 'server'")
                .hasMessageContaining("150 ms");
        assertThat(peer).isOpen();

        client.close();
        peer.deadline(Duration.ofSeconds(5));
        peer.expectEnd(); // now it knows
        assertThat(peer).received("that was all").then().timedOut().then().endedByFin();
    }

    /**
     * What you read when your own code forgets it. Were this server one that {@code @WithSocketServer}
     * brought, the test would fail at its end with the same words, without a line of yours. Here a test
     * wants to see the failure, so it brings a server by itself, whose {@code close()} throws it.
     */
    @Test
    void aScriptThatWaitsForTheEndSaysSo() throws IOException {
        SocketServer server = SocketServer.builder().name("port 80 of the host").start();
        server.onConnection(peer -> peer.deadline(SOON).expectEnd());

        try (Socket neverClosed = new Socket(server.address().getAddress(), server.port())) {
            assertThat(neverClosed).isConnectedTo(server.address());
            assertThatThrownBy(server::close)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("server 'port 80 of the host' (built at Lesson06WhoForgetsToCloseTests.java:")
                    .hasMessageContaining("script 1 (registered at Lesson06WhoForgetsToCloseTests.java:")
                    .hasMessageContaining(" was not finished: expectEnd() on connection 1: nothing came within 150 ms")
                    .hasMessageContaining("still holds the connection open");
        }
    }

    /** The same client, with its fifth line: {@code try} has it written by the compiler. */
    @Test
    void closedIsClosed(@WithSocketServer SocketServer server) throws IOException {
        server.onConnection(peer -> peer.expectToEnd("that was all"));

        try (Socket client = new Socket(server.address().getAddress(), server.port())) {
            client.getOutputStream().write("that was all".getBytes(US_ASCII));
        }
    }
}
