package org.junitsockets.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitsockets.LengthPrefix;
import org.junitsockets.SocketPair;
import org.junitsockets.Transport;
import org.junitsockets.testing.Background;
import org.junitsockets.testing.OnEachTransport;
import org.junitsockets.testing.Raw;
import org.junitsockets.testing.Wired;

class ReadingTests {

    @OnEachTransport
    void linesEndWithLfOrCrlfAndNullIsTheEnd(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Raw.write(wired.client, "one\ntwo\r\n\r\n\nr\rr\r\r\näöü\n");
            wired.client.shutdownOutput();
            assertThat(Stream.generate(wired.peer::readLine).limit(6))
                    .containsExactly("one", "two", "", "", "r\rr\r", "äöü");
            assertThat(wired.peer.readLine()).isNull();
            assertThat(wired.peer.readLine()).as("once more").isNull();
        }
    }

    @OnEachTransport
    void aStreamThatEndsWithinALineIsAnEofExceptionAndLosesNothing(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Raw.write(wired.client, "whole\nhalf");
            wired.client.shutdownOutput();
            assertThat(wired.peer.readLine()).isEqualTo("whole");
            assertThatThrownBy(wired.peer::readLine)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(EOFException.class)
                    .hasMessage("readLine() on " + wired.peer + ": the other side ended the stream (FIN) within a line,"
                            + " after 4 bytes \"half\" [68 61 6c 66]");
            assertThat(wired.peer.readToEnd()).isEqualTo("half".getBytes(UTF_8));
        }
    }

    @OnEachTransport
    void aLineMayComeByteByByte(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            wired.client.setTcpNoDelay(true);
            Background<String> line = Background.call(wired.peer::readLine);
            for (String part : List.of("s", "l", "ow", "\r", "\n")) {
                Background.await("the reader to wait", () -> ((Connection) wired.peer).waitingIn() != null);
                assertThat(line.isDone()).isFalse();
                Raw.write(wired.client, part);
            }
            assertThat(line.get()).isEqualTo("slow");
        }
    }

    @OnEachTransport
    void readUntilTakesTheDelimiterAndNoMore(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Raw.write(wired.client, "GET / HTTP/1.1\r\nHost: x\r\n\r\nbody--aab-rest");
            wired.client.shutdownOutput();
            assertThat(wired.peer.readUntil("\r\n\r\n")).isEqualTo("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(wired.peer.readUntil("aab".getBytes(UTF_8))).isEqualTo("body--aab".getBytes(UTF_8));
            assertThatThrownBy(() -> wired.peer.readUntil("!"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(EOFException.class)
                    .hasMessage("readUntil(1 byte \"!\" [21]) on " + wired.peer
                            + ": the other side ended the stream (FIN) before 1 byte \"!\" [21],"
                            + " after 5 bytes \"-rest\" [2d 72 65 73 74]");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> wired.peer.readUntil(""))
                    .withMessage("delimiter: found nothing (expected: at least one byte)");
        }
    }

    /** The delimiter begins in one buffer and ends in the next, wherever the cut is. */
    @Test
    void aDelimiterIsFoundAcrossBuffers() throws Exception {
        try (Wired wired = Wired.open(Transport.TCP)) {
            for (int length = 505; length < 520; length++) {
                String text = "x".repeat(length) + "\r\n\r\n";
                Raw.write(wired.client, text);
                assertThat(wired.peer.readUntil("\r\n\r\n")).isEqualTo(text);
            }
        }
    }

    @OnEachTransport
    void readExactlyHoweverTheNetworkCutItUp(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            byte[] sent = random(300_000);
            Background<Boolean> writer = Background.run(() -> {
                wired.client.getOutputStream().write(sent);
                wired.client.shutdownOutput();
            });
            assertThat(wired.peer.readExactly(0)).isEmpty();
            assertThat(wired.peer.readExactly(1)).isEqualTo(Arrays.copyOf(sent, 1));
            assertThat(wired.peer.readExactly(299_990)).isEqualTo(Arrays.copyOfRange(sent, 1, 299_991));
            assertThatThrownBy(() -> wired.peer.readExactly(10))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(EOFException.class)
                    .hasMessageStartingWith("readExactly(10) on " + wired.peer
                            + ": the other side ended the stream (FIN) within 10 bytes, after 9 bytes ");
            writer.get();
        }
    }

    @Test
    void impossibleCountsAreRefused() throws Exception {
        try (Wired wired = Wired.open(Transport.TCP)) {
            for (int count : new int[] {-1, 64 * 1024 * 1024 + 1}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> wired.peer.readExactly(count))
                        .withMessage("count: found " + count + " (expected: from 0 to 67108864)");
            }
        }
    }

    @OnEachTransport
    void oneMebibyteArrivesIntactAndThenTheEnd(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            byte[] sent = random(1024 * 1024);
            Background<Boolean> writer = Background.run(() -> {
                wired.client.getOutputStream().write(sent);
                wired.client.shutdownOutput();
            });
            assertThat(wired.peer.readToEnd()).isEqualTo(sent);
            assertThat(wired.peer.readToEnd()).as("after the end").isEmpty();
            assertThat(wired.peer.readLine()).isNull();
            assertThat(wired.peer.awaitInput()).isFalse();
            writer.get();
        }
    }

    @OnEachTransport
    void readAvailableTakesWhatIsThereAndWaitsForTheFirstByte(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Background<byte[]> first = Background.call(wired.peer::readAvailable);
            Background.await("the reader to wait", () -> ((Connection) wired.peer).waitingIn() != null);
            Raw.write(wired.client, "abc");
            assertThat(first.get()).isNotEmpty();
            wired.client.shutdownOutput();
            wired.peer.readToEnd();
            assertThatThrownBy(wired.peer::readAvailable)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(EOFException.class)
                    .hasMessage("readAvailable() on " + wired.peer
                            + ": the other side ended the stream (FIN) within at least one byte, after 0 bytes");
        }
    }

    @OnEachTransport
    void awaitInputTakesNothing(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Raw.write(wired.client, "kept");
            assertThat(wired.peer.awaitInput()).isTrue();
            assertThat(wired.peer.awaitInput()).isTrue();
            wired.client.shutdownOutput();
            assertThat(wired.peer.awaitInput()).as("bytes come before the end").isTrue();
            assertThat(wired.peer.readToEnd()).isEqualTo("kept".getBytes(UTF_8));
            assertThat(wired.peer.awaitInput()).isFalse();
        }
    }

    @OnEachTransport
    void awaitInputIsFalseAfterAReset(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Background<Boolean> waiting = Background.call(wired.peer::awaitInput);
            Background.await("the reader to wait", () -> ((Connection) wired.peer).waitingIn() != null);
            wired.resetByClient();
            assertThat(waiting.get()).isFalse();
        }
    }

    static Stream<Arguments> prefixes() {
        return IntStream.rangeClosed(1, 8)
                .boxed()
                .flatMap(width -> Stream.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)
                        .map(order -> LengthPrefix.of(width, order))
                        .flatMap(prefix -> Stream.of(prefix, prefix.countingItself())))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("prefixes")
    void framesGoBothWays(LengthPrefix prefix) {
        try (SocketPair pair = SocketPair.open(Transport.TCP)) {
            int most = prefix.width() == 1 ? 200 : 40_000;
            for (int length : new int[] {0, 1, 200, most}) {
                byte[] payload = random(length);
                pair.client().writeFrame(prefix, payload);
                assertThat(pair.server().readFrame(prefix)).isEqualTo(payload);
                pair.server().writeFrame(prefix, payload);
                pair.client().expectFrame(prefix, payload);
            }
        }
    }

    @OnEachTransport
    void aFrameOnTheWireIsItsLengthAndItsPayload(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            wired.peer.writeFrame(LengthPrefix.U32.countingItself(), "abc".getBytes(UTF_8));
            wired.peer.writeFrame(LengthPrefix.of(2, ByteOrder.LITTLE_ENDIAN), "de".getBytes(UTF_8));
            assertThat(wired.client.getInputStream().readNBytes(11))
                    .containsExactly(0, 0, 0, 7, 'a', 'b', 'c', 2, 0, 'd', 'e');
        }
    }

    @Test
    void anAnnouncedLengthIsNotToBeTrusted() throws Exception {
        try (Wired wired = Wired.open(Transport.TCP)) {
            wired.client.getOutputStream().write(new byte[] {4, 0, 0, 1});
            assertThatThrownBy(() -> wired.peer.readFrame(LengthPrefix.U32))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("readFrame(4 bytes, BIG_ENDIAN) on " + wired.peer
                            + ": a frame announces 67108865 bytes (expected: up to 67108864)");
        }
    }

    @Test
    void aFrameCannotBeShorterThanThePrefixThatItCounts() throws Exception {
        for (byte[] announced : List.of(new byte[] {0, 1}, new byte[] {0, 0})) {
            try (Wired wired = Wired.open(Transport.TCP)) {
                wired.client.getOutputStream().write(announced);
                assertThatThrownBy(() -> wired.peer.readFrame(LengthPrefix.U16.countingItself()))
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessage("readFrame(2 bytes, BIG_ENDIAN, counting itself) on " + wired.peer
                                + ": a frame announces an impossible length (expected: up to 67108864)");
            }
        }
    }

    @OnEachTransport
    void aFrameThatIsCutShortIsAnEofException(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            wired.client.getOutputStream().write(new byte[] {0, 5, 'a', 'b'});
            wired.client.shutdownOutput();
            assertThatThrownBy(() -> wired.peer.readFrame(LengthPrefix.U16))
                    .hasCauseInstanceOf(EOFException.class)
                    .hasMessage("readFrame(2 bytes, BIG_ENDIAN) on " + wired.peer + ": the other side ended the stream"
                            + " (FIN) within a frame of 5 bytes, after 4 bytes \"\\x00\\x05ab\" [00 05 61 62]");
        }
    }

    @Test
    void whatHasNoEndIsRefusedAt64Mebibytes() throws Exception {
        try (Wired wired = Wired.open(Transport.TCP)) {
            Background<Boolean> writer = Background.run(() -> {
                byte[] chunk = new byte[1024 * 1024];
                try {
                    for (int i = 0; i <= 65; i++) {
                        wired.client.getOutputStream().write(chunk);
                    }
                } catch (IOException e) {
                    // nobody takes the last of it
                }
            });
            wired.peer.deadline(Duration.ofSeconds(30));
            assertThatThrownBy(wired.peer::readLine)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("readLine() on " + wired.peer + ": more than 67108864 bytes came without an end");
            wired.peer.rst();
            writer.get();
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
