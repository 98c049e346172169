package org.junitsockets.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitsockets.Transcript.Kind;

class LadderTests {

    private static final String HEAD =
            "        ms  client                                                        server";

    /** Negative times are after the half of what a clock without an origin can show. */
    private final ManualTicker ticker = new ManualTicker(Long.MAX_VALUE - 500_000);

    private final Recording recording = new Recording(100_000, ticker);

    private void received(String text) {
        recording.received(text.getBytes(UTF_8), 0, text.getBytes(UTF_8).length);
    }

    private void sent(String text) {
        recording.sent(text.getBytes(UTF_8), 0, text.getBytes(UTF_8).length);
    }

    private String ofServer() {
        return recording.snapshot(1, true, Mask.NONE).toString();
    }

    private String ofClient() {
        return recording.snapshot(1, false, Mask.NONE).toString();
    }

    @Test
    void theServersEndIsOnTheRight() {
        recording.event(Kind.ACCEPTED);
        ticker.advanceMicros(12);
        recording.event(Kind.SERVED, "script 1 on a-thread");
        ticker.advanceMicros(100);
        received("PING\r\n");
        ticker.advanceMicros(214);
        sent("PONG\r\n");
        ticker.advanceMicros(1_000_000);
        recording.event(Kind.TIMED_OUT, "expectEnd()");
        recording.event(Kind.CHECKPOINT, "after it");
        ticker.advanceMicros(1);
        recording.event(Kind.RESET, "rst()");
        assertThat(ofServer().lines())
                .containsExactly(
                        HEAD,
                        "    -0.112    |                                                                |  server: accepted",
                        "    -0.100    |                                                                |  server: served by script 1 on a-thread",
                        "     0.000    |-- 6 bytes \"PING\\r\\n\" ----------------------------------------->|",
                        "     0.214    |<----------------------------------------- 6 bytes \"PONG\\r\\n\" --|",
                        "  1000.214    |                                                                |  server: timed out in expectEnd()",
                        "  1000.214    |                                                                |  server: checkpoint 'after it'",
                        "  1000.215    |<-------------------------------------------------------- RST --|  server: rst()");
    }

    @Test
    void theClientsEndIsOnTheLeft() {
        recording.event(Kind.CONNECTED);
        sent("PING\r\n");
        received("PONG\r\n");
        recording.event(Kind.FIN_RECEIVED);
        recording.event(Kind.CLOSED, "close()");
        assertThat(ofClient().lines())
                .containsExactly(
                        HEAD,
                        "     0.000    |                                                                |  client: connected",
                        "     0.000    |-- 6 bytes \"PING\\r\\n\" ----------------------------------------->|",
                        "     0.000    |<----------------------------------------- 6 bytes \"PONG\\r\\n\" --|",
                        "     0.000    |<-------------------------------------------------------- FIN --|",
                        "     0.000    |-- FIN -------------------------------------------------------->|  client: close()");
    }

    @Test
    void aFinIsDrawnOnceThoughTheCloseComesAfterAHalfClose() {
        recording.event(Kind.HALF_CLOSED);
        recording.event(Kind.RESET_RECEIVED);
        recording.event(Kind.CLOSED, "fin()");
        assertThat(ofServer().lines())
                .containsExactly(
                        HEAD,
                        "     0.000    |<-------------------------------------------------------- FIN --|  server: shutdownOutput()",
                        "     0.000    |-- RST -------------------------------------------------------->|",
                        "     0.000    |                                                                |  server: fin()");
    }

    @Test
    void aCloseOfWhatTheOtherSideHasResetIsNoFin() {
        recording.event(Kind.RESET_RECEIVED);
        recording.event(Kind.CLOSED, "close()");
        assertThat(ofClient().lines())
                .containsExactly(
                        HEAD,
                        "     0.000    |<-------------------------------------------------------- RST --|",
                        "     0.000    |                                                                |  client: close()");
    }

    @Test
    void aFinThatIsNotShownIsNotDrawnLater() {
        recording.event(Kind.HALF_CLOSED);
        for (int i = 0; i < 60; i++) {
            received("more");
        }
        recording.event(Kind.CLOSED, "close()");
        assertThat(ofServer()).containsOnlyOnce("FIN");
        Recording small = new Recording(8, ticker);
        small.event(Kind.HALF_CLOSED);
        small.received(new byte[9], 0, 9);
        small.event(Kind.CLOSED, "close()");
        assertThat(small.snapshot(1, true, Mask.NONE).toString()).doesNotContain("FIN");
        Recording leftOut = new Recording(1000, ticker);
        for (int i = 0; i < 60; i++) {
            leftOut.event(i == 20 ? Kind.HALF_CLOSED : Kind.CHECKPOINT, "x");
        }
        leftOut.event(Kind.CLOSED, "close()");
        assertThat(leftOut.snapshot(1, true, Mask.NONE).toString()).doesNotContain("FIN");
    }

    @Test
    void whatWasDroppedIsCounted() {
        Recording small = new Recording(4, ticker);
        small.event(Kind.ACCEPTED);
        small.sent(new byte[3], 0, 3);
        small.received("0123456789".getBytes(UTF_8), 0, 10);
        assertThat(small.snapshot(1, true, Mask.NONE).toString().lines())
                .containsExactly(
                        HEAD,
                        "            (before this, 6 bytes received, 3 bytes sent, 1 event were dropped: junitsockets.transcript.size)",
                        "     0.000    |-- 4 bytes \"6789\" --------------------------------------------->|");
    }

    @Test
    void theMiddleOfALongConversationIsLeftOut() {
        for (int i = 0; i < 45; i++) {
            received("x".repeat(i + 1));
        }
        List<String> lines = ofServer().lines().toList();
        assertThat(lines).hasSize(1 + 12 + 1 + 28);
        assertThat(lines.get(0)).isEqualTo(HEAD);
        assertThat(lines.get(12)).contains("-- 12 bytes \"xxxxxxxxxxxx\" --");
        assertThat(lines.get(13)).isEqualTo("            ... 5 entries with 75 bytes are left out here");
        assertThat(lines.get(14)).contains("-- 18 bytes ");
        assertThat(lines.get(41)).contains("-- 45 bytes ");
    }

    @Test
    void nothingIsLeftOutWhereThatSavesNoLine() {
        for (int i = 0; i < 41; i++) {
            received("x");
        }
        assertThat(ofServer().lines()).hasSize(1 + 41);
        recording.event(Kind.FIN_RECEIVED);
        assertThat(ofServer().lines())
                .hasSize(1 + 12 + 1 + 28)
                .contains("            ... 2 entries with 2 bytes are left out here");
    }

    @Test
    void whatIsNoTextIsShownAsHex() {
        recording.received(new byte[] {0, 1, (byte) 0xFE, 'a'}, 0, 4);
        recording.sent(new byte[] {'a', 'b', 'c', 0}, 0, 4);
        recording.sent(new byte[] {7}, 0, 1);
        assertThat(ofServer().lines())
                .containsExactly(
                        HEAD,
                        "     0.000    |-- 4 bytes [00 01 fe 61] -------------------------------------->|",
                        "     0.000    |<------------------------------------------ 4 bytes \"abc\\x00\" --|",
                        "     0.000    |<------------------------------------------------ 1 byte [07] --|");
    }

    @Test
    void aLongPayloadIsShortened() {
        received("0123456789".repeat(30));
        recording.sent(new byte[300], 0, 300);
        received("say \"hi\"\\\t\r\n");
        assertThat(ofServer().lines())
                .containsExactly(
                        HEAD,
                        "     0.000    |-- 300 bytes \"0123456789012345678901234567890123456...\" ------->|",
                        "     0.000    |<-------- 300 bytes [00 00 00 00 00 00 00 00 00 00 00 00 ...] --|",
                        "     0.000    |-- 12 bytes \"say \\\"hi\\\"\\\\\\t\\r\\n\" ------------------------------>|");
    }

    @Test
    void everyRungIsOfTheSameWidth() {
        for (int length = 1; length < 120; length++) {
            Recording one = new Recording(1000, ticker);
            one.received("a".repeat(length).getBytes(UTF_8), 0, length);
            one.sent(new byte[length], 0, length);
            one.received("\u0001\"\\a".repeat(length).getBytes(UTF_8), 0, 4 * length);
            assertThat(one.snapshot(1, true, Mask.NONE).toString().lines().skip(1))
                    .hasSize(3)
                    .allSatisfy(line -> assertThat(line).hasSize(80).endsWith("|"));
        }
    }

    @Test
    void whereNoByteCameTimesBeginWithTheFirstEntry() {
        recording.event(Kind.CONNECTED);
        ticker.advanceMicros(1500);
        recording.event(Kind.FIN_RECEIVED);
        assertThat(ofClient().lines())
                .containsExactly(
                        HEAD,
                        "     0.000    |                                                                |  client: connected",
                        "     1.500    |<-------------------------------------------------------- FIN --|");
    }

    @Test
    void aServersConnectionsAreDrawnOneAfterTheOther() {
        Recording other = new Recording(100, ticker);
        other.received("b".getBytes(UTF_8), 0, 1);
        received("a");
        Snapshot both = Snapshot.of(
                List.of(recording.snapshot(1, true, Mask.NONE), other.snapshot(2, true, Mask.NONE)), Mask.NONE);
        assertThat(both.toString().lines())
                .containsExactly(
                        HEAD,
                        "     0.000    |-- 1 byte \"a\" ------------------------------------------------->|",
                        HEAD,
                        "     0.000    |-- 1 byte \"b\" ------------------------------------------------->|");
    }

    @Test
    void whatIsMaskedIsNotDrawn() {
        received("PASS sec");
        received("ret\r\n");
        assertThat(recording
                        .snapshot(1, true, Mask.of("parameter", "PASS (\\w+)"))
                        .toString()
                        .lines())
                .containsExactly(
                        HEAD,
                        "     0.000    |-- 8 bytes \"PASS ***\" ----------------------------------------->|",
                        "     0.000    |-- 5 bytes \"***\\r\\n\" ------------------------------------------>|");
    }

    @Test
    void anEmptyMessageIsAnArrowAndWhoLeavesTellsNobody() {
        recording.received(ByteBuffer.allocate(0), 0, true);
        recording.event(Kind.PORT_UNREACHABLE);
        recording.event(Kind.DROPPED, "message 2 of all");
        recording.event(Kind.LEFT, "close()");
        assertThat(ofServer().lines())
                .containsExactly(
                        HEAD,
                        "     0.000    |-- 0 bytes \"\" ------------------------------------------------->|",
                        "     0.000    |                                                                |  server: nobody there: port unreachable",
                        "     0.000    |                                                                |  server: dropped message 2 of all",
                        "     0.000    |                                                                |  server: close()");
    }

    @Test
    void whatTlsDoesIsSaidAtTheEndThatSawIt() {
        recording.event(Kind.TLS_STARTED);
        recording.event(Kind.TLS_ESTABLISHED, "TLSv1.3");
        recording.event(Kind.TLS_STALLED, "after ClientHello");
        recording.event(Kind.TLS_FAILED, "bad_certificate");
        recording.event(Kind.CLOSE_NOTIFY_SENT);
        recording.event(Kind.CLOSE_NOTIFY_RECEIVED);
        recording.event(Kind.TRUNCATED);
        assertThat(ofClient().lines())
                .containsExactly(
                        HEAD,
                        "     0.000    |                                                                |  client: TLS begins",
                        "     0.000    |                                                                |  client: TLS: TLSv1.3",
                        "     0.000    |                                                                |  client: silent from here on: after ClientHello",
                        "     0.000    |                                                                |  client: TLS failed: bad_certificate",
                        "     0.000    |                                                                |  client: close_notify sent",
                        "     0.000    |                                                                |  client: close_notify received",
                        "     0.000    |<-------------------------------------------------------- FIN --|  client: without close_notify: truncated");
    }
}
