package org.junitsockets.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.time.Ticker;

/** What was recorded as sent, and was not. */
class TakingBackTests {

    private final Recording recording = new Recording(100, Ticker.SYSTEM);

    private static byte[] bytes(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private void sent(int length, int value) {
        recording.sent(bytes(length, value), 0, length);
    }

    private void received(int length, int value) {
        recording.received(bytes(length, value), 0, length);
    }

    private Snapshot snapshot() {
        return recording.snapshot(1, false, Mask.NONE);
    }

    @Test
    void theLastThatWasSent() {
        sent(3, 1);
        sent(4, 2);
        recording.takeBackSent(4);
        assertThat(snapshot().sent()).containsExactly(1, 1, 1);
        assertThat(snapshot().entries()).hasSize(1);
        sent(1, 3);
        assertThat(snapshot().sent()).containsExactly(1, 1, 1, 3);
    }

    @Test
    void fromAmongWhatCameAfterIt() {
        sent(3, 1);
        sent(4, 2);
        received(2, 3);
        recording.event(Kind.CHECKPOINT, "reached");
        recording.takeBackSent(4);
        assertThat(snapshot().sent()).containsExactly(1, 1, 1);
        assertThat(snapshot().received()).containsExactly(3, 3);
        assertThat(snapshot().entries())
                .extracting(entry -> entry.kind() + entry.detail())
                .containsExactly("SENT", "RECEIVED", "CHECKPOINTreached");
    }

    @Test
    void whatWasPartlyDroppedMeanwhile() {
        sent(60, 1);
        received(80, 2);
        assertThat(snapshot().droppedSent()).isEqualTo(40);
        recording.takeBackSent(60);
        assertThat(snapshot().droppedSent()).isZero();
        assertThat(snapshot().sent()).isEmpty();
        assertThat(snapshot().received()).isEqualTo(bytes(80, 2));
    }

    @Test
    void whatWasDroppedMeanwhile() {
        sent(10, 1);
        sent(60, 2);
        received(100, 3);
        assertThat(snapshot().droppedSent()).isEqualTo(70);
        recording.takeBackSent(60);
        assertThat(snapshot().droppedSent()).isEqualTo(10);
        assertThat(snapshot().received()).isEqualTo(bytes(100, 3));
    }

    @Test
    void moreThanIsKept() {
        received(50, 1);
        sent(250, 2);
        assertThat(snapshot().droppedSent()).isEqualTo(150);
        recording.takeBackSent(250);
        assertThat(snapshot().sent()).isEmpty();
        assertThat(snapshot().droppedSent()).isZero();
        assertThat(snapshot().droppedReceived()).isEqualTo(50);
    }

    @Test
    void nothingWhereNothingIsRecorded() {
        Recording none = new Recording(0, Ticker.SYSTEM);
        none.sent(new byte[5], 0, 5);
        none.takeBackSent(5);
        assertThat(none.snapshot(1, false, Mask.NONE).droppedSent()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whateverElseIsRecorded(long seed) {
        Random random = new Random(seed);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        for (int i = 0; i < 20_000; i++) {
            int length = 1 + random.nextInt(random.nextInt(20) == 0 ? 150 : 12);
            byte[] some = new byte[length];
            random.nextBytes(some);
            recording.sent(some, 0, length);
            boolean failed = random.nextInt(3) == 0;
            for (int j = random.nextInt(3); j > 0; j--) {
                byte[] other = new byte[1 + random.nextInt(12)];
                random.nextBytes(other);
                recording.received(other, 0, other.length);
                received.writeBytes(other);
            }
            if (failed) {
                recording.takeBackSent(length);
            } else {
                sent.writeBytes(some);
            }
        }
        Snapshot snapshot = snapshot();
        assertThat(snapshot.sent()).isEqualTo(tail(sent, snapshot.sent().length));
        assertThat(snapshot.received()).isEqualTo(tail(received, snapshot.received().length));
        assertThat(snapshot.droppedSent() + snapshot.sent().length).isEqualTo(sent.size());
        assertThat(snapshot.droppedReceived() + snapshot.received().length).isEqualTo(received.size());
    }

    private static byte[] tail(ByteArrayOutputStream all, int length) {
        return Arrays.copyOfRange(all.toByteArray(), all.size() - length, all.size());
    }
}
