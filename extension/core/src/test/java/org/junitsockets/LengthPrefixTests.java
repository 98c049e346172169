package org.junitsockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LengthPrefixTests {

    @Test
    void theUsualOnesAreInNetworkByteOrder() {
        assertThat(LengthPrefix.U8.encode(7)).containsExactly(7);
        assertThat(LengthPrefix.U16.encode(0x1234)).containsExactly(0x12, 0x34);
        assertThat(LengthPrefix.U32.encode(0x12345678)).containsExactly(0x12, 0x34, 0x56, 0x78);
        assertThat(LengthPrefix.of(3, ByteOrder.LITTLE_ENDIAN).encode(0x123456)).containsExactly(0x56, 0x34, 0x12);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void theGreatestLengthOfEachWidthComesBack(int width) {
        byte[] greatest = new byte[width];
        Arrays.fill(greatest, (byte) 0xff);
        long expected = width == 8 ? -1 : (1L << (8 * width)) - 1;
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            LengthPrefix prefix = LengthPrefix.of(width, order);
            assertThat(prefix.width()).isEqualTo(width);
            assertThat(prefix.decode(greatest)).isEqualTo(expected);
            int most = (int) Math.min(Integer.MAX_VALUE, expected < 0 ? Long.MAX_VALUE : expected);
            assertThat(prefix.decode(prefix.encode(most))).isEqualTo(most);
            assertThat(prefix.countingItself().decode(prefix.countingItself().encode(most - width)))
                    .isEqualTo(most - width);
        }
    }

    @Test
    void whatAWidthCannotHoldIsRefused() {
        assertThat(LengthPrefix.U8.encode(255)).containsExactly(255);
        assertRefused(LengthPrefix.U8, 256, "a prefix of 1 byte can announce");
        assertThat(LengthPrefix.U8.countingItself().encode(254)).containsExactly(255);
        assertRefused(LengthPrefix.U8.countingItself(), 255, "a prefix of 1 byte, counting itself can announce");
        assertRefused(LengthPrefix.U16, 65_536, "a prefix of 2 bytes, BIG_ENDIAN can announce");
    }

    private static void assertRefused(LengthPrefix prefix, int length, String expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> prefix.encode(length))
                .withMessage("payload: found " + length + " bytes (expected: what " + expected + ")");
    }

    @Test
    void impossibleAnnouncementsAreNegative() {
        assertThat(LengthPrefix.U16.countingItself().decode(new byte[] {0, 1})).isNegative();
        assertThat(LengthPrefix.U16.countingItself().decode(new byte[] {0, 2})).isZero();
        assertThat(LengthPrefix.of(8, ByteOrder.BIG_ENDIAN).decode(new byte[] {-128, 0, 0, 0, 0, 0, 0, 0}))
                .isNegative();
    }

    @Test
    void aFrameIsItsPayloadWithTheLengthInItsPlace() {
        byte[] payload = {1, 2, 3, 'a', 'b'};
        assertThat(LengthPrefix.U16.frame(payload)).containsExactly(0, 5, 1, 2, 3, 'a', 'b');
        assertThat(LengthPrefix.U16.after(3).frame(payload)).containsExactly(1, 2, 3, 0, 2, 'a', 'b');
        assertThat(LengthPrefix.U16.after(3).countingItself().frame(payload)).containsExactly(1, 2, 3, 0, 4, 'a', 'b');
        assertThat(LengthPrefix.U16.countingItself().after(5).frame(payload)).containsExactly(1, 2, 3, 'a', 'b', 0, 2);
        assertThat(LengthPrefix.of(3, ByteOrder.LITTLE_ENDIAN).after(1).frame(payload))
                .containsExactly(1, 4, 0, 0, 2, 3, 'a', 'b');
        assertThat(LengthPrefix.U8.after(7).after(0).frame(new byte[0])).containsExactly(0);
        assertThat(payload).containsExactly(1, 2, 3, 'a', 'b');
    }

    @Test
    void theIntegerItselfDoesNotChangeByAHeader() {
        LengthPrefix prefix = LengthPrefix.U32.countingItself().after(1);
        assertThat(prefix.width()).isEqualTo(4);
        assertThat(prefix.offset()).isEqualTo(1);
        assertThat(LengthPrefix.U32.offset()).isZero();
        assertThat(prefix.encode(7)).containsExactly(0, 0, 0, 11);
        assertThat(prefix.decode(new byte[] {0, 0, 0, 11})).isEqualTo(7);
        assertThat(prefix).hasToString("4 bytes, BIG_ENDIAN, counting itself, after 1 byte");
        assertThat(LengthPrefix.U8.after(3)).hasToString("1 byte, after 3 bytes");
    }

    @Test
    void aFrameWithoutItsHeaderIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LengthPrefix.U16.after(3).frame(new byte[2]))
                .withMessage("payload: found 2 bytes (expected: at least the 3 before the length)");
        assertThat(LengthPrefix.U16.after(3).frame(new byte[] {1, 2, 3})).containsExactly(1, 2, 3, 0, 0);
    }

    @Test
    void onlyWhatComesAfterTheLengthMustFitIt() {
        assertThat(LengthPrefix.U8.after(3).frame(new byte[258])).hasSize(259);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LengthPrefix.U8.after(3).frame(new byte[259]))
                .withMessage(
                        "payload: found 259 bytes (expected: what a prefix of 1 byte, after 3 bytes can announce)");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 1025, Integer.MAX_VALUE})
    void headersAreUpTo1024Bytes(int bytes) {
        assertThat(LengthPrefix.U8.after(1024).offset()).isEqualTo(1024);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LengthPrefix.U8.after(bytes))
                .withMessage("bytes: found " + bytes + " (expected: from 0 to 1024 before the length)");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 9})
    void widthsAreFrom1To8(int width) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LengthPrefix.of(width, ByteOrder.BIG_ENDIAN))
                .withMessage("width: found " + width + " (expected: from 1 to 8 bytes)");
    }
}
