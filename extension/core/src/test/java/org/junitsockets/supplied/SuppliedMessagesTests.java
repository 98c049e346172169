package org.junitsockets.supplied;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitsockets.Message;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.Transcript.Entry;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.testing.Background;

/** Messages over what somebody else supplies, by what users call. */
class SuppliedMessagesTests {

    private static final Duration SHORT = Duration.ofMillis(50);

    private static SocketServer.Builder server() {
        return SocketServer.builder().name("db").transport(InMemory.MESSAGES);
    }

    private static SocketClients clients() {
        return SocketClients.open().transport(InMemory.MESSAGES);
    }

    private static int open(SocketServer server) {
        return InMemory.OPEN
                .get(((InMemory.Address) server.socketAddress()).server())
                .get();
    }

    @Test
    void aScriptAndAClientTalkAndEachMessageIsOne() {
        assertThat(InMemory.MESSAGES.unavailableBecause()).isEmpty();
        try (SocketServer server = server().start();
                SocketClients clients = clients()) {
            server.onConnection(peer -> {
                assertThat(peer.readMessage().text()).isEqualTo("one");
                peer.expectMessage("two").expectMessage("").write("three").write("four");
                peer.expectEnd();
            });
            SocketConnection client = clients.connect(server.socketAddress());
            client.write("one").write("two").write("");
            Message three = client.readMessage(2);
            assertThat(three.text()).isEqualTo("th");
            assertThat(three.length()).isEqualTo(5);
            assertThat(three.isTruncated()).isTrue();
            assertThat(three.sender()).isEqualTo(server.socketAddress());
            client.expectMessage("four").fin();
            assertThat(client.transcript().entries().stream()
                            .map(SuppliedMessagesTests::text)
                            .toList())
                    .startsWith(
                            "CONNECTED", "SENT one", "SENT two", "SENT ", "RECEIVED three", "RECEIVED four", "CLOSED");
            assertThat(server.connection(1).transcript().toString()).contains("\"three\"", "\"four\"");
        }
    }

    private static String text(Entry entry) {
        return entry.kind()
                + (entry.kind() == Kind.SENT || entry.kind() == Kind.RECEIVED
                        ? " " + new String(entry.bytes(), UTF_8)
                        : "");
    }

    @Test
    void aServerTakesMessagesOfWhomeverNobodyElseTakes() {
        try (SocketServer server = server().start();
                SocketClients clients = clients()) {
            SocketConnection first = clients.connect(server.socketAddress());
            SocketConnection second = clients.connect(server.socketAddress());
            second.write("hello");
            Message hello = server.awaitMessage();
            assertThat(hello.text()).isEqualTo("hello");
            assertThat(hello.sender()).isEqualTo(second.localAddress());
            hello.reply("hello yourself");
            second.expectMessage("hello yourself");
            server.expectNoMore(Duration.ofMillis(20));
            Background<Message> waiting = Background.call(server::awaitMessage);
            first.write("late");
            assertThat(call(waiting).text()).isEqualTo("late");
            first.write("more");
            assertThatThrownBy(() -> server.expectNoMore(Duration.ofHours(1)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("expectNoMore(3600 s) of " + server
                            + ": instead came 4 bytes \"more\" [6d 6f 72 65] from " + first.localAddress());
        }
    }

    private static <T> T call(Background<T> background) {
        try {
            return background.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyWaitHasADeadlineThatSaysWhatWasWaitedFor() {
        try (SocketServer server = server().deadline(SHORT).start();
                SocketClients clients = clients().deadline(SHORT)) {
            assertThatThrownBy(server::awaitMessage)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("awaitMessage() on " + server
                            + ": no message came that nobody else takes within 50 ms; none was made so far")
                    .hasMessageContaining("server 'db' at " + server.socketAddress() + ":");
            SocketConnection client = clients.connect(server.socketAddress());
            assertThatThrownBy(client::readMessage)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("readMessage() on " + client + ": nothing came within 50 ms");
            assertThatThrownBy(() -> {
                        while (true) {
                            client.write("x".repeat(1000));
                        }
                    })
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("write of 1000 bytes on " + client
                            + ": the other side took 0 of 1000 bytes within 50 ms; the connection is open");
        }
    }

    @Test
    void itGoesDownAndComesUpAtTheSameAddress() {
        try (SocketServer server = server().start();
                SocketClients clients = clients()) {
            for (int i = 0; i < 3; i++) {
                SocketConnection client = clients.connect(server.socketAddress());
                server.accept().write("up");
                client.expectMessage("up");
                server.stop();
                client.expectEnd();
                assertThatThrownBy(() -> clients.connect(server.socketAddress()))
                        .isInstanceOf(UncheckedIOException.class)
                        .hasCauseInstanceOf(ConnectException.class)
                        .hasMessageEndingWith(": Connection refused");
                server.start();
            }
        }
    }

    @Test
    void aVerdictSaysWhatWasWrong() {
        SocketServer server = server().deadline(SHORT).start();
        server.onConnection(peer -> peer.deadline(Duration.ofSeconds(10)).expectMessage("PING"));
        server.onConnection(peer -> {}); // waits no longer than SHORT for somebody to come
        try (SocketClients clients = clients()) {
            clients.connect(server.socketAddress()).write("PONG").expectEnd();
        }
        assertThatThrownBy(server::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(server + ": script 1 (")
                .hasMessageContaining(" failed on connection 1: expectMessage(4 bytes \"PING\" [50 49 4e 47]):"
                        + " something else came\n")
                .hasMessageContaining(server + ": script 2 (")
                .hasMessageContaining(") was not reached")
                .hasMessageContaining("server 'db' at " + server.socketAddress() + ":\n    #1 from memory ");
        assertThat(open(server)).isZero();
    }

    @Test
    void nothingIsOpenAfterwardsWhoeverStillWaited() {
        SocketServer server = server().handler(SocketConnection::holdOpen).start();
        SocketClients clients = clients();
        List<SocketConnection> connected = clients.connect(server.socketAddress(), 3);
        server.awaitConnections(3);
        Background<Message> waiting = Background.call(
                () -> connected.get(0).deadline(Duration.ofHours(1)).readMessage());
        clients.close();
        server.close();
        assertThatThrownBy(waiting::get).isInstanceOf(UncheckedIOException.class);
        assertThat(open(server)).isZero();
    }

    @Test
    void whatItCannotDoIsSaid() {
        try (SocketServer server = server().start();
                SocketClients clients = clients()) {
            SocketConnection client = clients.connect(server.socketAddress());
            SocketConnection peer = server.accept();
            for (Runnable reset : List.<Runnable>of(client::rst, peer::rst)) {
                assertThatThrownBy(reset::run)
                        .isExactlyInstanceOf(UnsupportedOperationException.class)
                        .hasMessageStartingWith("rst() on ")
                        .hasMessageEndingWith(": found UNIX_SEQPACKET (AF_UNIX, SOCK_SEQPACKET) (expected: a transport"
                                + " with a reset)");
            }
            assertThatThrownBy(server::address)
                    .isExactlyInstanceOf(UnsupportedOperationException.class)
                    .hasMessageStartingWith("address() on " + server + ": found the transport UNIX_SEQPACKET, which"
                            + " lacks an IP address and a port");
            assertThatThrownBy(server::path)
                    .hasMessage("path() of " + server + ": found UNIX_SEQPACKET at " + server.socketAddress()
                            + " (expected: UNIX, which has paths)");
            client.write("still open");
            peer.expectMessage("still open");
        }
    }
}
