package org.junitsockets.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitsockets.Transcript.Entry;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.time.Ticker;

class SnapshotTests {

    private final ManualTicker ticker = new ManualTicker(1000);
    private final Recording recording = new Recording(100, ticker);

    private static Snapshot snapshot(Recording recording) {
        return recording.snapshot(1, true, Mask.NONE);
    }

    private static void received(Recording recording, String text) {
        recording.received(text.getBytes(UTF_8), 0, text.length());
    }

    @Test
    void whatHappensLaterIsNotInIt() {
        received(recording, "first");
        Snapshot before = snapshot(recording);
        received(recording, "x".repeat(100));
        recording.event(Kind.FIN_RECEIVED);
        assertThat(before.received()).asString().isEqualTo("first");
        assertThat(before.entries()).hasSize(1);
        assertThat(before.droppedReceived()).isZero();
        assertThat(snapshot(recording).droppedReceived()).isEqualTo(5);
    }

    @Test
    void nothingOfItCanBeChanged() {
        byte[] source = "first".getBytes(UTF_8);
        recording.received(source, 0, 5);
        Snapshot snapshot = snapshot(recording);
        source[0] = 'X';
        snapshot.received()[0] = 'X';
        snapshot.entries().get(0).bytes()[0] = 'X';
        assertThat(snapshot.received()).asString().isEqualTo("first");
        assertThat(snapshot.entries().get(0).bytes()).asString().isEqualTo("first");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> snapshot.entries().remove(0));
    }

    @Test
    void theWallTimeGoesOnWithTheMonotonicOne() {
        Instant before = Instant.ofEpochMilli(System.currentTimeMillis());
        Recording begun = new Recording(100, ticker);
        Instant after = Instant.ofEpochMilli(System.currentTimeMillis());
        begun.event(Kind.ACCEPTED);
        ticker.advanceMicros(1_500_000);
        received(begun, "x");
        List<Entry> entries = snapshot(begun).entries();
        assertThat(entries).extracting(Entry::nanoTime).containsExactly(1000L, 1_500_001_000L);
        assertThat(entries.get(0).time()).isBetween(before, after);
        assertThat(Duration.between(entries.get(0).time(), entries.get(1).time()))
                .isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void withASizeOf0NothingIsRecorded() {
        Ticker untouched = new Ticker() {
            private boolean begun;

            @Override
            public long nanoTime() {
                assertThat(begun).isFalse();
                begun = true;
                return 0;
            }
        };
        Recording none = new Recording(0, untouched);
        none.event(Kind.ACCEPTED);
        none.event(Kind.CHECKPOINT, "name");
        received(none, "bytes");
        none.sent(new byte[3], 0, 3);
        Snapshot snapshot = snapshot(none);
        assertThat(snapshot.entries()).isEmpty();
        assertThat(snapshot.received()).isEmpty();
        assertThat(snapshot.sent()).isEmpty();
        assertThat(snapshot.droppedReceived() + snapshot.droppedSent() + snapshot.droppedEvents())
                .isZero();
        assertThat(snapshot.toString())
                .isEqualTo("        ms  client                                                        server");
    }

    @Test
    void theConnectionsOfAServerAreInTheOrderOfTime() {
        Recording other = new Recording(8, ticker);
        recording.event(Kind.ACCEPTED);
        ticker.advanceMicros(1);
        other.event(Kind.ACCEPTED);
        received(recording, "a1");
        ticker.advanceMicros(1);
        received(other, "b1");
        ticker.advanceMicros(1);
        received(recording, "a2");
        other.received("0123456789".getBytes(UTF_8), 0, 10);
        other.sent(new byte[1], 0, 1);
        Snapshot both = Snapshot.of(
                List.of(recording.snapshot(1, true, Mask.NONE), other.snapshot(2, true, Mask.NONE)), Mask.NONE);
        assertThat(both.entries())
                .extracting(Object::toString)
                .containsExactly(
                        "#1 ACCEPTED",
                        "#1 RECEIVED 2 bytes \"a1\" [61 31]",
                        "#1 RECEIVED 2 bytes \"a2\" [61 32]",
                        "#2 RECEIVED 7 bytes \"3456789\" [33 34 35 36 37 38 39]",
                        "#2 SENT 1 byte \"\\x00\" [00]");
        assertThat(both.received()).asString().isEqualTo("a1a2" + "3456789");
        assertThat(both.sent()).hasSize(1);
        assertThat(both.droppedReceived()).isEqualTo(5);
        assertThat(both.droppedSent()).isZero();
        assertThat(both.droppedEvents()).isEqualTo(1);
    }

    @Test
    void aServerWithoutConnectionsHasAnEmptyOne() {
        Snapshot none = Snapshot.of(List.of(), Mask.NONE);
        assertThat(none.entries()).isEmpty();
        assertThat(none.received()).isEmpty();
        assertThat(none.toString()).isEmpty();
    }

    @Test
    void anEntrySaysWhatItIs() {
        recording.event(Kind.CLOSED, "fin()");
        assertThat(snapshot(recording).entries().get(0).bytes()).isEmpty();
        assertThat(snapshot(recording).entries().get(0)).hasToString("#1 CLOSED fin()");
    }
}
