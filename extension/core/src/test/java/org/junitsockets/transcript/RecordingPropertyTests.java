package org.junitsockets.transcript;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.ListArbitrary;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.junitsockets.Transcript;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.testing.Background;
import org.junitsockets.time.Ticker;

/** What is kept is the end of all that was recorded, as far as the bounds allow, and the rest is counted. */
class RecordingPropertyTests {

    private static final int MOST_ENTRIES = 8 * 1024;

    /**
     * Something that is recorded, so many times.
     *
     * @param length of the bytes, for those kinds that have some
     * @param buffered whether they come in a buffer, else in an array
     */
    record Step(Kind kind, int length, boolean buffered, int times) {

        boolean hasBytes() {
            return kind == Kind.RECEIVED || kind == Kind.SENT;
        }
    }

    @Property(tries = 400)
    @StatisticsReport(StatisticsReportMode.OFF)
    void theEndOfEverythingIsKept(@ForAll @IntRange(min = 1, max = 700) int size, @ForAll("steps") List<Step> steps) {
        Statistics.label("dropped").collect(check(size, steps)).coverage(coverage -> {
            coverage.check(true).count(some -> some > 0);
            coverage.check(false).count(some -> some > 0);
        });
    }

    @Property(tries = 20)
    @StatisticsReport(StatisticsReportMode.OFF)
    void soItIsWhereThereAreMoreEntriesThanAreKept(
            @ForAll @IntRange(min = 20_000, max = 60_000) int size, @ForAll("manySmallSteps") List<Step> steps) {
        check(size, steps);
        long recorded = steps.stream()
                .filter(step -> step.length > 0 || !step.hasBytes())
                .mapToLong(Step::times)
                .sum();
        Statistics.label("too many")
                .collect(recorded > MOST_ENTRIES)
                .coverage(coverage -> coverage.check(true).count(some -> some > 0));
    }

    @Property(tries = 40)
    void itGrowsToAnySizeWithoutLosingAnything(
            @ForAll @IntRange(min = 1, max = 300_000) int size, @ForAll("largeSteps") List<Step> steps) {
        check(size, steps);
    }

    @Property(tries = 30)
    void severalThreadsAreRecordedAsWereTheyOneAfterTheOther(
            @ForAll @IntRange(min = 1, max = 200_000) int size, @ForAll("steps") List<Step> steps) throws Exception {
        AtomicLong time = new AtomicLong();
        Recording recording = new Recording(size, time::incrementAndGet);
        CyclicBarrier together = new CyclicBarrier(2);
        List<Background<?>> threads = new ArrayList<>();
        for (Kind direction : List.of(Kind.RECEIVED, Kind.SENT)) {
            threads.add(Background.run(() -> {
                byte next = 0;
                together.await(10, TimeUnit.SECONDS);
                for (Step step : steps) {
                    byte[] bytes = new byte[step.length];
                    for (int i = 0; i < bytes.length; i++) {
                        bytes[i] = next++;
                    }
                    if (direction == Kind.RECEIVED) {
                        recording.received(bytes, 0, bytes.length);
                    } else {
                        recording.sent(bytes, 0, bytes.length);
                    }
                }
            }));
        }
        for (Background<?> thread : threads) {
            thread.get();
        }
        long each = steps.stream().mapToLong(Step::length).sum();
        Snapshot snapshot = recording.snapshot(1, true, Mask.NONE);
        assertThat(snapshot.droppedReceived() + snapshot.received().length).isEqualTo(each);
        assertThat(snapshot.droppedSent() + snapshot.sent().length).isEqualTo(each);
        assertThat(snapshot.received().length + snapshot.sent().length).isEqualTo((int) Math.min(size, 2 * each));
        assertCountsUpFrom(snapshot.droppedReceived(), snapshot.received());
        assertCountsUpFrom(snapshot.droppedSent(), snapshot.sent());
        assertThat(snapshot.entries()).extracting(Transcript.Entry::nanoTime).isSorted();
    }

    private static void assertCountsUpFrom(long first, byte[] bytes) {
        byte next = (byte) first;
        for (byte value : bytes) {
            if (value != next++) { // an assertion for each takes too long
                assertThat(value).isEqualTo((byte) (next - 1));
            }
        }
    }

    /** Returns whether something had to be dropped. */
    private static boolean check(int size, List<Step> steps) {
        AtomicLong time = new AtomicLong();
        Ticker ticker = time::incrementAndGet;
        Recording recording = new Recording(size, ticker);
        Oracle oracle = new Oracle(size, MOST_ENTRIES);
        Random random = new Random(size);
        for (Step step : steps) {
            for (int i = 0; i < step.times; i++) {
                record(step, random, recording, oracle);
            }
        }
        Snapshot snapshot = recording.snapshot(1, true, Mask.NONE);
        long droppedReceived = oracle.dropped(Kind.RECEIVED);
        long droppedSent = oracle.dropped(Kind.SENT);
        assertThat(snapshot.entries().stream().map(Oracle::text).toList()).isEqualTo(oracle.kept());
        assertThat(snapshot.droppedReceived()).as("dropped received").isEqualTo(droppedReceived);
        assertThat(snapshot.droppedSent()).as("dropped sent").isEqualTo(droppedSent);
        assertThat(snapshot.droppedEvents()).as("dropped events").isEqualTo(oracle.droppedEvents());
        assertThat(new String(snapshot.received(), ISO_8859_1)).isEqualTo(oracle.kept(Kind.RECEIVED));
        assertThat(new String(snapshot.sent(), ISO_8859_1)).isEqualTo(oracle.kept(Kind.SENT));
        assertThat(snapshot.entries()).extracting(Transcript.Entry::nanoTime).isSorted();
        return droppedReceived + droppedSent > 0;
    }

    /** The bytes are in the middle of something longer, none of which may be taken with them. */
    private static void record(Step step, Random random, Recording recording, Oracle oracle) {
        if (!step.hasBytes()) {
            recording.event(step.kind, "detail");
            oracle.event(step.kind);
            return;
        }
        int offset = random.nextInt(5);
        byte[] bytes = new byte[offset + step.length + random.nextInt(5)];
        random.nextBytes(bytes);
        oracle.bytes(step.kind, bytes, offset, step.length);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).position(offset + step.length);
        if (step.kind == Kind.RECEIVED && step.buffered) {
            recording.received(buffer, offset, false);
        } else if (step.kind == Kind.RECEIVED) {
            recording.received(bytes, offset, step.length);
        } else if (step.buffered) {
            recording.sent(buffer, offset, false);
        } else {
            recording.sent(bytes, offset, step.length);
        }
        assertThat(buffer.position()).isEqualTo(offset + step.length);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return steps(Arbitraries.integers().between(0, 300), Arbitraries.just(1))
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<Step>> manySmallSteps() {
        return steps(
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(1000, 3000))
                .ofMinSize(4)
                .ofMaxSize(10);
    }

    @Provide
    Arbitrary<List<Step>> largeSteps() {
        return steps(Arbitraries.integers().between(0, 70_000), Arbitraries.just(1))
                .ofMaxSize(6);
    }

    private static ListArbitrary<Step> steps(Arbitrary<Integer> lengths, Arbitrary<Integer> times) {
        Arbitrary<Kind> kinds = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.of(Kind.RECEIVED, Kind.SENT)), Tuple.of(1, Arbitraries.of(Kind.class)));
        return Combinators.combine(kinds, lengths, Arbitraries.of(true, false), times)
                .as(Step::new)
                .list();
    }
}
