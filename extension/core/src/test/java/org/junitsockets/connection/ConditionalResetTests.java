package org.junitsockets.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junitsockets.Capability;
import org.junitsockets.Ending;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.Transcript;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedTransportException;
import org.junitsockets.spec.IncapableTransportException;
import org.junitsockets.testing.Opened;
import org.junitsockets.testing.Raw;
import org.junitsockets.testing.Wired;

/** Over UNIX a reset takes bytes that nobody has read: it is one, or it is refused. */
@EnabledOnOs(OS.LINUX)
class ConditionalResetTests {

    private static final String NEEDS =
            "a reset over UNIX needs bytes that the other side has sent and nobody has read: found ";

    private static Wired open() throws Exception {
        assertThat(Transport.UNIX.has(Capability.CONDITIONAL_RESET)).isTrue();
        return Wired.open(Transport.UNIX);
    }

    private static SocketServer.Builder server() {
        Raw.assumeAvailable(Transport.UNIX);
        return SocketServer.builder().name("db").transport(Transport.UNIX);
    }

    private static String refused(String call, Object connection, String found) {
        return call + " on " + connection + ": " + NEEDS + found + " (expected: at least 2 bytes)";
    }

    private static void assertRefused(SocketConnection connection, String found) {
        assertThatThrownBy(connection::rst)
                .isExactlyInstanceOf(UnsupportedOperationException.class)
                .hasMessage(refused("rst()", connection, found));
    }

    // -- one end -----------------------------------------------------------------------------------

    @Test
    void withTwoUnreadBytesTheClientMeetsAReset() throws Exception {
        try (Wired wired = open()) {
            Raw.write(wired.client, "ab");
            wired.peer.write("last").rst();
            assertThat(Raw.read(wired.client, 4)).isEqualTo("last");
            Raw.assertReset(wired.client);
            assertThatThrownBy(() -> Raw.write(wired.client, "x")).hasMessage("Broken pipe");
            assertThat(wired.peer.transcript().entries())
                    .extracting(Transcript.Entry::kind)
                    .containsExactly(Kind.ACCEPTED, Kind.SENT, Kind.RESET);
        }
    }

    @Test
    void withoutUnreadBytesItIsRefusedAndTheConnectionGoesOn() throws Exception {
        try (Wired wired = open()) {
            assertRefused(wired.peer, "none");
            Raw.write(wired.client, "line\n");
            wired.peer.expectLine("line");
            assertRefused(wired.peer, "none");
            Raw.write(wired.client, "a");
            assertRefused(wired.peer, "1 byte");
            wired.peer.write("still open");
            assertThat(Raw.read(wired.client, 10)).isEqualTo("still open");
            wired.peer.expect("a");
            Raw.write(wired.client, "bc");
            wired.peer.rst();
            Raw.assertReset(wired.client);
            assertThat(wired.peer.transcript().received()).isEqualTo("line\na".getBytes(UTF_8));
        }
    }

    @Test
    void theEndOfTheOtherSideIsNothingUnread() throws Exception {
        try (Wired wired = open()) {
            wired.client.shutdownOutput();
            assertRefused(wired.peer, "the end of its output");
            wired.peer.expectEnd();
            assertRefused(wired.peer, "the end of its output");
            wired.peer.write("answer").fin();
            assertThat(Raw.readToEnd(wired.client)).isEqualTo("answer");
        }
    }

    /** What a call has taken out of the system cannot be put back, though the test has not seen it. */
    @Test
    void whatWasTakenInWithTheLineIsRead() throws Exception {
        try (Wired wired = open()) {
            Raw.write(wired.client, "line\nmore");
            wired.peer.expectLine("line");
            assertRefused(wired.peer, "none");
            Raw.write(wired.client, "and more");
            wired.peer.rst();
            Raw.assertReset(wired.client);
        }
    }

    @Test
    void endByResetSaysTheSame() throws Exception {
        try (Wired wired = open()) {
            assertThatThrownBy(() -> wired.peer.end(Ending.RST))
                    .isExactlyInstanceOf(UnsupportedOperationException.class)
                    .hasMessage(refused("rst()", wired.peer, "none"));
            Raw.write(wired.client, "ab");
            wired.peer.end(Ending.RST);
            Raw.assertReset(wired.client);
            assertThatThrownBy(wired.peer::rst)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("rst() on " + wired.peer + ": already ended here by rst()");
        }
    }

    @Test
    void bothEndsOfAPairCan() {
        try (Opened opened = Opened.with(Transport.UNIX);
                var one = opened.pair();
                var other = opened.pair()) {
            one.client().write("unread");
            one.server().rst();
            one.client().expectReset().expectReset();
            assertThat(one.client().transcript().entries())
                    .extracting(Transcript.Entry::kind)
                    .containsExactly(Kind.CONNECTED, Kind.SENT, Kind.RESET_RECEIVED);
            other.server().write("unread");
            other.client().rst();
            other.server().expectReset().expectEndOrReset();
            assertThat(other.server().awaitInput()).isFalse();
            assertThat(other.server().transcript().entries())
                    .extracting(Transcript.Entry::kind)
                    .containsExactly(Kind.ACCEPTED, Kind.SENT, Kind.RESET_RECEIVED);
        }
    }

    // -- how the transport came about --------------------------------------------------------------

    @Test
    void whoseTransportNobodyStatedHearsAReasonToSkip() throws Exception {
        Raw.assumeAvailable(Transport.UNIX);
        try (SocketServer server = server().start();
                SocketClients clients = SocketClients.open()) {
            SocketConnection client = clients.connect(server.socketAddress());
            assertThatThrownBy(client::rst)
                    .isInstanceOf(IncapableTransportException.class)
                    .isInstanceOf(UnsupportedTransportException.class)
                    .hasMessage(refused("rst()", client, "none"))
                    .extracting(e -> ((UnsupportedTransportException) e).transport())
                    .isEqualTo(Optional.of(Transport.UNIX));
            client.write("still open\n");
            server.accept().expectLine("still open");
            clients.transport(Transport.UNIX);
            assertRefused(clients.connect(server.socketAddress()), "none");
        }
    }

    @Test
    void aScriptThatCannotResetFailsWhereTheTransportWasStated() throws Exception {
        SocketServer server = server().start();
        server.onConnection(peer -> peer.expectLine("PING").rst());
        try (Socket client = Raw.connect(server)) {
            Raw.write(client, "PING\n");
            Raw.assertEnd(client);
        }
        assertThatThrownBy(server::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(" failed on connection 1: java.lang.UnsupportedOperationException: rst(): "
                        + NEEDS + "none (expected: at least 2 bytes)");
    }

    @Test
    void aScriptResetsWhatItHasNotRead() throws Exception {
        try (SocketServer server = server().start()) {
            CountDownLatch sent = new CountDownLatch(1);
            server.onConnection(peer -> {
                sent.await();
                peer.rst();
            });
            try (Socket client = Raw.connect(server)) {
                Raw.write(client, "PING\n");
                sent.countDown();
                Raw.assertReset(client);
            }
        }
    }

    // -- a server that goes down -------------------------------------------------------------------

    @Test
    void stopByResetResetsWhatItCanAndCutsTheRest() throws Exception {
        try (SocketServer server = server().start();
                Socket unread = Raw.connect(server);
                SocketConnection first = server.accept();
                Socket idle = Raw.connect(server);
                SocketConnection second = server.accept()) {
            Raw.write(unread, "unread");
            server.stop(Ending.RST);
            Raw.assertReset(unread);
            Raw.assertEnd(idle);
            assertEndedByStop(first, Kind.RESET);
            assertEndedByStop(second, Kind.CLOSED);
        }
    }

    @Test
    void whoWaitsAtAStopIsResetInTheSystemAndElseIfHeHasSentSomething() throws Exception {
        try (SocketServer server = server().start();
                Socket unread = Raw.connect(server);
                Socket idle = Raw.connect(server)) {
            Raw.write(unread, "unread");
            server.pauseAccepting();
            try (Socket inSystem = Raw.connect(server)) {
                server.stop(Ending.NONE);
                Raw.assertReset(unread);
                Raw.assertEnd(idle);
                Raw.assertReset(inSystem);
            }
            server.start();
            server.resumeAccepting();
            assertEndedByStop(server.connection(1), Kind.RESET);
            assertEndedByStop(server.connection(2), Kind.CLOSED);
            assertThat(server.connectionCount()).isEqualTo(2);
        }
    }

    private static void assertEndedByStop(SocketConnection connection, Kind how) {
        assertThat(connection.transcript().entries())
                .filteredOn(entry -> entry.kind() == Kind.RESET || entry.kind() == Kind.CLOSED)
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.kind()).isEqualTo(how);
                    assertThat(entry.toString()).contains("stop()");
                });
    }

    // -- what a write meets ------------------------------------------------------------------------

    /** A write says that the other side is gone; only a read says how it went. */
    @Test
    void aWriteToWhoHasClosedIsNoReset() throws Exception {
        try (Wired wired = open()) {
            Raw.write(wired.client, "last words\n");
            wired.client.close();
            assertThatThrownBy(() -> wired.peer.write("x"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("write of 1 bytes on " + wired.peer + ": Broken pipe");
            wired.peer.expectLine("last words").expectEnd();
            assertThat(wired.peer.transcript().entries())
                    .extracting(Transcript.Entry::kind)
                    .containsExactly(Kind.ACCEPTED, Kind.RECEIVED, Kind.FIN_RECEIVED);
        }
    }
}
