package org.junitsockets.samples.introduction;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.RefusedEndpoint;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * Lesson 5: how a conversation ends, or does not begin.
 *
 * <ul>
 *   <li><em>End of stream.</em> One side has said all it had to say, and sends a FIN ("finished").
 *       The other side reads all that was sent, and then is told that it was all: a read returns -1
 *       instead of a byte, and so does each one after it. An end is not an error.
 *   <li><em>Half-close.</em> The two directions end each by itself. Who has said everything may go
 *       on listening.
 *   <li><em>Reset.</em> One side throws the receiver down, and sends an RST: what was under way may
 *       be lost, and the other side's next read fails with an exception. It is what you see of a
 *       program that crashed, or of a machine in between that lost its patience. Never take it for
 *       an end: what you have may be half of it.
 *   <li><em>Refused.</em> The machine is there and answers: nobody listens at this port. It is said
 *       at once.
 * </ul>
 */
class Lesson05EndsTests {

    @Test
    void theEndOfTheStreamComesAfterTheLastByte(@WithSocketServer SocketServer server, Socket client)
            throws IOException {
        SocketConnection peer = server.accept();
        peer.write("bye");
        peer.fin();

        InputStream in = client.getInputStream();
        assertThat(in.readNBytes(3)).asString(US_ASCII).isEqualTo("bye");
        assertThat(in.read()).isEqualTo(-1);
        assertThat(in.read()).as("and that stays so").isEqualTo(-1);
    }

    /** To close a socket is to end one's stream: the other side sees the same. */
    @Test
    void closingIsSeenAsTheEnd(@WithSocketServer SocketServer server, Socket client) throws IOException {
        SocketConnection peer = server.accept();
        client.getOutputStream().write("bye\n".getBytes(US_ASCII));
        client.close();

        assertThat(peer.readLine()).isEqualTo("bye");
        assertThat(peer.readLine()).as("the end").isNull();
        assertThat(peer).received("bye\n").then().endedByFin();
    }

    /** The client asks, says that this was all, and still gets the answer. */
    @Test
    void oneDirectionCanEndBeforeTheOther(@WithSocketServer SocketServer server, Socket client) throws IOException {
        server.onConnection(peer -> {
            byte[] question = peer.readToEnd(); // framed by the end of the stream
            peer.write(question.length + " bytes");
        });

        client.getOutputStream().write("how many bytes are this?".getBytes(US_ASCII));
        client.shutdownOutput(); // half a close
        assertThat(client.getInputStream().readAllBytes()).asString(US_ASCII).isEqualTo("24 bytes");

        assertThat(server.connection(1)).halfClosed();
        assertThat(server.connection(1))
                .receivedExactly("how many bytes are this?")
                .endedByFin()
                .then()
                .sent("24 bytes");
    }

    /** A stand-in can do what you could wait years for a real server to do. */
    @Test
    void aResetIsAnError(@WithSocketServer SocketServer server, Socket client) throws IOException {
        server.accept().rst();

        InputStream in = client.getInputStream();
        assertThatThrownBy(in::read).isInstanceOf(SocketException.class).hasMessageContaining("reset");
    }

    /** Also a client can do it: with a linger time of 0, closing is a reset. */
    @Test
    void theServerCanTellAResetFromAnEnd(@WithSocketServer SocketServer server, Socket client) throws IOException {
        SocketConnection peer = server.accept();
        client.setSoLinger(true, 0);
        client.close();

        peer.expectReset(); // expectEnd() would fail here
    }

    /**
     * The address of this test is reserved: somebody holds the port, and does not listen. (A port at
     * which "surely" nobody listens is one at which the next program may begin to.)
     */
    @Test
    void nobodyListensHere(@RefusedEndpoint InetSocketAddress refused) throws IOException {
        try (Socket client = new Socket()) {
            assertThatThrownBy(() -> client.connect(refused, 5000)).isInstanceOf(ConnectException.class);
        }
    }
}
