package org.junitsockets.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsockets.Transcript;
import org.junitsockets.Transport;
import org.junitsockets.transcript.Conversation;

/** Wireshark opens the captures of real conversations, and finds in them what was kept. */
@Needs(
        value = "tshark",
        commands = {"tshark", "capinfos"})
class CaptureTests {

    @TempDir
    private Path directory;

    /** What each conversation must be, whatever was said. */
    private Tshark open(Conversation... conversations) throws Exception {
        Tshark tshark = new Tshark(Talks.write(directory, conversations));
        assertThat(tshark.packets(String.join(
                        " || ",
                        "!tcp",
                        "_ws.malformed",
                        "_ws.short",
                        "_ws.expert.severity == error",
                        "tcp.checksum.status != Good",
                        "(ip && ip.checksum.status != Good)",
                        "(tcp.analysis.flags && !tcp.analysis.reused_ports)")))
                .as("no TCP, broken, of a wrong checksum, lost, repeated, out of order, or beyond the window")
                .isEmpty();
        for (int stream = 0; stream < conversations.length; stream++) {
            Transcript kept = conversations[stream].transcript();
            int client = port(conversations[stream].client());
            int server = port(conversations[stream].server());
            Map<Integer, byte[]> followed = tshark.follow(stream);
            assertThat(followed).containsOnlyKeys(client, server);
            assertThat(followed.get(client)).as("from the client").isEqualTo(kept.received());
            assertThat(followed.get(server)).as("from the server").isEqualTo(kept.sent());
        }
        return tshark;
    }

    private static int port(SocketAddress address) {
        return ((InetSocketAddress) address).getPort();
    }

    private static void assumeAvailable(Transport transport) {
        assumeTrue(
                transport.unavailableBecause().isEmpty(),
                () -> transport + ": " + transport.unavailableBecause().orElse(""));
    }

    /** Who sent it, its flags, and how long it is. */
    private static List<String> packets(Tshark tshark, Conversation conversation) throws Exception {
        String server = Integer.toString(port(conversation.server()));
        return tshark.fields("tcp", "tcp.srcport", "tcp.flags.str", "tcp.len").stream()
                .map(line -> line.replace("\u00b7", "").replace("*", ""))
                .map(line -> (line.startsWith(server) ? "server" : "client") + line.substring(line.indexOf('|')))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "TCP6"})
    void aConversationThatEndsInOrder(Transport transport) throws Exception {
        assumeAvailable(transport);
        Conversation conversation = Talks.of(transport, Talks::endedByFin);
        Tshark tshark = open(conversation);
        assertThat(packets(tshark, conversation))
                .containsExactly(
                        "client|S|0",
                        "server|AS|0",
                        "client|A|0",
                        "client|AP|6",
                        "server|AP|6",
                        "client|AF|0",
                        "server|AF|0");
        assertThat(tshark.packets(transport == Transport.TCP ? "ip" : "ipv6")).hasSize(7);
        // 31: handshake, data and FIN, all of it
        assertThat(tshark.fields("tcp", "tcp.completeness")).endsWith("31");
        assertThat(tshark.fields("tcp", "frame.packet_flags_direction"))
                .containsExactly(
                        "0x00000001",
                        "0x00000002",
                        "0x00000001",
                        "0x00000001",
                        "0x00000002",
                        "0x00000001",
                        "0x00000002");
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "TCP6"})
    void aReset(Transport transport) throws Exception {
        assumeAvailable(transport);
        Conversation conversation = Talks.of(transport, (client, peer) -> {
            Talks.pingPong(client, peer);
            peer.rst();
        });
        Tshark tshark = open(conversation);
        assertThat(packets(tshark, conversation)).endsWith("server|AR|0").noneMatch(line -> line.contains("F"));
        assertThat(tshark.fields("tcp.flags.reset == 1", "frame.comment"))
                .singleElement()
                .asString()
                .contains("server: rst()");
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "TCP6"})
    void aResetByTheClient(Transport transport) throws Exception {
        assumeAvailable(transport);
        Conversation conversation = Talks.of(transport, (client, peer) -> {
            Talks.pingPong(client, peer);
            client.setSoLinger(true, 0);
            client.close();
            assertThatThrownBy(peer::readLine).isInstanceOf(UncheckedIOException.class);
        });
        assertThat(packets(open(conversation), conversation)).endsWith("client|AR|0");
    }

    @Test
    void aHalfCloseAfterWhichTheOtherSideGoesOn() throws Exception {
        Conversation conversation = Talks.of(Transport.TCP, (client, peer) -> {
            Talks.write(client, "request");
            client.shutdownOutput();
            peer.readToEnd();
            peer.write("the answer").shutdownOutput();
            Talks.read(client, 100);
            peer.close();
        });
        assertThat(packets(open(conversation), conversation))
                .endsWith("client|AP|7", "client|AF|0", "server|AP|10", "server|AF|0");
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "TCP6"})
    void longPayloads(Transport transport) throws Exception {
        assumeAvailable(transport);
        Conversation conversation = Talks.of(transport, (client, peer) -> Talks.exchange(client, peer, 120_000));
        assertThat(conversation.transcript().droppedReceived()).isZero();
        assertThat(conversation.transcript().sent()).hasSize(120_000);
        open(conversation);
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "TCP6"})
    void aTruncatedTranscriptBeginsWithTheFirstByteThatWasKept(Transport transport) throws Exception {
        assumeAvailable(transport);
        Conversation conversation = Talks.of(transport, (client, peer) -> {
            Talks.exchange(client, peer, 200_000);
            client.close();
            peer.expectEnd().close();
        });
        assertThat(conversation.transcript().droppedReceived()).isEqualTo(400_000 - 256 * 1024);
        Tshark tshark = open(conversation);
        assertThat(tshark.packets("tcp.flags.syn == 1")).isEmpty();
        assertThat(tshark.fields("frame.number == 1", "tcp.seq", "frame.comment"))
                .singleElement()
                .asString()
                .startsWith("1|")
                .contains(
                        "before this, 137856 bytes received, ",
                        "were dropped: junitsockets.transcript.size; sequence numbers start at the first byte that was"
                                + " kept");
        assertThat(packets(tshark, conversation)).endsWith("client|AF|0", "server|AF|0");
    }

    @Test
    void whatIsNoPacketIsACommentOfOne() throws Exception {
        Conversation conversation = Talks.of(Transport.TCP, (client, peer) -> {
            peer.checkpoint("before");
            Talks.pingPong(client, peer);
            peer.checkpoint("after");
        });
        Tshark tshark = open(conversation);
        assertThat(tshark.fields("frame.comment contains \"connection 1 of server 'db'\"", "frame.number"))
                .containsExactly("1");
        assertThat(tshark.fields("frame.comment == \"server: checkpoint 'before'\"", "frame.number"))
                .containsExactly("4");
        assertThat(tshark.fields("frame.comment == \"server: checkpoint 'after'\"", "frame.number"))
                .containsExactly("5");
    }

    @Test
    void eachConnectionIsAStreamEvenIfThePortsAreTheSame() throws Exception {
        Conversation first = Talks.of(Transport.TCP, Talks::endedByFin);
        Conversation truncated = Talks.of(Transport.TCP, (client, peer) -> Talks.exchange(client, peer, 200_000));
        Conversation last = Talks.of(Transport.TCP, (client, peer) -> {
            Talks.write(client, "again\n");
            peer.expectLine("again").rst();
        });
        open(first, samePorts(first, truncated), samePorts(first, last));
        open(truncated, samePorts(truncated, first));
    }

    private static Conversation samePorts(Conversation first, Conversation other) {
        return new Conversation(other.label(), other.transport(), first.client(), first.server(), other.transcript(), other.state());
    }

    @Test
    void theFileSaysWhichTestItIsOf() throws Exception {
        Talks.write(directory, Talks.of(Transport.TCP, Talks::endedByFin));
        String info = Programs.run(
                directory,
                List.of(
                        "capinfos",
                        "-k",
                        "-F",
                        "-E",
                        "-I",
                        directory.resolve("transcript.pcapng").toString()));
        assertThat(info)
                .contains("RetryTests > retriesAfterReset(SocketServer)", "junit-sockets", "Raw IP", "nanosecond");
    }

    @ParameterizedTest
    @EnumSource(names = {"UDP", "UDP6"})
    void datagramsAreWhatTheyWereEvenAnEmptyOne(Transport transport) throws Exception {
        assumeAvailable(transport);
        Conversation conversation = Talks.ofDatagrams(transport, "ping".getBytes(UTF_8), (client, peer) -> {
            peer.expectMessage("ping");
            peer.write(new byte[0]);
            client.receive(new DatagramPacket(new byte[1], 1));
            peer.write("pong!");
        });
        Tshark tshark = new Tshark(Talks.write(directory, conversation));
        assertThat(tshark.packets(String.join(
                        " || ",
                        "!udp",
                        "_ws.malformed",
                        "_ws.short",
                        "_ws.expert.severity == error",
                        "udp.checksum.status != Good",
                        "(ip && ip.checksum.status != Good)")))
                .as("no UDP, broken, or of a wrong checksum")
                .isEmpty();
        int client = port(conversation.client());
        int server = port(conversation.server());
        assertThat(tshark.fields("udp", "udp.srcport", "udp.dstport", "udp.length", "data"))
                .containsExactly(
                        client + "|" + server + "|12|70696e67",
                        server + "|" + client + "|8|",
                        server + "|" + client + "|13|706f6e6721");
        assertThat(tshark.packets(transport == Transport.UDP ? "ip" : "ipv6")).hasSize(3);
        assertThat(tshark.fields("frame.number == 1", "frame.comment"))
                .first()
                .asString()
                .contains(conversation.label());
    }
}
