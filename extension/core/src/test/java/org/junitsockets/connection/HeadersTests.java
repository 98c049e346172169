package org.junitsockets.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junitsockets.LengthPrefix;
import org.junitsockets.Transport;
import org.junitsockets.testing.OnEachTransport;
import org.junitsockets.testing.Raw;
import org.junitsockets.testing.Wired;

/** Frames whose length comes after a header. */
class HeadersTests {

    private static final LengthPrefix POSTGRESQL =
            LengthPrefix.U32.countingItself().after(1);
    private static final LengthPrefix TLS = LengthPrefix.U16.after(3);
    private static final LengthPrefix AMQP = LengthPrefix.U32.after(3);

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    @OnEachTransport
    void protocolsThatHaveThemAreRead(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Raw.write(wired.client, "Q\0\0\0\15SELECT 1\0" + "\26\3\3\0\2hi" + "\10\0\0\0\0\0\0");
            assertThat(wired.peer.readFrame(POSTGRESQL)).isEqualTo(ascii("QSELECT 1\0"));
            wired.peer.expectFrame(TLS, new byte[] {22, 3, 3, 'h', 'i'});
            wired.peer.expectFrame(AMQP, new byte[] {8, 0, 0});
        }
    }

    @OnEachTransport
    void protocolsThatHaveThemAreWritten(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            wired.peer
                    .writeFrame(POSTGRESQL, ascii("ZI"))
                    .writeFrame(TLS, new byte[] {22, 3, 3, 'h', 'i'})
                    .writeFrame(AMQP, new byte[] {8, 0, 0})
                    .fin();
            assertThat(Raw.readToEnd(wired.client)).isEqualTo("Z\0\0\0\5I" + "\26\3\3\0\2hi" + "\10\0\0\0\0\0\0");
        }
    }

    @OnEachTransport
    void whatIsWrittenIsReadWhateverItsSize(Transport transport) throws Exception {
        LengthPrefix[] prefixes = {
            POSTGRESQL, TLS, LengthPrefix.of(3, ByteOrder.LITTLE_ENDIAN).after(1024)
        };
        for (LengthPrefix prefix : prefixes) {
            try (Wired wired = Wired.open(transport)) {
                for (int length : new int[] {0, 1, 1000, 50_000}) {
                    byte[] frame = new byte[prefix.offset() + length];
                    new Random(length).nextBytes(frame);
                    wired.client.getOutputStream().write(prefix.frame(frame));
                    assertThat(wired.peer.readFrame(prefix)).isEqualTo(frame);
                }
            }
        }
    }

    @OnEachTransport
    void aFrameOfWhichMoreMustComeIsLeftWhole(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            for (String half : new String[] {"\26\3", "\3\0", "\2h"}) {
                Raw.write(wired.client, half);
                assertThatThrownBy(
                                () -> wired.peer.deadline(Duration.ofMillis(50)).readFrame(TLS))
                        .isInstanceOf(AssertionError.class);
            }
            Raw.write(wired.client, "i");
            assertThat(wired.peer.deadline(Duration.ofSeconds(20)).readFrame(TLS))
                    .containsExactly(22, 3, 3, 'h', 'i');
        }
    }

    @OnEachTransport
    void aFrameThatIsCutShortSaysWhere(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Raw.write(wired.client, "\26\3\3\0");
            wired.client.shutdownOutput();
            assertThatThrownBy(() -> wired.peer.readFrame(TLS))
                    .hasCauseInstanceOf(EOFException.class)
                    .hasMessage("readFrame(2 bytes, BIG_ENDIAN, after 3 bytes) on " + wired.peer
                            + ": the other side ended the stream (FIN) within a frame's prefix of 2 bytes, BIG_ENDIAN,"
                            + " after 3 bytes, after 4 bytes \"\\x16\\x03\\x03\\x00\" [16 03 03 00]");
        }
    }

    @OnEachTransport
    void anotherHeaderIsAnotherFrame(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Raw.write(wired.client, "E\0\0\0\5x");
            assertThatThrownBy(() -> wired.peer.expectFrame(POSTGRESQL, ascii("Zx")))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("expectFrame(4 bytes, BIG_ENDIAN, counting itself, after 1 byte,"
                            + " 2 bytes \"Zx\" [5a 78]) on " + wired.peer + ": something else came\n"
                            + "  expected: 2 bytes \"Zx\" [5a 78]\n"
                            + "   but was: 2 bytes \"Ex\" [45 78]\n"
                            + "  first difference at byte 0");
        }
    }

    @Test
    void aResultOfMoreThan64MebibytesIsRefusedTheHeaderIncluded() throws Exception {
        try (Wired wired = Wired.open(Transport.TCP)) {
            wired.client.getOutputStream().write(new byte[] {8, 0, 0, 3, -1, -1, -2});
            assertThatThrownBy(() -> wired.peer.readFrame(AMQP))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("readFrame(4 bytes, BIG_ENDIAN, after 3 bytes) on " + wired.peer
                            + ": a frame announces 67108862 bytes (expected: up to 67108861)");
        }
    }

    @OnEachTransport
    void whatNoFrameCanHoldIsRefusedBeforeAnythingIsSentOrAwaited(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> wired.peer.writeFrame(TLS, new byte[2]))
                    .withMessage("payload: found 2 bytes (expected: at least the 3 before the length)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> wired.peer.expectFrame(TLS, new byte[2]))
                    .withMessage("payload: found 2 bytes (expected: at least the 3 before the length)");
            wired.peer.fin();
            Raw.assertEnd(wired.client);
        }
    }
}
