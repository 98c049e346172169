package org.junitsockets.assertj;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.assertj.core.api.AbstractObjectAssert;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Transcript.Entry;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.assertj.Finding.Shown;
import org.junitsockets.time.Durations;
import org.junitsockets.transcript.Bytes;
import org.junitsockets.transcript.Live;
import org.junitsockets.transcript.Snapshot;

/**
 * What can be said of what was on the wire, whether of one connection or of several.
 *
 * <p><b>Waiting.</b> What happens on a live server or connection happens on other threads, so an
 * assertion that something was there waits for it: until it is, until it cannot come any more, or
 * until the deadline of that server or connection has passed (5 s by default; {@code within} sets
 * another). One that something was not there looks once. A {@link org.junitsockets.Transcript} does
 * not change, so nothing waits for it.
 *
 * <p><b>Text</b> is UTF-8. How the bytes were cut up on their way makes no difference, but what is
 * looked for must be in one connection.
 *
 * <p><b>What was dropped</b> because a transcript is bounded cannot be asserted on: where that
 * matters, the assertion fails and says so. So does any on a connection that was not recorded.
 *
 * <p>Each failure shows what was expected and what there was, as text and as hex, and the nearest part
 * of the conversation; what {@code junitsockets.transcript.mask} matches is masked in them.
 *
 * @param <SELF> the type of this assertion
 * @param <ACTUAL> what it is on
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public abstract class AbstractTranscriptAssert<SELF extends AbstractTranscriptAssert<SELF, ACTUAL>, ACTUAL>
        extends AbstractObjectAssert<SELF, ACTUAL> {

    private @Nullable Duration within;

    /** What is looked at lies behind this place. */
    Position from = Position.START;

    AbstractTranscriptAssert(@Nullable ACTUAL actual, Class<?> selfType) {
        super(actual, selfType);
    }

    // -- bytes -----------------------------------------------------------------------------------

    /**
     * Verifies that a text was received.
     *
     * @param text what must be somewhere in it
     * @return this assertion
     */
    public SELF receivedContaining(String text) {
        return receivedContaining(bytes(text));
    }

    /**
     * Verifies that bytes were received.
     *
     * @param bytes what must be somewhere in it
     * @return this assertion
     */
    public SELF receivedContaining(byte[] bytes) {
        return contains(Direction.RECEIVED, bytes);
    }

    /**
     * Verifies that a text was sent.
     *
     * @param text what must be somewhere in it
     * @return this assertion
     */
    public SELF sentContaining(String text) {
        return sentContaining(bytes(text));
    }

    /**
     * Verifies that bytes were sent.
     *
     * @param bytes what must be somewhere in it
     * @return this assertion
     */
    public SELF sentContaining(byte[] bytes) {
        return contains(Direction.SENT, bytes);
    }

    private SELF contains(Direction direction, byte[] bytes) {
        byte[] wanted = requireSome(bytes);
        return await(direction.call("Containing"), all -> {
            List<Finding> found = Conversation.of(all).stream()
                    .map(one -> new Flow(one, direction, from.of(direction)).contains(wanted))
                    .toList();
            return found.size() == 1
                    ? found.get(0)
                    : found.stream()
                            .filter(Finding::isMatch)
                            .findFirst()
                            .orElseGet(() -> onNone(all, direction, wanted));
        });
    }

    private static Finding onNone(Snapshot all, Direction direction, byte[] wanted) {
        return Finding.mismatch(
                        "it was " + direction.past + " on none of " + connections(all),
                        () -> Shown.of(Bytes.describe(all.mask().apply(wanted)), "", Evidence.of(all)))
                .unless(false);
    }

    /**
     * Verifies that a text was neither received nor sent. Looks once.
     *
     * @param text what must not be anywhere in it
     * @return this assertion
     */
    public SELF doesNotContain(String text) {
        return doesNotContain(bytes(text));
    }

    /**
     * Verifies that bytes were neither received nor sent. Looks once.
     *
     * @param bytes what must not be anywhere in it
     * @return this assertion
     */
    public SELF doesNotContain(byte[] bytes) {
        byte[] unwanted = requireSome(bytes);
        return once("doesNotContain()", all -> {
            for (Direction direction : Direction.values()) {
                for (Conversation one : Conversation.of(all)) {
                    Finding found = new Flow(one, direction, from.of(direction)).doesNotContain(unwanted);
                    if (!found.isMatch()) {
                        return found;
                    }
                }
            }
            return Finding.match();
        });
    }

    /**
     * Verifies that nothing has been received. Looks once.
     *
     * @return this assertion
     */
    public SELF receivedNothing() {
        return nothing(Direction.RECEIVED);
    }

    /**
     * Verifies that nothing has been sent. Looks once.
     *
     * @return this assertion
     */
    public SELF sentNothing() {
        return nothing(Direction.SENT);
    }

    private SELF nothing(Direction direction) {
        return once(direction.call("Nothing"), all -> {
            for (Conversation one : Conversation.of(all)) {
                Finding found = new Flow(one, direction, from.of(direction)).isEmpty();
                if (!found.isMatch()) {
                    return found;
                }
            }
            return Finding.match();
        });
    }

    /**
     * Verifies how many bytes were received, whatever they were; those that were dropped count.
     *
     * @param count the exact number
     * @return this assertion
     */
    public SELF receivedBytes(long count) {
        return count(Direction.RECEIVED, count);
    }

    /**
     * Verifies how many bytes were sent, whatever they were; those that were dropped count.
     *
     * @param count the exact number
     * @return this assertion
     */
    public SELF sentBytes(long count) {
        return count(Direction.SENT, count);
    }

    private SELF count(Direction direction, long count) {
        if (count < 0) {
            throw new IllegalArgumentException("count: found " + count + " (expected: at least 0)");
        }
        return counting(
                direction.call("Bytes"),
                "byte",
                count,
                all -> Conversation.of(all).stream()
                                .mapToLong(one -> one.total(direction))
                                .sum()
                        - from.of(direction));
    }

    /** Waits until there are so many of something, and no more. */
    SELF counting(String call, String what, long count, ToLongFunction<Snapshot> number) {
        return await(call, all -> {
            long found = number.applyAsLong(all);
            return found == count
                    ? Finding.match()
                    : Finding.mismatch(
                                    found < count ? "too few" : "too many",
                                    () -> Shown.of(count(count, what), count(found, what), Evidence.of(all)))
                            .unless(found > count);
        });
    }

    // -- events ----------------------------------------------------------------------------------

    /**
     * Verifies that a call did not come to its end by its deadline.
     *
     * @return this assertion
     */
    public SELF timedOut() {
        return happened("timedOut()", "a call that timed out", entry -> entry.kind() == Kind.TIMED_OUT);
    }

    /**
     * Verifies that a point was reached.
     *
     * @param name of the checkpoint
     * @return this assertion
     */
    public SELF reachedCheckpoint(String name) {
        requireNonNull(name, "name");
        return await("reachedCheckpoint()", all -> {
            for (Conversation one : Conversation.of(all)) {
                Optional<Position> behind = one.behindEvent(entry -> isCheckpoint(entry, name), from);
                if (behind.isPresent()) {
                    return Finding.match(null, behind.get());
                }
            }
            return checkpoints().contains(name)
                    ? Finding.match()
                    : Finding.mismatch(
                                    "it was not",
                                    () -> Shown.of("'" + all.mask().apply(name) + "'", reached(all), Evidence.of(all)))
                            .unless(false);
        });
    }

    private String reached(Snapshot all) {
        Set<String> names = new LinkedHashSet<>(checkpoints());
        Conversation.of(all).forEach(one -> names.addAll(one.checkpoints()));
        return names.isEmpty()
                ? "none was reached"
                : names.stream().map(name -> "'" + all.mask().apply(name) + "'").collect(Collectors.joining(", "));
    }

    private static boolean isCheckpoint(Entry entry, String name) {
        return entry.kind() == Kind.CHECKPOINT && entry.detail().equals(name);
    }

    /** Those that are in no transcript. */
    Set<String> checkpoints() {
        return Set.of();
    }

    /** Waits until there is such an event. */
    SELF happened(String call, String expected, Predicate<Entry> event) {
        return happened(call, expected, event, all -> false);
    }

    /** Waits until there is such an event, or there can be none any more. */
    SELF happened(String call, String expected, Predicate<Entry> event, Predicate<Snapshot> over) {
        return await(call, all -> {
            for (Conversation one : Conversation.of(all)) {
                Optional<Position> behind = one.behindEvent(event, from);
                if (behind.isPresent()) {
                    return Finding.match(null, behind.get());
                }
            }
            return Finding.mismatch("it did not happen", () -> Shown.of(expected, state(all), Evidence.of(all)))
                    .unless(over.test(all));
        });
    }

    /** How the connection stands, if it is one. */
    static String state(Snapshot all) {
        List<Conversation> conversations = Conversation.of(all);
        return conversations.size() == 1 ? conversations.get(0).state() : connections(all);
    }

    private static String connections(Snapshot all) {
        return count(all.connections().size(), "connection");
    }

    // -- looking ---------------------------------------------------------------------------------

    abstract Live live();

    /** Whose it is, for messages. */
    abstract String label();

    /** What was found is remembered, where what comes next depends on it. */
    void matched(Finding found) {}

    SELF waitingAtMost(Duration longest) {
        within = Durations.requireWait("within", longest, longest);
        return myself;
    }

    /** For assertions on what is got from here. */
    @Nullable
    Duration within() {
        return within;
    }

    /** Fails unless it is found in time. */
    SELF await(String call, Function<Snapshot, Finding> look) {
        isNotNull();
        Live live = live();
        return require(
                call, Patience.await(live, live.deadlineOf(Optional.ofNullable(within)), all -> recorded(all, look)));
    }

    /** Fails unless it is found at once. */
    SELF once(String call, Function<Snapshot, Finding> look) {
        isNotNull();
        return require(call, recorded(live().transcript(), look));
    }

    /** What was not recorded would seem never to have been there. */
    private static Finding recorded(Snapshot all, Function<Snapshot, Finding> look) {
        return all.isRecorded()
                ? look.apply(all)
                : Finding.mismatch(
                        "it cannot be told, as nothing is recorded (junitsockets.transcript.size)",
                        () -> Shown.of("", "", Evidence.of(all)));
    }

    SELF require(String call, Finding found) {
        if (!found.isMatch()) {
            Shown shown = found.shown().get();
            String behind = from.equals(Position.START) ? "" : " after then()";
            String message = call + behind + " on " + label() + ": " + found.problem() + shown.comparison() + "\n"
                    + shown.evidence();
            throw shown.expected().isEmpty() || shown.actual().isEmpty()
                    ? failure("%s", message)
                    : failureWithActualExpected(shown.actual(), shown.expected(), "%s", message);
        }
        matched(found);
        return myself;
    }

    // -- arguments -------------------------------------------------------------------------------

    static byte[] bytes(String text) {
        return requireNonNull(text, "text").getBytes(UTF_8);
    }

    /** Nothing is everywhere: who looks for it has made a mistake. */
    static byte[] requireSome(byte[] bytes) {
        if (requireNonNull(bytes, "bytes").length == 0) {
            throw new IllegalArgumentException("bytes: found none (expected: at least one)");
        }
        return bytes.clone();
    }

    static String count(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
