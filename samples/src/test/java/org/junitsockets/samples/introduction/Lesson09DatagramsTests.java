package org.junitsockets.samples.introduction;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junitsockets.Location.IN_PROCESS;
import static org.junitsockets.Transport.UDP;
import static org.junitsockets.Transport.UDP6;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.Test;
import org.junitsockets.Echo;
import org.junitsockets.Message;
import org.junitsockets.SocketServer;
import org.junitsockets.Transcript;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.jupiter.EachTransport;
import org.junitsockets.jupiter.Endpoint;
import org.junitsockets.jupiter.RefusedEndpoint;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * Lesson 9: {@code SOCK_DGRAM}, postcards instead of a telephone call.
 *
 * <p>A <em>datagram</em> is one message to one address. Nobody has to be called first, and nobody hangs
 * up. It arrives whole or not at all: what is sent in one piece is received in one piece, so there is no
 * need for the framing of lesson 4. But it may get lost, arrive twice, or after a later one, and nobody
 * is told. If that matters, the two programs have to see to it, by asking again for instance.
 *
 * <p>The protocol is UDP, over AF_INET and over AF_INET6. Names are asked for by it, time is set by it,
 * and where a picture is late it is better lost.
 *
 * <p>A server socket and a client socket are of one kind here: who sends first is the client.
 */
class Lesson09DatagramsTests {

    private static final int SHORT = 100; // milliseconds, for what does not come

    /**
     * Create, resolve, address, and send: no connect. The address goes along with each message; here both
     * are on this machine.
     */
    @Test
    void theFiveLinesAreFour(@WithSocketServer(transport = UDP, location = IN_PROCESS) SocketServer standIn)
            throws IOException {
        try (DatagramChannel socket = DatagramChannel.open(StandardProtocolFamily.INET)) {
            InetSocketAddress address = new InetSocketAddress(standIn.host(), standIn.port());
            socket.send(ByteBuffer.wrap("hello".getBytes(US_ASCII)), address);
        }

        Message message = standIn.awaitMessage();
        assertThat(message.text()).isEqualTo("hello");
        assertThat(message.sender()).as("whom to answer").isLoopback();
    }

    /** Two messages are two, and one without a byte is one. A stream would have made them one. */
    @EachTransport({UDP, UDP6})
    void aMessageHasItsBounds(@WithSocketServer SocketServer server) throws IOException {
        try (DatagramSocket client = socket(server)) {
            send(client, "AB", server.address());
            send(client, "", server.address());
            send(client, "CD", server.address());
        }

        assertThat(server.awaitMessage().text()).isEqualTo("AB");
        assertThat(server.awaitMessage().length()).isZero();
        assertThat(server.awaitMessage().text()).isEqualTo("CD");
    }

    /** Who brings too small a buffer gets the beginning. The rest is lost: the next read is the next message. */
    @EachTransport({UDP, UDP6})
    void whatDoesNotFitIsCutOff(@WithSocketServer SocketServer server) throws IOException {
        try (DatagramSocket client = socket(server)) {
            send(client, "hello", server.address());
            Message hello = server.awaitMessage();
            hello.reply("a long answer");
            hello.reply("end");

            assertThat(receive(client, 6)).isEqualTo("a long");
            assertThat(receive(client, 6)).isEqualTo("end");
        }
    }

    /**
     * A network loses what it likes, and the same machine hardly ever does. So the test says what is
     * lost: here the first question. The client has to wait, give up, and ask again.
     */
    @EachTransport({UDP, UDP6})
    void aMessageCanGetLost(@WithSocketServer(handler = Echo.class) SocketServer server) throws IOException {
        server.dropMessages(1);
        try (DatagramSocket client = socket(server)) {
            send(client, "anybody there?", server.address());
            client.setSoTimeout(SHORT);
            assertThatThrownBy(() -> receive(client, 100)).isInstanceOf(SocketTimeoutException.class);

            client.setSoTimeout(5000);
            send(client, "anybody there?", server.address());
            assertThat(receive(client, 100)).isEqualTo("anybody there?");
        }
        assertThat(server.transcript().entries())
                .extracting(Transcript.Entry::kind)
                .containsOnlyOnce(Kind.DROPPED);
    }

    /**
     * Nobody is called, so nobody can refuse. The machine at that address may say that no program has
     * the port, by a message of the protocol ICMP; a socket that sends to anybody is not told.
     */
    @Test
    void nobodyThereIsNotNoticed(@RefusedEndpoint(transport = UDP) InetSocketAddress nobody) throws IOException {
        try (DatagramSocket client = new DatagramSocket(0, nobody.getAddress())) {
            send(client, "hello", nobody);
            client.setSoTimeout(SHORT);
            assertThatThrownBy(() -> receive(client, 100)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    /**
     * One that is <em>connected</em> is told. To connect sends nothing here: it makes a note of the one
     * address to talk with.
     */
    @Test
    void unlessOneIsConnected(@RefusedEndpoint(transport = UDP) InetSocketAddress nobody) throws IOException {
        try (DatagramSocket client = new DatagramSocket(0, nobody.getAddress())) {
            client.connect(nobody);
            client.setSoTimeout(5000);
            send(client, "hello", nobody);
            assertThatThrownBy(() -> receive(client, 100)).isInstanceOf(PortUnreachableException.class);
        }
    }

    /**
     * Anybody can write to a port. Who looks at the text only, believes a stranger. (All three are on this
     * machine, where the client's address is the same for each of them.)
     */
    @EachTransport({UDP, UDP6})
    void aStrangerCanAnswer(@WithSocketServer(location = IN_PROCESS) SocketServer server) throws IOException {
        try (DatagramSocket client = socket(server);
                DatagramSocket stranger = socket(server)) {
            send(client, "who are you?", server.address());
            Message question = server.awaitMessage();
            send(stranger, "the server, of course", question.sender());
            assertThat(receive(client, 100)).isEqualTo("the server, of course");

            question.reply("the server");
            assertThat(receive(client, 100)).isEqualTo("the server");
        }
    }

    /** A connected one hears its one address, and nobody else. (The stranger could still forge that.) */
    @EachTransport({UDP, UDP6})
    void aStrangerIsNotHeardByAConnectedOne(
            @WithSocketServer(location = IN_PROCESS) SocketServer server, @Endpoint SocketAddress address)
            throws IOException {
        try (DatagramSocket client = socket(server);
                DatagramSocket stranger = socket(server)) {
            client.connect(address);
            send(client, "who are you?", address);
            Message question = server.awaitMessage();
            send(stranger, "the server, of course", question.sender());
            question.reply("the server");

            assertThat(receive(client, 100)).isEqualTo("the server");
            client.setSoTimeout(SHORT);
            assertThatThrownBy(() -> receive(client, 100)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    /** At this machine's address on the way to the server, and on any port: the loopback address, if it is here. */
    private static DatagramSocket socket(SocketServer server) throws IOException {
        InetSocketAddress here;
        try (DatagramChannel way = DatagramChannel.open().connect(server.address())) { // sends nothing
            here = (InetSocketAddress) way.getLocalAddress();
        }
        DatagramSocket socket = new DatagramSocket(0, here.getAddress());
        socket.setSoTimeout(5000);
        return socket;
    }

    private static void send(DatagramSocket socket, String text, SocketAddress to) throws IOException {
        byte[] bytes = text.getBytes(US_ASCII);
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private static String receive(DatagramSocket socket, int bufferSize) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[bufferSize], bufferSize);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), US_ASCII);
    }
}
