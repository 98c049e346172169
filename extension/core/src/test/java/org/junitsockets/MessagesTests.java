package org.junitsockets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.testing.Background;

/** Servers and clients over UDP, with the JDK's datagram sockets as the other side. */
class MessagesTests {

    private static final Duration SHORT = Duration.ofMillis(50);

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"UDP", "UDP6"})
    @Retention(RetentionPolicy.RUNTIME)
    @interface OverUdp {}

    private static SocketServer open(Transport transport) {
        return SocketServer.builder().name("sink").transport(transport).start();
    }

    /** Not connected: the JDK's sockets that are send nothing where there are no bytes. */
    private record Sender(DatagramSocket socket, InetSocketAddress to) implements AutoCloseable {

        SocketAddress address() {
            return new InetSocketAddress(to.getAddress(), socket.getLocalPort());
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    private static Sender raw(SocketServer server) throws IOException {
        DatagramSocket socket = new DatagramSocket(0, server.address().getAddress());
        socket.setSoTimeout(10_000);
        return new Sender(socket, server.address());
    }

    private static void send(Sender sender, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        sender.socket().send(new DatagramPacket(bytes, bytes.length, sender.to()));
    }

    private static String receive(Sender sender) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        sender.socket().receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), UTF_8);
    }

    // -- what a server awaits ----------------------------------------------------------------------

    /** A message that he takes in is not lost to who waits for one. */
    @OverUdp
    void aMessageIsFoundWhileSomebodyLooksOn(Transport transport) throws Exception {
        try (SocketServer server = open(transport);
                SocketClients clients = SocketClients.open().transport(transport)) {
            SocketConnection client = clients.connect(server.address());
            client.write("first");
            server.awaitMessage();
            AtomicBoolean over = new AtomicBoolean();
            Background<?> onlooker = Background.run(() -> {
                while (!over.get()) {
                    server.connection(1).transcript();
                }
            });
            try {
                for (int i = 0; i < 500; i++) {
                    client.write("next " + i);
                    assertThat(server.awaitMessage().bytes()).asString().isEqualTo("next " + i);
                }
            } finally {
                over.set(true);
            }
            onlooker.get();
        }
    }

    @OverUdp
    void messagesComeInOrderWhoeverSendsThem(Transport transport) throws Exception {
        try (SocketServer sink = open(transport);
                Sender one = raw(sink);
                Sender other = raw(sink)) {
            send(one, "a:1|c");
            send(other, "b");
            send(one, "");
            Message first = sink.awaitMessage();
            assertThat(first.text()).isEqualTo("a:1|c");
            assertThat(first.bytes()).asString(UTF_8).isEqualTo("a:1|c");
            assertThat(first.sender()).isEqualTo(one.address());
            assertThat(first.isTruncated()).isFalse();
            assertThat(sink.awaitMessage().sender()).isEqualTo(other.address());
            Message empty = sink.awaitMessage();
            assertThat(empty.length()).isZero();
            assertThat(empty.sender()).isEqualTo(one.address());
            sink.expectNoMore(SHORT);
            assertThat(sink.connectionCount()).isEqualTo(2);
        }
    }

    @OverUdp
    void aMessageIsAnsweredAtItsSender(Transport transport) throws Exception {
        try (SocketServer sink = open(transport);
                Sender client = raw(sink)) {
            send(client, "ping");
            sink.awaitMessage().reply("pong");
            assertThat(receive(client)).isEqualTo("pong");
            send(client, "ping");
            sink.awaitMessage().reply(new byte[0]);
            assertThat(receive(client)).isEmpty();
        }
    }

    @OverUdp
    void whoWaitsIsWokenByAMessageOfAKnownSender(Transport transport) throws Exception {
        try (SocketServer sink = open(transport);
                Sender client = raw(sink)) {
            send(client, "first");
            assertThat(sink.awaitMessage().text()).isEqualTo("first");
            Background<String> later = Background.call(() -> sink.awaitMessage().text());
            Background.await(
                    "it waits",
                    () -> Stream.of(later.thread().getStackTrace())
                            .anyMatch(frame -> frame.getMethodName().equals("poll")));
            send(client, "second");
            assertThat(later.get()).isEqualTo("second");
        }
    }

    @OverUdp
    void whoIsKnownIsHeardWhileNobodyElseIsAccepted(Transport transport) throws Exception {
        try (SocketServer sink = SocketServer.builder()
                        .transport(transport)
                        .deadline(Duration.ofMinutes(1))
                        .start();
                Sender known = raw(sink);
                Sender stranger = raw(sink)) {
            send(known, "first");
            assertThat(sink.awaitMessage().text()).isEqualTo("first");
            sink.pauseAccepting();
            send(stranger, "who?");
            Background<String> later = Background.call(() -> sink.awaitMessage().text());
            send(known, "second");
            assertThat(later.get()).isEqualTo("second"); // in less than the server's deadline
            sink.resumeAccepting();
            assertThat(sink.awaitMessage().text()).isEqualTo("who?");
        }
    }

    @OverUdp
    void whatDoesNotComeIsSaid(Transport transport) {
        try (SocketServer sink = SocketServer.builder()
                .name("sink")
                .transport(transport)
                .deadline(SHORT)
                .start()) {
            assertThatThrownBy(sink::awaitMessage)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("awaitMessage() on server 'sink'")
                    .hasMessageContaining("no message came that nobody else takes within 50 ms");
        }
    }

    @OverUdp
    void oneMoreThanExpectedIsShown(Transport transport) throws Exception {
        try (SocketServer sink = open(transport);
                Sender client = raw(sink)) {
            send(client, "one");
            sink.awaitMessage();
            send(client, "two");
            assertThatThrownBy(() -> sink.expectNoMore(SHORT))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("expectNoMore(50 ms) of server 'sink'")
                    .hasMessageContaining("instead came 3 bytes \"two\" [74 77 6f] from ");
        }
    }

    // -- scripts and handlers ----------------------------------------------------------------------

    @OverUdp
    void aScriptTalksToOneSender(Transport transport) throws Exception {
        try (SocketServer server = open(transport);
                Sender client = raw(server)) {
            server.onConnection(peer -> {
                peer.expectMessage("ping").write("pong");
                Message cut = peer.readMessage(3);
                peer.write(cut.text() + cut.length() + cut.isTruncated());
            });
            send(client, "ping");
            assertThat(receive(client)).isEqualTo("pong");
            send(client, "truncate");
            assertThat(receive(client)).isEqualTo("tru8true");
        }
    }

    @OverUdp
    void aHandlerServesEverySender(Transport transport) throws Exception {
        try (SocketServer server = SocketServer.builder()
                        .transport(transport)
                        .handler(new Echo())
                        .start();
                Sender one = raw(server);
                Sender other = raw(server);
                SocketClients clients = SocketClients.open().transport(transport)) {
            for (String text : new String[] {"x", "", "y".repeat(60_000)}) {
                send(one, text);
                assertThat(receive(one)).isEqualTo(text);
            }
            send(other, "z");
            assertThat(receive(other)).isEqualTo("z");
            clients.connect(server.address())
                    .write("a")
                    .expectMessage("a")
                    .write("b")
                    .expect("b");
        }
    }

    @OverUdp
    void theReadyHandlersAnswerEachDatagram(Transport transport) throws Exception {
        try (SocketServer daytime = serve(transport, new Daytime());
                SocketServer generator = serve(transport, new CharacterGenerator());
                SocketServer discard = serve(transport, new Discard());
                SocketServer banner = serve(transport, Banner.of("220 ready"));
                Sender one = raw(daytime);
                Sender other = raw(generator);
                Sender third = raw(discard);
                Sender fourth = raw(banner)) {
            send(one, "what time?");
            send(one, "");
            assertThat(receive(one)).endsWith("-UTC\r\n");
            assertThat(receive(one)).endsWith("-UTC\r\n");
            send(other, "");
            assertThat(receive(other)).hasSize(74).startsWith(" !\"#");
            send(other, "more");
            assertThat(receive(other)).hasSize(74).startsWith("!\"#$");
            send(third, "x");
            send(fourth, "x");
            assertThat(receive(fourth)).isEqualTo("220 ready");
            assertThat(discard.awaitConnections(1).transcript().sent()).isEmpty();
        }
    }

    private static SocketServer serve(Transport transport, ConnectionHandler handler) {
        return SocketServer.builder().transport(transport).handler(handler).start();
    }

    @OverUdp
    void aMessageWithoutBytesIsOne(Transport transport) {
        try (SocketServer server = open(transport);
                SocketClients clients = SocketClients.open().transport(transport)) {
            server.onConnection(peer ->
                    peer.expectMessage("ping").expectMessage("").write("").write("pong"));
            clients.connect(server.address())
                    .write("ping")
                    .write("")
                    .expectMessage("")
                    .expectMessage("pong");
        }
    }

    @OverUdp
    void readsKeepToOneMessage(Transport transport) throws Exception {
        try (SocketServer server = open(transport);
                Sender client = raw(server)) {
            send(client, "one");
            send(client, "two\nthree");
            send(client, "");
            send(client, "four");
            SocketConnection peer = server.accept();
            assertThat(peer.readLine()).isEqualTo("one");
            assertThat(peer.readLine()).isEqualTo("two");
            assertThat(peer.readMessage().text()).isEqualTo("three");
            assertThat(peer.readMessage().length()).isZero();
            assertThatThrownBy(() -> peer.readExactly(5))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("the message ended within 5 bytes, after 4 bytes \"four\" [66 6f 75 72]");
            assertThat(peer.readExactly(4)).asString().isEqualTo("four");
        }
    }

    @OverUdp
    void whatThereIsNotIsRefused(Transport transport) throws Exception {
        try (SocketServer server = open(transport);
                Sender client = raw(server)) {
            send(client, "x");
            SocketConnection peer = server.accept();
            assertRefused(transport, peer::fin, "fin()", "connections with an end");
            assertRefused(transport, peer::rst, "rst()", "a reset");
            assertRefused(transport, peer::shutdownOutput, "shutdownOutput()", "a half-close");
            assertRefused(transport, peer::expectEnd, "expectEnd()", "connections with an end");
            assertRefused(transport, peer::readToEnd, "readToEnd()", "connections with an end");
            peer.expect("x");
        }
    }

    private static void assertRefused(Transport transport, Runnable call, String name, String lacks) {
        assertThatThrownBy(call::run)
                .isExactlyInstanceOf(UnsupportedOperationException.class)
                .hasMessageStartingWith(name + " on connection 1 of server 'sink'")
                .hasMessageEndingWith("found " + transport + " (" + transport.family()
                        + ", SOCK_DGRAM) (expected: a transport with " + lacks + ")");
    }

    @Test
    void aStreamHasNoMessages() {
        try (SocketServer server = open(Transport.TCP)) {
            assertThatThrownBy(server::awaitMessage)
                    .isExactlyInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("found the transport TCP, which lacks messages (expected: one of UDP,");
            assertThatThrownBy(() -> server.expectNoMore(SHORT)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> server.dropMessages(1)).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    // -- losses, and nobody there ------------------------------------------------------------------

    @OverUdp
    void droppedMessagesAreLostAndStandInTheTranscript(Transport transport) throws Exception {
        try (SocketServer sink = open(transport);
                Sender client = raw(sink)) {
            sink.dropMessages(1, 3);
            send(client, "1");
            send(client, "2");
            send(client, "3");
            send(client, "4");
            assertThat(sink.awaitMessage().text()).isEqualTo("2");
            assertThat(sink.awaitMessage().text()).isEqualTo("4");
            assertThat(sink.transcript().entries())
                    .filteredOn(entry -> entry.kind() == Kind.DROPPED)
                    .hasSize(2)
                    .extracting(Transcript.Entry::detail)
                    .first()
                    .asString()
                    .startsWith("message 1 of all (1 byte from ");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sink.dropMessages(4))
                    .withMessageStartingWith("dropMessages() on server ");
        }
    }

    @OverUdp
    void whileItIsDownNobodyIsThere(Transport transport) throws Exception {
        try (SocketServer server = SocketServer.builder()
                        .transport(transport)
                        .handler(new Echo())
                        .start();
                SocketClients clients = SocketClients.open().transport(transport)) {
            SocketConnection client = clients.connect(server.address());
            client.write("a").expect("a");
            server.stop();
            client.write("b");
            assertThatThrownBy(client::readMessage)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(PortUnreachableException.class)
                    .hasMessageEndingWith(": nobody is there (ICMP port unreachable)");
            server.start();
            client.write("c").expect("c");
            assertThat(client.transcript().entries())
                    .extracting(Transcript.Entry::kind)
                    .contains(Kind.PORT_UNREACHABLE);
        }
    }

    // -- the verdict -------------------------------------------------------------------------------

    @OverUdp
    void aScriptThatNoMessageReachesFails(Transport transport) {
        SocketServer server = SocketServer.builder()
                .name("sink")
                .transport(transport)
                .deadline(SHORT)
                .start();
        server.onConnection(peer -> peer.expectMessage("ping"));
        assertThatThrownBy(server::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("was not reached: no connection came for it");
    }

    @OverUdp
    void aScriptThatGetsSomethingElseFails(Transport transport) throws Exception {
        SocketServer server = open(transport);
        server.onConnection(peer -> peer.expectMessage("ping"));
        try (Sender client = raw(server)) {
            send(client, "pong");
            assertThatThrownBy(server::close)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("expectMessage(4 bytes \"ping\" [70 69 6e 67]): something else came");
        }
    }

    @OverUdp
    void afterTheServerIsClosedNobodyIsThere(Transport transport) throws Exception {
        SocketServer server = open(transport);
        try (Sender client = raw(server)) {
            server.close();
            client.socket().connect(client.to());
            send(client, "x");
            assertThatThrownBy(() -> receive(client))
                    .isInstanceOf(PortUnreachableException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
    }
}
