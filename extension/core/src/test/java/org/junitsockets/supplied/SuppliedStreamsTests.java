package org.junitsockets.supplied;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junitsockets.Echo;
import org.junitsockets.LengthPrefix;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.Transcript;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.testing.Background;

/** Streams over what somebody else supplies, by what users call. */
class SuppliedStreamsTests {

    private static final Duration SHORT = Duration.ofMillis(50);

    private static SocketServer.Builder server() {
        return SocketServer.builder().name("db").transport(InMemory.STREAMS);
    }

    private static SocketClients clients() {
        return SocketClients.open().transport(InMemory.STREAMS);
    }

    @Test
    void aScriptAndAClientTalk() {
        try (SocketServer server = server().start();
                SocketClients clients = clients()) {
            server.onConnection(peer -> peer.expectLine("PING")
                    .write("PONG\n")
                    .expectFrame(LengthPrefix.U8, new byte[] {1, 2})
                    .expectEnd()
                    .writeSlowly("bye", Duration.ofMillis(1)));
            SocketConnection client = clients.connect(server.socketAddress());
            client.write("PI").write("NG\n").expectLine("PONG");
            client.writeFrame(LengthPrefix.U8, new byte[] {1, 2});
            client.shutdownOutput().expectToEnd("bye");
            assertThat(client.transcript().entries())
                    .extracting(Transcript.Entry::kind)
                    .containsSubsequence(Kind.CONNECTED, Kind.SENT, Kind.RECEIVED, Kind.HALF_CLOSED, Kind.FIN_RECEIVED);
            assertThat(server.transcript().toString()).contains("\"PONG\\n\"");
        }
    }

    @Test
    void oneMebibyteGoesEachWayThroughLittleRoom() throws Exception {
        byte[] much = new byte[1024 * 1024];
        new Random(1).nextBytes(much);
        try (SocketServer server = server().handler(new Echo()).start();
                SocketClients clients = clients()) {
            SocketConnection client = clients.connect(server.socketAddress());
            Background<?> writer = Background.run(() -> client.write(much).shutdownOutput());
            assertThat(Arrays.equals(client.readToEnd(), much)).isTrue();
            writer.get();
        }
    }

    /** Who lingers for the other side's end, and the end of the scope, come at the same time. */
    @Test
    void aConnectionIsClosedOnce() {
        for (int i = 0; i < 200; i++) {
            try (SocketServer server = server().start();
                    SocketClients clients = clients()) {
                clients.connect(server.socketAddress()).write("x").fin();
                server.accept().fin();
            }
        }
        assertThat(InMemory.CLOSED_TWICE).hasValue(0);
    }

    @Test
    void manyClientsAtOnce() {
        try (SocketServer server = server().handler(new Echo()).start();
                SocketClients clients = clients()) {
            clients.run(server.socketAddress(), 20, client -> {
                for (int i = 0; i < 50; i++) {
                    String line = client.number() + " " + i;
                    client.write(line + "\n").expectLine(line);
                }
            });
            assertThat(server.connectionCount()).isEqualTo(20);
        }
    }

    @Test
    void aDeadlineSaysWhatWasWaitedFor() {
        try (SocketServer server = server().deadline(SHORT).start();
                SocketClients clients = clients()) {
            assertThatThrownBy(server::accept)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("accept() on " + server + ": no connection came within 50 ms");
            SocketConnection client = clients.connect(server.socketAddress());
            SocketConnection peer = server.accept();
            assertThatThrownBy(peer::readLine)
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("readLine() on " + peer
                            + ": nothing came within 50 ms; the other side still holds the connection open,"
                            + " 0 bytes received in all");
            assertThatThrownBy(() -> peer.write(new byte[1024 * 1024]))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(" of 1048576 bytes within 50 ms; the connection is open");
            client.write("in time\n");
            peer.expectLine("in time");
        }
    }

    @Test
    void endsWakeWhoeverWaits() {
        for (boolean fin : new boolean[] {true, false}) {
            try (SocketServer server = server().start();
                    SocketClients clients = clients()) {
                clients.connect(server.socketAddress());
                SocketConnection peer = server.accept().deadline(Duration.ofHours(1));
                Background<?> reader = Background.call(peer::readLine);
                Background<?> writer = Background.call(() -> peer.write(new byte[1024 * 1024]));
                Background.await("both to wait", () -> isIn(reader, "poll") && isIn(writer, "poll"));
                if (fin) {
                    peer.fin();
                } else {
                    server.stop();
                }
                String how = ": already ended here by " + (fin ? "fin()" : "stop()");
                assertThatThrownBy(reader::get).hasMessageEndingWith(how);
                assertThatThrownBy(writer::get).hasMessageEndingWith(how);
            }
        }
    }

    private static boolean isIn(Background<?> background, String method) {
        return Arrays.stream(background.thread().getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals(method));
    }

    @Test
    void anInterruptedThreadLeavesAndTheConnectionGoesOn() throws Exception {
        try (SocketServer server = server().start();
                SocketClients clients = clients()) {
            SocketConnection client = clients.connect(server.socketAddress());
            SocketConnection peer = server.accept();
            Background<Boolean> reader = Background.call(() -> {
                assertThatThrownBy(() -> peer.deadline(Duration.ofHours(1)).readLine())
                        .isInstanceOf(UncheckedIOException.class)
                        .hasCauseInstanceOf(InterruptedIOException.class)
                        .hasMessage("readLine() on " + peer + ": the thread was interrupted");
                return Thread.currentThread().isInterrupted();
            });
            Background.await("it to wait", () -> isIn(reader, "poll"));
            reader.thread().interrupt();
            assertThat(reader.get()).isTrue();
            client.write("on\n");
            peer.expectLine("on");
        }
    }

    @Test
    void itGoesDownAndComesUpAtTheSameAddress() {
        try (SocketServer server = server().handler(new Echo()).start();
                SocketClients clients = clients()) {
            for (int i = 0; i < 10; i++) {
                SocketConnection client = clients.connect(server.socketAddress());
                client.write("up\n").expectLine("up");
                server.stop();
                client.expectEnd();
                assertThatThrownBy(() -> clients.connect(server.socketAddress()))
                        .isInstanceOf(UncheckedIOException.class)
                        .hasCauseInstanceOf(ConnectException.class);
                server.start();
            }
        }
    }

    @Test
    void whoWaitsToAcceptIsServedAfterARestart() throws Exception {
        try (SocketServer server = server().deadline(Duration.ofSeconds(20)).start();
                SocketClients clients = clients()) {
            Background<SocketConnection> accepting = Background.call(server::accept);
            Background.await("it to wait", () -> isIn(accepting, "awaitChange"));
            server.stop();
            server.start();
            SocketConnection client = clients.connect(server.socketAddress());
            assertThat(accepting.get().remoteAddress()).isEqualTo(client.localAddress());
        }
    }

    @Test
    void aVerdictJudgesScriptsAndEndsWhatIsOpen() {
        SocketServer server = server().deadline(SHORT).start();
        server.onConnection(peer -> peer.expectLine("never"));
        try (SocketClients clients = clients()) {
            SocketConnection client = clients.connect(server.socketAddress());
            assertThatThrownBy(server::close)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith(server + ": script 1 (")
                    .hasMessageContaining("expectLine(\"never\")");
            client.expectEnd();
        }
        int number = ((InMemory.Address) server.socketAddress()).server();
        assertThat(InMemory.OPEN.get(number)).hasValue(0);
    }

    @Test
    void whoWritesToOneThatHasClosedHearsThatHeIsGone() {
        try (SocketServer server = server().start();
                SocketClients clients = clients()) {
            SocketConnection client = clients.connect(server.socketAddress());
            SocketConnection peer = server.accept();
            client.write("last words\n").fin();
            peer.fin();
            client = clients.connect(server.socketAddress());
            peer = server.accept();
            client.shutdownOutput();
            peer.expectEnd().write("answer").fin();
            client.expectToEnd("answer");
            for (SocketConnection end : List.of(client, peer)) {
                assertThatThrownBy(end::rst)
                        .isExactlyInstanceOf(UnsupportedOperationException.class)
                        .hasMessageEndingWith(
                                ": found VSOCK (AF_VSOCK, SOCK_STREAM) (expected: a transport with a" + " reset)");
            }
        }
    }
}
