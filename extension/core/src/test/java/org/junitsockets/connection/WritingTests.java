package org.junitsockets.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junitsockets.LengthPrefix;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.Transport;
import org.junitsockets.testing.Background;
import org.junitsockets.testing.OnEachTransport;
import org.junitsockets.testing.OnEachTransportWithReset;
import org.junitsockets.testing.Raw;
import org.junitsockets.testing.Wired;

class WritingTests {

    private static final int SMALL_BUFFER = 4096;

    @OnEachTransport
    void textGoesOutInUtf8AsItStands(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            wired.peer.write("ü\r\n").write("").write(new byte[] {1, 2}).fin();
            assertThat(wired.client.getInputStream().readAllBytes()).containsExactly(0xc3, 0xbc, '\r', '\n', 1, 2);
        }
    }

    @OnEachTransport
    void oneMebibyteArrivesIntactAndThenTheEnd(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            byte[] sent = new byte[1024 * 1024];
            new Random(1).nextBytes(sent);
            Background<byte[]> received =
                    Background.call(() -> wired.client.getInputStream().readAllBytes());
            wired.peer.write(sent).fin();
            assertThat(received.get()).isEqualTo(sent);
        }
    }

    @OnEachTransport
    void pingPongToAThousand(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            wired.client.setTcpNoDelay(true);
            for (int i = 1; i <= 1000; i++) {
                Raw.write(wired.client, i + "\n");
                wired.peer.expectLine(String.valueOf(i)).write(i + ";");
                String answer = i + ";";
                assertThat(Raw.read(wired.client, answer.length())).isEqualTo(answer);
            }
        }
    }

    @OnEachTransport
    void aReaderAndAWriterWorkAtTheSameTime(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            byte[] bytes = new byte[2 * 1024 * 1024];
            new Random(2).nextBytes(bytes);
            Background<byte[]> there =
                    Background.call(() -> wired.client.getInputStream().readNBytes(bytes.length));
            Background<byte[]> here = Background.call(() -> wired.peer.readExactly(bytes.length));
            Background<SocketConnection> writer = Background.call(() -> wired.peer.write(bytes));
            wired.client.getOutputStream().write(bytes);
            writer.get();
            assertThat(there.get()).isEqualTo(bytes);
            assertThat(here.get()).isEqualTo(bytes);
        }
    }

    @OnEachTransport
    void writesOfTwoThreadsDoNotMix(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            int length = 500_000;
            Background<?> a = Background.call(() -> wired.peer.write("a".repeat(length)));
            Background<?> b = Background.call(() -> wired.peer.write("b".repeat(length)));
            String read = Raw.read(wired.client, 2 * length);
            assertThat(read).isIn("a".repeat(length) + "b".repeat(length), "b".repeat(length) + "a".repeat(length));
            a.get();
            b.get();
        }
    }

    @OnEachTransport
    void aWriteThatTheOtherSideDoesNotTakeEndsByTheDeadline(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport, builder -> builder.sendBuffer(SMALL_BUFFER), SMALL_BUFFER)) {
            byte[] much = new byte[8 * 1024 * 1024];
            assertThatThrownBy(() -> wired.peer.deadline(Duration.ofMillis(50)).write(much))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageMatching("\\Qwrite of 8388608 bytes on " + wired.peer
                            + ": the other side took \\E[1-9]\\d*\\Q of 8388608 bytes within 50 ms;"
                            + " the connection is open\\E");
            Raw.write(wired.client, "still\n");
            wired.peer.expectLine("still");
        }
    }

    @OnEachTransport
    void aWriterBehindAnotherOneThatWaitsHasADeadlineToo(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport, builder -> builder.sendBuffer(SMALL_BUFFER), SMALL_BUFFER)) {
            Background<?> first = Background.call(() -> wired.peer.write(new byte[8 * 1024 * 1024]));
            Background.await("the first writer to wait", () -> ((Connection) wired.peer).waitingIn() != null);
            assertThatThrownBy(() -> wired.peer.deadline(Duration.ofMillis(50)).write("x"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("write of 1 bytes on " + wired.peer + ": another thread was writing for all of 50 ms");
            wired.peer.fin();
            assertThatThrownBy(first::get).isInstanceOf(UncheckedIOException.class);
        }
    }

    @OnEachTransport
    void slowWritesArriveSliceBySlice(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Duration pause = Duration.ofMillis(60);
            long begin = System.nanoTime();
            Background<?> writer = Background.call(() -> wired.peer.writeSlowly("abcdefg".getBytes(UTF_8), 3, pause));
            byte[] buffer = new byte[16];
            StringBuilder all = new StringBuilder();
            while (all.length() < 7) {
                int count = wired.client.getInputStream().read(buffer);
                all.append(new String(buffer, 0, count, UTF_8));
                assertThat(all.length()).as("cut after each slice").isIn(3, 6, 7);
            }
            long took = System.nanoTime() - begin;
            assertThat(all).hasToString("abcdefg");
            assertThat(took).as("two pauses").isGreaterThanOrEqualTo(2 * pause.toNanos());
            writer.get();
        }
    }

    @OnEachTransport
    void slowTextGoesByteByByteAndWhatComesMeanwhileIsKept(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Raw.write(wired.client, "before\n");
            Background<?> writer = Background.call(() -> wired.peer.writeSlowly("äb", Duration.ofMillis(1)));
            Raw.write(wired.client, "during\n");
            assertThat(Raw.read(wired.client, 3)).isEqualTo("äb");
            writer.get();
            wired.peer.expectLine("before").expectLine("during");
        }
    }

    @OnEachTransport
    void aClientThatGivesUpDuringASlowWriteIsAnIoFailureOutsideOfScripts(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Background<?> writer = Background.call(() -> wired.peer.writeSlowly("abc", Duration.ofHours(1)));
            assertThat(Raw.read(wired.client, 1)).isEqualTo("a");
            wired.resetByClient();
            assertThatThrownBy(writer::get)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("writeSlowly of 3 bytes on " + wired.peer
                            + ": the other side gave up while it was sent something slowly");
        }
    }

    /** The reset comes at any point between two looks of the one who pauses. */
    @OnEachTransport
    void noResetIsMissedDuringAPause(Transport transport) throws Exception {
        for (int i = 0; i < 500; i++) {
            try (Wired wired = Wired.open(transport)) {
                Background<?> writer = Background.call(() -> wired.peer.writeSlowly("abc", Duration.ofHours(1)));
                Raw.read(wired.client, 1);
                wired.resetByClient();
                assertThatThrownBy(writer::get)
                        .hasMessageEndingWith("the other side gave up while it was sent something slowly");
            }
        }
    }

    /** Who reads sees the reset, and who pauses must hear of it though he cannot look for himself. */
    @OnEachTransport
    void aResetDuringAPauseIsSeenBehindAReader(Transport transport) throws Exception {
        for (int i = 0; i < 50; i++) {
            try (Wired wired = Wired.open(transport)) {
                Background<?> reader = Background.call(
                        () -> wired.peer.deadline(Duration.ofHours(1)).readLine());
                Background.await("the reader", () -> ((Connection) wired.peer).waitingIn() != null);
                Background<?> writer = Background.call(() -> wired.peer.writeSlowly("abc", Duration.ofHours(1)));
                Raw.read(wired.client, 1);
                wired.resetByClient();
                assertThatThrownBy(writer::get)
                        .hasMessageEndingWith("the other side gave up while it was sent something slowly");
                assertThatThrownBy(reader::get).isInstanceOf(UncheckedIOException.class);
            }
        }
    }

    @OnEachTransportWithReset
    void aClientThatGivesUpDuringASlowWriteFinishesTheScript(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        try (SocketServer server = SocketServer.builder().transport(transport).start()) {
            server.onConnection(peer -> peer.writeSlowly("abc", Duration.ofHours(1)));
            var client = Raw.connect(server);
            assertThat(Raw.read(client, 1)).isEqualTo("a");
            Raw.reset(client);
        }
        try (SocketServer server = SocketServer.builder().transport(transport).start()) {
            server.onConnection(peer -> peer.writeSlowly("abc", Duration.ofHours(1)));
            try (var client = Raw.connect(server)) {
                assertThat(Raw.read(client, 1)).isEqualTo("a");
            } // an orderly end, and then the end of the test
        }
    }

    @Test
    void slicesAndPausesHaveToBeSome() throws Exception {
        try (Wired wired = Wired.open(Transport.TCP)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> wired.peer.writeSlowly(new byte[1], 0, Duration.ofMillis(1)))
                    .withMessage("sliceSize: found 0 (expected: at least 1 byte)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> wired.peer.writeSlowly("a", Duration.ZERO))
                    .withMessage("pause: found 'PT0S' (expected: between 1 ms and a day)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> wired.peer.writeFrame(LengthPrefix.U8, new byte[256]))
                    .withMessage("payload: found 256 bytes (expected: what a prefix of 1 byte can announce)");
        }
    }

    @OnEachTransport
    void awaitOutputTellsWhetherMoreIsTaken(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport, builder -> builder.sendBuffer(SMALL_BUFFER), SMALL_BUFFER)) {
            assertThat(wired.peer.awaitOutput()).isTrue();
            assertThatThrownBy(() -> wired.peer.deadline(Duration.ofMillis(50)).write(new byte[8 * 1024 * 1024]))
                    .isInstanceOf(AssertionError.class);
            wired.peer.deadline(Duration.ofSeconds(20));
            Background<Boolean> waiting = Background.call(wired.peer::awaitOutput);
            Background.await("the writer to wait", () -> ((Connection) wired.peer).waitingIn() != null);
            assertThat(waiting.isDone()).isFalse();
            Background<Boolean> reader = Background.run(
                    () -> wired.client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream()));
            assertThat(waiting.get()).isTrue();
            wired.peer.fin();
            reader.get();
        }
    }

    @OnEachTransport
    void awaitOutputIsFalseOnceAResetIsKnown(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            wired.resetByClient();
            wired.peer.expectReset();
            assertThat(wired.peer.awaitOutput()).isFalse();
        }
    }

    @OnEachTransport
    void outputCanBeShutDownAndReadingGoesOn(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            wired.peer.write("bye").shutdownOutput();
            assertThat(Raw.readToEnd(wired.client)).isEqualTo("bye");
            Raw.write(wired.client, "reply\n");
            wired.peer.expectLine("reply");
            assertThatThrownBy(() -> wired.peer.write("more"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(SocketException.class)
                    .hasMessage("write of 4 bytes on " + wired.peer + ": its output was shut down here");
            wired.client.shutdownOutput();
            wired.peer.expectEnd();
        }
    }

    @OnEachTransport
    void writingGoesOnAfterTheOtherSideHasShutDownItsOutput(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            wired.client.shutdownOutput();
            wired.peer.expectEnd().write("late");
            wired.peer.fin();
            assertThat(Raw.readToEnd(wired.client)).isEqualTo("late");
        }
    }

    @OnEachTransport
    void streamsMixWithTheOtherCalls(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Raw.write(wired.client, "head\nabcdef");
            wired.peer.expectLine("head");
            var in = wired.peer.input();
            assertThat(in.read()).isEqualTo('a');
            assertThat(in.readNBytes(2)).containsExactly('b', 'c');
            assertThat(in.available()).isEqualTo(3);
            in.close();
            wired.peer.expect("def");
            wired.client.shutdownOutput();
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read(new byte[3])).isEqualTo(-1);
            assertThat(in.read(new byte[0])).isEqualTo(0);
            var out = wired.peer.output();
            out.write('x');
            out.write("yz!".getBytes(UTF_8), 0, 2);
            out.flush();
            out.close();
            wired.peer.write("!").fin();
            assertThat(Raw.readToEnd(wired.client)).isEqualTo("xyz!");
        }
    }

    @OnEachTransport
    void streamsFailAsStreamsDo(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            wired.peer.deadline(Duration.ofMillis(50));
            assertThatThrownBy(() -> wired.peer.input().read())
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("read from input() on " + wired.peer + ": nothing came within 50 ms;"
                            + " the other side still holds the connection open, 0 bytes received in all");
            wired.resetByClient();
            wired.peer.deadline(Duration.ofSeconds(5)).expectReset();
            assertThatThrownBy(() -> wired.peer.input().read())
                    .isInstanceOf(IOException.class)
                    .hasMessage("Connection reset");
            assertThatThrownBy(() -> wired.peer.output().write(1)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> wired.peer.input().read(new byte[2], 1, 2))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> wired.peer.output().write(new byte[2], 1, 2))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }
}
