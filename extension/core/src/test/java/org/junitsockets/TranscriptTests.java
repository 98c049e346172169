package org.junitsockets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junitsockets.Transcript.Entry;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.connection.Connection;
import org.junitsockets.server.Server;
import org.junitsockets.testing.Background;
import org.junitsockets.testing.OnEachTransport;
import org.junitsockets.testing.OnEachTransportWithReset;
import org.junitsockets.testing.Opened;
import org.junitsockets.testing.Raw;
import org.junitsockets.testing.Wired;

/** Each kind of entry is there when it has happened, at the end that saw it, once, and not otherwise. */
class TranscriptTests {

    private static final String SIZE = "junitsockets.transcript.size";
    private static final String MASK = "junitsockets.transcript.mask";

    private static SocketPair pair(Transport transport) {
        Raw.assumeAvailable(transport);
        return SocketPair.open(transport);
    }

    /** Its entries: the kind, and after it the bytes as text, or what is said besides. */
    private static List<String> entries(Transcript transcript) {
        return transcript.entries().stream().map(TranscriptTests::text).toList();
    }

    private static List<String> entries(SocketConnection connection) {
        return entries(connection.transcript());
    }

    private static String text(Entry entry) {
        return (entry.kind() + " " + new String(entry.bytes(), UTF_8) + entry.detail()).strip();
    }

    private static void writeUntilItFails(SocketConnection connection) {
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> {
            while (true) {
                connection.write("x");
            }
        });
    }

    private static List<Kind> kindsWithoutBytes(SocketConnection connection) {
        return connection.transcript().entries().stream()
                .map(Entry::kind)
                .filter(kind -> kind != Kind.SENT && kind != Kind.RECEIVED)
                .toList();
    }

    @OnEachTransport
    void oneEndConnectedAndTheOtherWasAccepted(Transport transport) {
        try (SocketPair pair = pair(transport)) {
            assertThat(entries(pair.client())).containsExactly("CONNECTED");
            assertThat(entries(pair.server())).containsExactly("ACCEPTED");
        }
    }

    @OnEachTransport
    void whatIsWrittenAtOneEndIsReceivedAtTheOther(Transport transport) {
        try (SocketPair pair = pair(transport)) {
            pair.client().write("PING\r\n");
            pair.server().expectLine("PING").write("PONG\r\n");
            pair.client().expectLine("PONG");
            assertThat(entries(pair.client())).containsExactly("CONNECTED", "SENT PING", "RECEIVED PONG");
            assertThat(entries(pair.server())).containsExactly("ACCEPTED", "RECEIVED PING", "SENT PONG");
            assertThat(pair.client().transcript().sent()).asString().isEqualTo("PING\r\n");
            assertThat(pair.client().transcript().received()).asString().isEqualTo("PONG\r\n");
            assertThat(pair.server().transcript().sent()).asString().isEqualTo("PONG\r\n");
            assertThat(pair.server().transcript().received()).asString().isEqualTo("PING\r\n");
        }
    }

    @OnEachTransport
    void whatHasComeBelongsToItThoughNobodyHasAskedForIt(Transport transport) {
        try (SocketPair pair = pair(transport)) {
            pair.client().write("unasked");
            Background.await("the bytes", () -> pair.server().transcript().received().length == 7);
            pair.server().expect("unasked");
            assertThat(entries(pair.server())).containsExactly("ACCEPTED", "RECEIVED unasked");
            pair.server().pauseReading();
            pair.client().write("more").fin();
            assertThat(entries(pair.server())).containsExactly("ACCEPTED", "RECEIVED unasked");
            pair.server().resumeReading();
            pair.server().expectToEnd("more");
            assertThat(entries(pair.server()))
                    .containsExactly("ACCEPTED", "RECEIVED unasked", "RECEIVED more", "FIN_RECEIVED");
        }
    }

    @OnEachTransport
    void aRawClientIsSeenFromTheServersEnd(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Raw.write(wired.client, "hello");
            wired.peer.expect("hello");
            wired.client.shutdownOutput();
            wired.peer.expectEnd().write("bye").fin();
            assertThat(Raw.readToEnd(wired.client)).isEqualTo("bye");
            assertThat(entries(wired.peer))
                    .containsExactly("ACCEPTED", "RECEIVED hello", "FIN_RECEIVED", "SENT bye", "CLOSED fin()");
        }
    }

    @OnEachTransport
    void aHalfCloseIsAFinAtTheOtherEndAndNoEnd(Transport transport) {
        try (SocketPair pair = pair(transport)) {
            pair.client().write("last").shutdownOutput();
            pair.client().shutdownOutput();
            pair.server().expectToEnd("last");
            pair.server().write("answer").fin();
            pair.client().expectToEnd("answer");
            pair.client().fin();
            assertThat(entries(pair.client()))
                    .containsExactly(
                            "CONNECTED", "SENT last", "HALF_CLOSED", "RECEIVED answer", "FIN_RECEIVED", "CLOSED fin()");
            assertThat(entries(pair.server()))
                    .containsExactly("ACCEPTED", "RECEIVED last", "FIN_RECEIVED", "SENT answer", "CLOSED fin()");
        }
    }

    @OnEachTransport
    void aHalfCloseAtTheServersEnd(Transport transport) {
        try (SocketPair pair = pair(transport)) {
            pair.server().shutdownOutput();
            pair.client().expectEnd();
            pair.client().close();
            pair.client().close();
            pair.server().expectEnd();
            assertThat(entries(pair.server())).containsExactly("ACCEPTED", "HALF_CLOSED", "FIN_RECEIVED");
            assertThat(entries(pair.client())).containsExactly("CONNECTED", "FIN_RECEIVED", "CLOSED close()");
        }
    }

    @OnEachTransport
    void whatStillComesAfterACloseIsRecorded(Transport transport) {
        try (SocketPair pair = pair(transport)) {
            pair.client().fin();
            pair.server().expectEnd().write("late").fin();
            Background.await("the drain to end", () -> entries(pair.client()).size() == 4);
            assertThat(entries(pair.client()))
                    .containsExactly("CONNECTED", "CLOSED fin()", "RECEIVED late", "FIN_RECEIVED");
        }
    }

    @OnEachTransportWithReset
    void aResetIsToldFromAFinByARead(Transport transport) {
        try (SocketPair pair = pair(transport);
                SocketPair other = pair(transport)) {
            pair.server().rst();
            pair.client().expectReset();
            assertThat(entries(pair.client())).containsExactly("CONNECTED", "RESET_RECEIVED");
            assertThat(entries(pair.server())).containsExactly("ACCEPTED", "RESET rst()");
            other.client().rst();
            other.server().expectReset();
            assertThat(entries(other.client())).containsExactly("CONNECTED", "RESET rst()");
            assertThat(entries(other.server())).containsExactly("ACCEPTED", "RESET_RECEIVED");
        }
    }

    @OnEachTransport
    void aResetThatAWriteMeetsIsRecordedOnce(Transport transport) throws Exception {
        try (SocketPair pair = pair(transport);
                Wired wired = Wired.open(transport)) {
            pair.client().write("unread"); // without which UNIX has no reset
            pair.server().rst();
            writeUntilItFails(pair.client());
            assertThat(kindsWithoutBytes(pair.client())).containsExactly(Kind.CONNECTED, Kind.RESET_RECEIVED);
            writeUntilItFails(pair.client());
            pair.client().expectReset();
            assertThat(kindsWithoutBytes(pair.client())).containsExactly(Kind.CONNECTED, Kind.RESET_RECEIVED);
            wired.resetByClient();
            writeUntilItFails(wired.peer);
            wired.peer.expectReset();
            assertThat(kindsWithoutBytes(wired.peer)).containsExactly(Kind.ACCEPTED, Kind.RESET_RECEIVED);
        }
    }

    @OnEachTransport
    void aResetAfterAFinIsBoth(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            wired.client.shutdownOutput();
            wired.peer.expectEnd();
            wired.resetByClient();
            writeUntilItFails(wired.peer);
            wired.peer.fin();
            assertThat(kindsWithoutBytes(wired.peer))
                    .containsExactly(Kind.ACCEPTED, Kind.FIN_RECEIVED, Kind.RESET_RECEIVED, Kind.CLOSED);
            assertThat(wired.peer.transcript().toString().split("FIN", -1)).hasSize(2);
        }
    }

    @OnEachTransportWithReset
    void manyThreadsThatMeetAResetAreOne(Transport transport) throws Exception {
        for (int i = 0; i < 20; i++) {
            try (Wired wired = Wired.open(transport)) {
                Background<?> reader = Background.call(wired.peer::readLine);
                Background<?> writer = Background.run(() -> writeUntilItFails(wired.peer));
                wired.resetByClient();
                assertThatThrownBy(reader::get).isInstanceOf(UncheckedIOException.class);
                writer.get();
                assertThat(kindsWithoutBytes(wired.peer)).containsExactly(Kind.ACCEPTED, Kind.RESET_RECEIVED);
            }
        }
    }

    @OnEachTransport
    void aStopSaysThatItWasOne(Transport transport) throws Exception {
        try (Wired fin = Wired.open(transport);
                Wired rst = Wired.open(transport);
                Wired none = Wired.open(transport)) {
            fin.server.stop();
            Raw.assertEnd(fin.client);
            assertThat(entries(fin.peer)).containsExactly("ACCEPTED", "CLOSED stop()");
            Raw.write(rst.client, "unread"); // without which UNIX has no reset
            rst.server.stop(Ending.RST);
            Raw.assertReset(rst.client);
            assertThat(kindsWithoutBytes(rst.peer)).containsExactly(Kind.ACCEPTED, Kind.RESET);
            assertThat(entries(rst.peer)).contains("RESET stop()");
            none.server.stop(Ending.NONE);
            assertThat(entries(none.peer)).containsExactly("ACCEPTED");
        }
    }

    @OnEachTransport
    void theEndOfTheScopeIsRecordedAtBothEnds(Transport transport) {
        Connection client;
        Connection server;
        try (Opened opened = Opened.with(transport)) {
            Server its = opened.server();
            client = opened.connect(its);
            server = (Connection) its.accept();
        }
        assertThat(entries(client)).containsExactly("CONNECTED", "HALF_CLOSED", "CLOSED the end of its scope");
        assertThat(entries(server)).startsWith("ACCEPTED").contains("CLOSED the end of its scope");
        assertThat(server.transcript().entries()).extracting(Entry::kind).containsOnlyOnce(Kind.CLOSED);
    }

    @OnEachTransport
    void aHandlerIsNamedWithItsThread(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        CompletableFuture<String> thread = new CompletableFuture<>();
        try (SocketServer server = SocketServer.builder()
                        .transport(transport)
                        .handler(peer -> {
                            thread.complete(Thread.currentThread().getName());
                            peer.expectLine("PING").write("PONG");
                        })
                        .start();
                Socket client = Raw.connect(server)) {
            Raw.write(client, "PING\n");
            assertThat(Raw.readToEnd(client)).isEqualTo("PONG");
            assertThat(entries(server.connection(1)))
                    .startsWith(
                            "ACCEPTED",
                            "SERVED the handler on " + thread.get(10, TimeUnit.SECONDS),
                            "RECEIVED PING",
                            "SENT PONG",
                            "CLOSED the return of its handler");
        }
    }

    @OnEachTransportWithReset
    void aScriptIsNamedAsItWasRegistered(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        CompletableFuture<String> thread = new CompletableFuture<>();
        try (SocketServer server = SocketServer.builder().transport(transport).start()) {
            server.onConnection(peer -> {
                thread.complete(Thread.currentThread().getName());
                peer.expectLine("PING").rst();
            });
            try (Socket client = Raw.connect(server)) {
                Raw.write(client, "PING\n"); // not before: its connect would meet the reset
                Raw.assertReset(client);
                List<String> entries = entries(server.connection(1));
                assertThat(entries).hasSize(4).startsWith("ACCEPTED").endsWith("RESET rst()");
                assertThat(entries.get(1))
                        .startsWith("SERVED script 1 (registered at ")
                        .endsWith(") on " + thread.get(10, TimeUnit.SECONDS));
            }
        }
    }

    @OnEachTransport
    void aDeadlineThatPassesIsRecordedWithItsCall(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport, builder -> builder.sendBuffer(4096), 4096)) {
            SocketConnection peer = wired.peer.deadline(Duration.ofMillis(1));
            assertThatThrownBy(peer::readLine).isInstanceOf(AssertionError.class);
            assertThatThrownBy(() -> peer.expectLine("PING")).isInstanceOf(AssertionError.class);
            assertThatThrownBy(() -> peer.expect("PING")).isInstanceOf(AssertionError.class);
            assertThatThrownBy(peer::awaitInput).isInstanceOf(AssertionError.class);
            assertThat(entries(peer))
                    .containsExactly(
                            "ACCEPTED",
                            "TIMED_OUT readLine()",
                            "TIMED_OUT expectLine(\"PING\")",
                            "TIMED_OUT expect(4 bytes \"PING\" [50 49 4e 47])",
                            "TIMED_OUT awaitInput()");
            assertThatThrownBy(() -> peer.write(new byte[8 * 1024 * 1024])).isInstanceOf(AssertionError.class);
            assertThat(peer.transcript().entries())
                    .last()
                    .extracting(TranscriptTests::text)
                    .isEqualTo("TIMED_OUT write of 8388608 bytes");
        }
    }

    @OnEachTransport
    void soItIsAtTheClientsEnd(Transport transport) {
        try (SocketPair pair = pair(transport)) {
            pair.client().deadline(Duration.ofMillis(1));
            assertThatThrownBy(() -> pair.client().readExactly(2)).isInstanceOf(AssertionError.class);
            assertThat(entries(pair.client())).containsExactly("CONNECTED", "TIMED_OUT readExactly(2)");
            assertThat(entries(pair.server())).containsExactly("ACCEPTED");
        }
    }

    @OnEachTransport
    void somethingElseThanWasExpectedIsNoDeadline(Transport transport) {
        try (SocketPair pair = pair(transport)) {
            pair.client().write("PONG\n");
            assertThatThrownBy(() -> pair.server().expectLine("PING")).isInstanceOf(AssertionError.class);
            assertThat(entries(pair.server())).containsExactly("ACCEPTED", "RECEIVED PONG");
        }
    }

    @OnEachTransport
    void aCheckpointIsWhereItWasReached(Transport transport) {
        try (SocketPair pair = pair(transport)) {
            pair.client().write("a");
            pair.server().expect("a").checkpoint("between").write("b");
            pair.client().expect("b");
            assertThat(entries(pair.server()))
                    .containsExactly("ACCEPTED", "RECEIVED a", "CHECKPOINT between", "SENT b");
            assertThatThrownBy(() -> pair.client().checkpoint("mine")).isInstanceOf(IllegalStateException.class);
            assertThat(entries(pair.client())).containsExactly("CONNECTED", "SENT a", "RECEIVED b");
        }
    }

    @OnEachTransport
    void bothClocksGoOnTogether(Transport transport) {
        Instant begun = Instant.ofEpochMilli(System.currentTimeMillis());
        long begunNanos = System.nanoTime();
        try (SocketPair pair = pair(transport)) {
            pair.client().write("a");
            pair.server().expect("a").write("b");
            pair.client().expect("b");
            List<Entry> entries = pair.client().transcript().entries();
            assertThat(entries).extracting(Entry::nanoTime).isSorted().allMatch(time -> time - begunNanos >= 0);
            assertThat(entries.get(2).nanoTime() - System.nanoTime()).isNegative();
            for (Entry entry : entries) {
                Entry first = entries.get(0);
                assertThat(Duration.between(first.time(), entry.time()))
                        .isEqualTo(Duration.ofNanos(entry.nanoTime() - first.nanoTime()));
            }
            assertThat(entries.get(0).time()).isAfterOrEqualTo(begun);
        }
    }

    @OnEachTransport
    void aServersIsThatOfAllItsConnections(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        try (SocketServer server = SocketServer.builder().transport(transport).start();
                Socket first = Raw.connect(server);
                SocketConnection one = server.accept();
                Socket second = Raw.connect(server);
                SocketConnection two = server.accept()) {
            Raw.write(first, "a1");
            one.expect("a1");
            Raw.write(second, "b1");
            two.expect("b1").write("B");
            Raw.write(first, "a2");
            one.expect("a2").write("A");
            Transcript all = server.transcript();
            assertThat(all.entries())
                    .extracting(Entry::connection, TranscriptTests::text)
                    .map(Object::toString)
                    .containsExactly(
                            "(1, \"ACCEPTED\")",
                            "(2, \"ACCEPTED\")",
                            "(1, \"RECEIVED a1\")",
                            "(2, \"RECEIVED b1\")",
                            "(2, \"SENT B\")",
                            "(1, \"RECEIVED a2\")",
                            "(1, \"SENT A\")");
            assertThat(all.entries()).extracting(Entry::nanoTime).isSorted();
            assertThat(all.received()).asString().isEqualTo("a1a2b1");
            assertThat(all.sent()).asString().isEqualTo("AB");
            assertThat(all.toString()).isEqualTo(one.transcript() + "\n" + two.transcript());
        }
    }

    @OnEachTransport
    void itIsBoundedByAParameter(Transport transport) {
        try (Opened opened = Opened.with(transport, SIZE, "4");
                SocketPair pair = opened.pair()) {
            pair.client().write("PING");
            pair.server().expect("PING").write("PO");
            pair.client().expect("PO");
            assertThat(entries(pair.server())).containsExactly("RECEIVED NG", "SENT PO");
            assertThat(pair.server().transcript().droppedReceived()).isEqualTo(2);
            assertThat(pair.server().transcript().droppedEvents()).isEqualTo(1);
            assertThat(entries(pair.client())).containsExactly("SENT NG", "RECEIVED PO");
            assertThat(pair.client().transcript().droppedSent()).isEqualTo(2);
        }
    }

    @OnEachTransport
    void withASizeOf0NothingIsRecorded(Transport transport) {
        try (Opened opened = Opened.with(transport, SIZE, "0");
                SocketPair pair = opened.pair()) {
            pair.client().write("PING").shutdownOutput();
            pair.server().expectToEnd("PING").checkpoint("there").fin();
            pair.client().expectEnd();
            assertThat(entries(pair.server())).isEmpty();
            assertThat(entries(pair.client())).isEmpty();
            assertThat(pair.server().transcript().droppedReceived()).isZero();
        }
    }

    @OnEachTransport
    void whatIsMaskedIsNotDrawnButThere(Transport transport) {
        try (Opened opened = Opened.with(transport, MASK, "PASS (\\w+)");
                SocketPair pair = opened.pair()) {
            pair.client().write("PASS sec");
            pair.server().expect("PASS sec");
            pair.client().write("ret\r\n");
            pair.server().expectLine("ret");
            Transcript transcript = pair.server().transcript();
            assertThat(transcript.received()).asString().isEqualTo("PASS secret\r\n");
            assertThat(transcript.toString())
                    .contains("8 bytes \"PASS ***\"", "5 bytes \"***\\r\\n\"")
                    .doesNotContain("sec");
        }
    }

    @Test
    void whatHappensLaterIsInALaterOne() {
        try (SocketPair pair = SocketPair.open(Transport.TCP)) {
            pair.client().write("a");
            pair.server().expect("a");
            Transcript before = pair.server().transcript();
            pair.client().write("b").fin();
            pair.server().expectToEnd("b");
            assertThat(entries(before)).containsExactly("ACCEPTED", "RECEIVED a");
            assertThat(entries(pair.server())).containsExactly("ACCEPTED", "RECEIVED a", "RECEIVED b", "FIN_RECEIVED");
        }
    }
}
