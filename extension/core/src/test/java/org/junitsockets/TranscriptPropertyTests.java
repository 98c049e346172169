package org.junitsockets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.testing.Background;
import org.junitsockets.testing.Opened;

/** Whatever many threads read and write, both ends have recorded what was on the wire. */
class TranscriptPropertyTests {

    /** More than all that is said in a talk. */
    private static final int LARGE = 16 * 1024 * 1024;

    private static final String SIZE = "junitsockets.transcript.size";

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void bothEndsHaveRecordedWhatWasWritten(
            @ForAll("streams") Transport transport, @ForAll("talks") Talk talk, @ForAll("buffers") int buffers)
            throws Exception {
        Assume.that(transport.unavailableBecause().isEmpty());
        try (Opened opened = Opened.with(transport, SIZE, "" + LARGE);
                SocketPair pair = opened.pair(buffers)) {
            Talk.Streams read = talk.run(pair.client(), pair.server());
            Transcript client = pair.client().transcript();
            Transcript server = pair.server().transcript();
            assertThat(client.sent()).isEqualTo(server.received());
            assertThat(server.sent()).isEqualTo(client.received());
            Talk.assertInOrder(client.sent(), talk.fromClient());
            Talk.assertInOrder(server.sent(), talk.fromServer());
            if (talk.readers() == 1) {
                assertThat(server.received()).isEqualTo(read.fromClient);
                assertThat(client.received()).isEqualTo(read.fromServer);
            } else {
                assertThat(read.fromClient).hasSameSizeAs(server.received());
                assertThat(read.fromServer).hasSameSizeAs(client.received());
            }
            assertWhole(client, Kind.CONNECTED);
            assertWhole(server, Kind.ACCEPTED);
        }
    }

    /** Each event once, and none where it cannot have been. */
    private static void assertWhole(Transcript transcript, Kind first) {
        List<Kind> kinds =
                transcript.entries().stream().map(Transcript.Entry::kind).toList();
        assertThat(kinds).startsWith(first);
        assertThat(kinds).containsOnlyOnce(first, Kind.HALF_CLOSED, Kind.FIN_RECEIVED);
        assertThat(kinds).isSubsetOf(first, Kind.HALF_CLOSED, Kind.FIN_RECEIVED, Kind.SENT, Kind.RECEIVED);
        assertThat(kinds.lastIndexOf(Kind.SENT)).isLessThan(kinds.indexOf(Kind.HALF_CLOSED));
        assertThat(kinds.lastIndexOf(Kind.RECEIVED)).isLessThan(kinds.indexOf(Kind.FIN_RECEIVED));
        assertThat(transcript.entries()).extracting(Transcript.Entry::nanoTime).isSorted();
        assertThat(transcript.entries()).extracting(Transcript.Entry::time).isSorted();
        assertThat(transcript.droppedReceived() + transcript.droppedSent() + transcript.droppedEvents())
                .isZero();
    }

    @Property(tries = 30, shrinking = ShrinkingMode.OFF)
    void whereTheyAreBoundedTheyHaveTheEndOfIt(
            @ForAll("streams") Transport transport,
            @ForAll("talksWithOneReader") Talk talk,
            @ForAll @IntRange(min = 1, max = 20_000) int size)
            throws Exception {
        Assume.that(transport.unavailableBecause().isEmpty());
        try (Opened opened = Opened.with(transport, SIZE, "" + size);
                SocketPair pair = opened.pair()) {
            Talk.Streams streams = talk.run(pair.client(), pair.server());
            Talk.assertInOrder(streams.fromClient, talk.fromClient());
            Talk.assertInOrder(streams.fromServer, talk.fromServer());
            assertEnd(pair.client().transcript(), size, streams.fromServer, streams.fromClient);
            assertEnd(pair.server().transcript(), size, streams.fromClient, streams.fromServer);
        }
    }

    private static void assertEnd(Transcript transcript, int size, byte[] received, byte[] sent) {
        assertThat(transcript.droppedReceived() + transcript.received().length).isEqualTo(received.length);
        assertThat(transcript.droppedSent() + transcript.sent().length).isEqualTo(sent.length);
        assertThat(transcript.received()).isEqualTo(from(transcript.droppedReceived(), received));
        assertThat(transcript.sent()).isEqualTo(from(transcript.droppedSent(), sent));
        assertThat(transcript.received().length + transcript.sent().length)
                .isEqualTo(Math.min(size, received.length + sent.length));
    }

    private static byte[] from(long dropped, byte[] all) {
        return Arrays.copyOfRange(all, (int) dropped, all.length);
    }

    /** However the threads take turns, neither end has an answer before what it answers. */
    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void anAnswerComesAfterWhatItAnswers(
            @ForAll("streams") Transport transport, @ForAll @IntRange(min = 1, max = 400) int count) throws Exception {
        Assume.that(transport.unavailableBecause().isEmpty());
        try (Opened opened = Opened.with(transport);
                SocketPair pair = opened.pair()) {
            Background<?> echo = Background.run(
                    () -> pair.server().input().transferTo(pair.server().output()));
            Background<?> writer = Background.run(() -> {
                for (int i = 0; i < count; i++) {
                    pair.client().write("x");
                }
            });
            assertThat(pair.client().readExactly(count)).hasSize(count);
            writer.get();
            pair.client().shutdownOutput();
            echo.get();
            assertNeverAhead(pair.client().transcript(), Kind.RECEIVED, Kind.SENT);
            assertNeverAhead(pair.server().transcript(), Kind.SENT, Kind.RECEIVED);
        }
    }

    private static void assertNeverAhead(Transcript transcript, Kind answer, Kind answered) {
        int open = 0;
        for (Transcript.Entry entry : transcript.entries()) {
            open += entry.kind() == answered ? entry.bytes().length : 0;
            open -= entry.kind() == answer ? entry.bytes().length : 0;
            assertThat(open).as("bytes without an answer, at %s", entry).isNotNegative();
        }
        assertThat(open).isZero();
    }

    @Provide
    Arbitrary<Integer> buffers() {
        return Arbitraries.of(0, 8 * 1024);
    }

    @Provide
    Arbitrary<Talk> talks() {
        return talks(2);
    }

    @Provide
    Arbitrary<Transport> streams() {
        return Arbitraries.of(Transport.TCP, Transport.TCP6, Transport.UNIX);
    }

    @Provide
    Arbitrary<Talk> talksWithOneReader() {
        return talks(1);
    }

    /** A long message is not taken by the system at once, and others would get in between. */
    private static Arbitrary<Talk> talks(int mostReaders) {
        Arbitrary<Integer> lengths = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.integers().between(Talk.HEAD, 200)),
                Tuple.of(2, Arbitraries.integers().between(Talk.HEAD, 8_000)),
                Tuple.of(2, Arbitraries.integers().between(50_000, 150_000)));
        Arbitrary<List<List<Integer>>> writers =
                lengths.list().ofMaxSize(5).list().ofMaxSize(3);
        return Combinators.combine(
                        writers,
                        writers,
                        Arbitraries.integers().between(1, mostReaders),
                        Arbitraries.integers().between(1, 10_000))
                .as(Talk::new);
    }
}
