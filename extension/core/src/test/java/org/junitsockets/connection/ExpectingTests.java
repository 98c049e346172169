package org.junitsockets.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junitsockets.LengthPrefix;
import org.junitsockets.SocketConnection;
import org.junitsockets.Transport;
import org.junitsockets.testing.Background;
import org.junitsockets.testing.OnEachTransport;
import org.junitsockets.testing.Raw;
import org.junitsockets.testing.Wired;
import org.junitsockets.transcript.Bytes;

class ExpectingTests {

    @OnEachTransport
    void whatIsExpectedPassesAndIsTaken(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Raw.write(wired.client, "abcPING\r\nk=v;\0\2hirest");
            wired.client.shutdownOutput();
            wired.peer
                    .expect("ab")
                    .expect("c".getBytes(UTF_8))
                    .expectLine("PING")
                    .expectUntil(";", "k=v;")
                    .expectFrame(LengthPrefix.U16, "hi".getBytes(UTF_8))
                    .expectToEnd("rest")
                    .expectEnd()
                    .expectEnd();
        }
    }

    @OnEachTransport
    void anotherTextIsShownBesideTheExpectedAsTextAndHex(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Raw.write(wired.client, "PONG\r\n");
            assertMissed(
                    () -> wired.peer.expect("PING\r\n"),
                    "expect(6 bytes \"PING\\r\\n\" [50 49 4e 47 0d 0a]) on " + wired.peer + ": something else came\n"
                            + "  expected: 6 bytes \"PING\\r\\n\" [50 49 4e 47 0d 0a]\n"
                            + "   but was: 6 bytes \"PONG\\r\\n\" [50 4f 4e 47 0d 0a]\n"
                            + "  first difference at byte 1");
        }
    }

    @Test
    void theFirstByteThatDiffersFailsWithoutWaitingForTheRest() throws Exception {
        try (Wired wired = Wired.open(Transport.TCP)) {
            Raw.write(wired.client, "x");
            wired.peer.deadline(Duration.ofHours(1));
            assertMissed(
                    () -> wired.peer.expect("abc"),
                    "expect(3 bytes \"abc\" [61 62 63]) on " + wired.peer + ": something else came\n"
                            + "  expected: 3 bytes \"abc\" [61 62 63]\n"
                            + "   but was: 1 byte \"x\" [78]\n"
                            + "  first difference at byte 0");
        }
    }

    @Test
    void aDifferenceFarInsideIsShownWithWhatSurroundsIt() throws Exception {
        try (Wired wired = Wired.open(Transport.TCP)) {
            Raw.write(wired.client, "a".repeat(100) + "X" + "a".repeat(99));
            assertThatThrownBy(() -> wired.peer.expect("a".repeat(200)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("\n  expected: 200 bytes \"" + "a".repeat(48) + "...\" [61 61 ")
                    .hasMessageContaining(
                            "\n   but was: 200 bytes \"" + "a".repeat(24) + "X" + "a".repeat(23) + "...\" [61 61 ")
                    .hasMessageContaining("...]  (from byte 76)")
                    .hasMessageEndingWith("\n  first difference at byte 100");
        }
    }

    @OnEachTransport
    void anEndInsteadIsNamed(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Raw.write(wired.client, "PI");
            wired.client.shutdownOutput();
            assertMissed(
                    () -> wired.peer.expect("PING"),
                    "expect(4 bytes \"PING\" [50 49 4e 47]) on " + wired.peer
                            + ": the other side ended the stream (FIN)\n"
                            + "  expected: 4 bytes \"PING\" [50 49 4e 47]\n"
                            + "   but was: 2 bytes \"PI\" [50 49]\n"
                            + "  first difference at byte 2");
            assertMissed(
                    () -> wired.peer.expectLine("PING"),
                    "expectLine(\"PING\") on " + wired.peer + ": the other side ended the stream (FIN)");
            assertMissed(
                    () -> wired.peer.expectUntil(";", "a;"),
                    "expectUntil(\";\", \"a;\") on " + wired.peer
                            + ": the other side ended the stream (FIN) before 1 byte \";\" [3b], after 0 bytes");
            assertMissed(
                    () -> wired.peer.expectFrame(LengthPrefix.U8, new byte[] {7}),
                    "expectFrame(1 byte, 1 byte \"\\x07\" [07]) on " + wired.peer + ": the other side ended the stream"
                            + " (FIN) within a frame's prefix of 1 byte, after 0 bytes");
            assertMissed(
                    wired.peer::expectReset,
                    "expectReset() on " + wired.peer + ": the other side ended the stream (FIN) instead");
            wired.peer.expectEndOrReset();
        }
    }

    @OnEachTransport
    void aResetInsteadIsNamed(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            wired.resetByClient();
            String reset = " on " + wired.peer + ": Connection reset";
            assertMissed(() -> wired.peer.expect("a"), "expect(1 byte \"a\" [61])" + reset);
            assertMissed(() -> wired.peer.expectLine("a"), "expectLine(\"a\")" + reset);
            assertMissed(() -> wired.peer.expectToEnd("a"), "expectToEnd(\"a\")" + reset);
            assertMissed(wired.peer::expectEnd, "expectEnd()" + reset);
            wired.peer.expectReset();
            wired.peer.expectEndOrReset();
        }
    }

    @OnEachTransport
    void anotherLineMessageFrameOrRestIsNamed(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Raw.write(wired.client, "a\nb;\1cd");
            wired.client.shutdownOutput();
            assertMissed(
                    () -> wired.peer.expectLine("A"),
                    "expectLine(\"A\") on " + wired.peer + ": something else came\n"
                            + "  expected: 1 byte \"A\" [41]\n"
                            + "   but was: 1 byte \"a\" [61]\n"
                            + "  first difference at byte 0");
            assertMissed(
                    () -> wired.peer.expectUntil(";", "bb;"),
                    "expectUntil(\";\", \"bb;\") on " + wired.peer + ": something else came\n"
                            + "  expected: 3 bytes \"bb;\" [62 62 3b]\n"
                            + "   but was: 2 bytes \"b;\" [62 3b]\n"
                            + "  first difference at byte 1");
            assertMissed(
                    () -> wired.peer.expectFrame(LengthPrefix.U8, new byte[] {'c', 'c'}),
                    "expectFrame(1 byte, 2 bytes \"cc\" [63 63]) on " + wired.peer + ": something else came\n"
                            + "  expected: 2 bytes \"cc\" [63 63]\n"
                            + "   but was: 1 byte \"c\" [63]\n"
                            + "  first difference at byte 1");
            assertMissed(
                    () -> wired.peer.expectToEnd(""),
                    "expectToEnd(\"\") on " + wired.peer + ": something else came\n"
                            + "  expected: 0 bytes\n"
                            + "   but was: 1 byte \"d\" [64]\n"
                            + "  first difference at byte 0");
        }
    }

    @OnEachTransport
    void bytesWhereAnEndWasExpectedAreShown(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Raw.write(wired.client, "QUIT\n");
            assertMissed(
                    wired.peer::expectEnd,
                    "expectEnd() on " + wired.peer + ": instead came 5 bytes \"QUIT\\n\" [51 55 49 54 0a]");
            Raw.write(wired.client, "\"");
            assertMissed(
                    wired.peer::expectReset, "expectReset() on " + wired.peer + ": instead came 1 byte \"\\\"\" [22]");
            Raw.write(wired.client, "?");
            assertMissed(
                    wired.peer::expectEndOrReset,
                    "expectEndOrReset() on " + wired.peer + ": instead came 1 byte \"?\" [3f]");
        }
    }

    @OnEachTransport
    void noMoreMayComeForAsLongAsIsSaidWhateverTheDeadline(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Raw.write(wired.client, "EHLO\n");
            wired.peer.expectLine("EHLO").deadline(Duration.ofMillis(1)).expectNoMore(Duration.ofMillis(50));
            Raw.write(wired.client, "QUIT\n");
            wired.peer.deadline(Duration.ofSeconds(20)).expectLine("QUIT");
        }
    }

    @OnEachTransport
    void whatHasComeAlreadyIsMore(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Raw.write(wired.client, "EHLO\nQUIT\n");
            wired.peer.expectLine("EHLO");
            assertMissed(
                    () -> wired.peer.expectNoMore(Duration.ofHours(1)),
                    "expectNoMore(3600 s) on " + wired.peer + ": instead came 5 bytes \"QUIT\\n\" [51 55 49 54 0a]");
        }
    }

    @OnEachTransport
    void whatComesInTheMeantimeIsMore(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Background<?> silence = Background.call(() -> wired.peer.expectNoMore(Duration.ofHours(1)));
            Background.await("it to wait", () -> ((Connection) wired.peer).waitingIn() != null);
            assertThat(silence.isDone()).isFalse();
            Raw.write(wired.client, "?");
            assertThatThrownBy(silence::get)
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("expectNoMore(3600 s) on " + wired.peer + ": instead came 1 byte \"?\" [3f]");
        }
    }

    @OnEachTransport
    void afterAnEndNoMoreComesAndAResetIsNamed(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            wired.client.shutdownOutput();
            wired.peer.expectNoMore(Duration.ofHours(1)).expectEnd();
        }
        try (Wired wired = Wired.open(transport)) {
            wired.resetByClient();
            assertMissed(
                    () -> wired.peer.expectNoMore(Duration.ofHours(1)),
                    "expectNoMore(3600 s) on " + wired.peer + ": Connection reset");
        }
    }

    @Test
    void noMoreIsForAMillisecondToADay() throws Exception {
        try (Wired wired = Wired.open(Transport.TCP)) {
            for (Duration wrong : new Duration[] {Duration.ZERO, Duration.ofDays(2)}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> wired.peer.expectNoMore(wrong))
                        .withMessage("within: found '" + wrong + "' (expected: between 1 ms and a day)");
            }
        }
    }

    @OnEachTransport
    void theDeadlineOfAnExpectationShowsWhatHadCome(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            SocketConnection peer = wired.peer.deadline(Duration.ofMillis(50));
            Raw.write(wired.client, "PI");
            assertMissed(
                    () -> peer.expect("PING"),
                    "expect(4 bytes \"PING\" [50 49 4e 47]) on " + peer
                            + ": only 2 bytes \"PI\" [50 49] came within 50 ms; the other side still holds the connection open,"
                            + " 2 bytes \"PI\" [50 49] received in all\n"
                            + "  expected: 4 bytes \"PING\" [50 49 4e 47]\n"
                            + "   but was: 2 bytes \"PI\" [50 49]\n"
                            + "  first difference at byte 2");
            Raw.write(wired.client, "NG");
            peer.deadline(Duration.ofSeconds(5)).expect("PING");
            assertMissed(
                    () -> peer.deadline(Duration.ofMillis(50)).expectEnd(),
                    "expectEnd() on " + peer
                            + ": nothing came within 50 ms; the other side still holds the connection open,"
                            + " 4 bytes \"PING\" [50 49 4e 47] received in all");
            assertMissed(
                    peer::expectReset,
                    "expectReset() on " + peer
                            + ": nothing came within 50 ms; the other side still holds the connection open,"
                            + " 4 bytes \"PING\" [50 49 4e 47] received in all");
            assertMissed(
                    peer::expectEndOrReset,
                    "expectEndOrReset() on " + peer
                            + ": nothing came within 50 ms; the other side still holds the connection open,"
                            + " 4 bytes \"PING\" [50 49 4e 47] received in all");
        }
    }

    @Test
    void longBytesAreShortened() {
        assertThat(Bytes.describe(new byte[0])).isEqualTo("0 bytes");
        assertThat(Bytes.describe(new byte[] {'\t', '\\', (byte) 0xff}))
                .isEqualTo("3 bytes \"\\t\\\\\\xff\" [09 5c ff]");
        assertThat(Bytes.describe("z".repeat(49).getBytes(UTF_8)))
                .isEqualTo("49 bytes \"" + "z".repeat(48) + "...\" [" + "7a ".repeat(48) + "...]");
        assertThat(Bytes.quote("q".repeat(49))).isEqualTo("\"" + "q".repeat(48) + "...\"");
        assertThat(Bytes.quote("ü\"")).isEqualTo("\"\\xc3\\xbc\\\"\"");
    }

    private static void assertMissed(Runnable expectation, String message) {
        assertThatThrownBy(expectation::run).isInstanceOf(AssertionError.class).hasMessage(message);
    }
}
