package org.junitsockets.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketPair;
import org.junitsockets.SocketServer;
import org.junitsockets.Transport;
import org.junitsockets.testing.Background;
import org.junitsockets.testing.OnEachTransport;
import org.junitsockets.testing.Raw;
import org.junitsockets.testing.Wired;

/** What bounds the waits that go on until the end of the test in a script or a handler. */
class BoundTests {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int MUCH = 8 * 1024 * 1024;
    private static final int SMALL_BUFFER = 4096;

    // -- outside of a script -----------------------------------------------------------------------

    @OnEachTransport
    void onAnAcceptedConnectionTheDeadlineDoes(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            assertBounded(wired.peer);
            Raw.write(wired.client, "fine");
            assertThat(wired.peer.deadline(LONG).awaitInput()).isTrue();
            wired.peer.expect("fine");
        }
    }

    @OnEachTransport
    void onBothEndsOfAPairTheDeadlineDoes(Transport transport) {
        Raw.assumeAvailable(transport);
        try (SocketPair pair = SocketPair.open(transport)) {
            assertBounded(pair.client());
            assertBounded(pair.server());
        }
    }

    @OnEachTransport
    void onAClientTheDeadlineDoes(Transport transport) {
        Raw.assumeAvailable(transport);
        try (SocketServer server = SocketServer.builder().transport(transport).start();
                SocketClients clients = SocketClients.open()) {
            assertBounded(clients.connect(server.socketAddress()));
        }
    }

    private static void assertBounded(SocketConnection end) {
        assertLate(
                end,
                "awaitInput()",
                end::awaitInput,
                "nothing came within 50 ms; the other side still holds the connection open, 0 bytes received in all");
        assertLate(
                end,
                "holdOpen()",
                end::holdOpen,
                "the other side still holds the connection open after 50 ms, 0 bytes received in all");
    }

    /** In the background, so that a wait without a bound is a failure and does not hang the tests. */
    private static void assertLate(SocketConnection end, String call, Background.Work wait, String how) {
        end.deadline(SHORT);
        Background<Boolean> waiting = Background.run(wait);
        assertThatThrownBy(waiting::get)
                .isInstanceOf(AssertionError.class)
                .hasMessage(call + " on " + end + ": " + how);
    }

    @OnEachTransport
    void awaitOutputEndsByTheDeadlineToo(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport, builder -> builder.sendBuffer(SMALL_BUFFER), SMALL_BUFFER)) {
            assertThatThrownBy(() -> wired.peer.deadline(SHORT).write(new byte[MUCH]))
                    .isInstanceOf(AssertionError.class);
            assertLate(
                    wired.peer,
                    "awaitOutput()",
                    wired.peer::awaitOutput,
                    "the other side took nothing within 50 ms; the connection is open");
        }
    }

    @OnEachTransport
    void whatHoldOpenHasReadAheadIsNoEnd(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Raw.write(wired.client, "abc");
            assertThat(wired.peer.awaitInput()).isTrue();
            assertLate(
                    wired.peer,
                    "holdOpen()",
                    wired.peer::holdOpen,
                    "the other side still holds the connection open after 50 ms,"
                            + " 3 bytes \"abc\" [61 62 63] received in all");
        }
    }

    @OnEachTransport
    void holdOpenDoesNotClaimToKnowOfAnEndBehindMuch(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            wired.client.getOutputStream().write(new byte[5000]);
            wired.client.shutdownOutput();
            Background<Boolean> holding =
                    Background.run(() -> wired.peer.deadline(SHORT).holdOpen());
            assertThatThrownBy(holding::get)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("holdOpen() on " + wired.peer + ": no end was seen within 50 ms,"
                            + " nor would be behind the 4096 bytes and more that nobody has read, ")
                    .hasMessageEndingWith(" received in all");
            wired.peer.deadline(LONG).readExactly(5000);
            wired.peer.expectEnd();
        }
    }

    @OnEachTransport
    void whileReadingIsPausedTheDeadlineDoes(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            SocketConnection peer = wired.peer;
            peer.pauseReading();
            Raw.write(wired.client, "later\n");
            String paused = "reading is still paused here after 50 ms, 0 bytes received in all";
            assertLate(peer, "awaitInput()", peer::awaitInput, paused);
            assertLate(peer, "holdOpen()", peer::holdOpen, paused);
            assertLate(peer, "readLine()", peer::readLine, paused);
            assertLate(peer, "expectEnd()", peer::expectEnd, paused);
            assertLate(peer, "expectNoMore(50 ms)", () -> peer.expectNoMore(SHORT), paused);
            assertLate(
                    peer,
                    "expect(1 byte \"x\" [78])",
                    () -> peer.expect("x"),
                    paused + "\n  expected: 1 byte \"x\" [78]\n   but was: 0 bytes\n  first difference at byte 0");
            peer.resumeReading();
            peer.deadline(LONG).expectLine("later");
        }
    }

    /** Else what the peer says soon after the pause could come too late. */
    @OnEachTransport
    void aReadThatWasPausedHasItsWholeDeadlineAfterwards(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Connection peer = (Connection) wired.peer.deadline(LONG);
            peer.pauseReading();
            Background<String> reader = Background.call(() -> String.valueOf(peer.readLine()));
            Background.await("it to wait", () -> peer.waitingIn() != null);
            peer.deadline(SHORT).resumeReading();
            assertThatThrownBy(reader::get)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(": nothing came within 50 ms; ");
        }
    }

    // -- in a script ---------------------------------------------------------------------------------

    @OnEachTransport
    void inAScriptAwaitInputOutlastsTheDeadline(Transport transport) throws Exception {
        try (SocketServer server = serve(transport);
                Socket client = Raw.connect(server)) {
            server.onConnection(peer -> {
                assertThat(peer.deadline(Duration.ofMillis(1)).awaitInput()).isTrue();
                peer.expectLine("at last");
            });
            assertOutlasting(server, "awaitInput()");
            Raw.write(client, "at last\n");
        }
    }

    @OnEachTransport
    void inAScriptHoldOpenOutlastsTheDeadline(Transport transport) throws Exception {
        for (int unread : new int[] {0, 5000}) {
            try (SocketServer server = serve(transport);
                    Socket client = Raw.connect(server)) {
                client.getOutputStream().write(new byte[unread]);
                server.onConnection(peer -> peer.deadline(Duration.ofMillis(1)).holdOpen());
                assertOutlasting(server, "holdOpen()");
            }
        }
    }

    @OnEachTransport
    void inAScriptAwaitOutputOutlastsTheDeadline(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        try (SocketServer server = SocketServer.builder()
                        .transport(transport)
                        .sendBuffer(SMALL_BUFFER)
                        .start();
                Socket client = Raw.connect(server.socketAddress(), SMALL_BUFFER)) {
            server.onConnection(peer -> {
                assertThatThrownBy(() -> peer.deadline(Duration.ofMillis(1)).write(new byte[MUCH]))
                        .isInstanceOf(AssertionError.class);
                assertThat(peer.awaitOutput()).isTrue();
            });
            assertOutlasting(server, "awaitOutput()");
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }

    @OnEachTransport
    void inAScriptTimeInWhichReadingIsPausedDoesNotCount(Transport transport) throws Exception {
        try (SocketServer server = serve(transport);
                Socket client = Raw.connect(server)) {
            server.onConnection(peer -> {
                peer.deadline(Duration.ofMillis(1)).pauseReading();
                peer.expectLine("later");
            });
            assertOutlasting(server, "expectLine(\"later\")");
            Raw.write(client, "later\n");
            server.connection(1).deadline(LONG).resumeReading();
        }
    }

    /** Silence while nobody listens is none; what follows has the time that was asked for, and no other. */
    @OnEachTransport
    void inAScriptSilenceIsTimedFromTheEndOfThePause(Transport transport) throws Exception {
        try (SocketServer server = serve(transport);
                Socket client = Raw.connect(server)) {
            server.onConnection(peer -> {
                peer.deadline(Duration.ofHours(1)).pauseReading();
                peer.expectNoMore(Duration.ofMillis(1)).checkpoint("silent").expectLine("later");
            });
            assertOutlasting(server, "expectNoMore(1 ms)");
            server.connection(1).resumeReading();
            server.assertReached("silent");
            Raw.write(client, "later\n");
        }
    }

    private static SocketServer serve(Transport transport) {
        Raw.assumeAvailable(transport);
        return SocketServer.builder().transport(transport).start();
    }

    private static void assertOutlasting(SocketServer server, String call) {
        Connection peer = (Connection) server.connection(1);
        Background.await("it to wait", () -> call.equals(peer.waitingIn()));
        Background.outlastAMillisecond();
        assertThat(peer.waitingIn()).isEqualTo(call);
    }
}
