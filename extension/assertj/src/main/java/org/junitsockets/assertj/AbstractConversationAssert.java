package org.junitsockets.assertj;

import static java.util.Objects.requireNonNull;
import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.assertj.Finding.Shown;
import org.junitsockets.transcript.Snapshot;

/**
 * What can be said of what was on the wire between two ends, as one of them saw it.
 *
 * <pre>{@code
 * assertThat(server.connection(1)).received("PING\r\n").then().sent("PONG\r\n").endedByReset();
 * }</pre>
 *
 * <p><b>Order.</b> {@link #received(String)} and {@link #sent(String)} read on: each must be the next
 * bytes of its direction behind what this chain has matched of it so far, from the beginning at first;
 * nothing is skipped. The two directions are independent of each other, until {@link #then()}: of what
 * follows that, all must have been seen after all that was matched before it.
 *
 * <p>The other assertions on bytes are about all of a direction (behind the last {@code then()}), and
 * what follows them in the chain reads on behind what they have matched. Those on events look for one
 * anywhere behind the last {@code then()}. "Seen" means what a transcript says: bytes are received when
 * they are read from the system, and sent when they are given to it.
 *
 * <p>Each {@code assertThat} begins anew.
 *
 * @param <SELF> the type of this assertion
 * @param <ACTUAL> what it is on
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public abstract class AbstractConversationAssert<SELF extends AbstractConversationAssert<SELF, ACTUAL>, ACTUAL>
        extends AbstractTranscriptAssert<SELF, ACTUAL> {

    /** Where the next bytes of each direction are. */
    private Position next = Position.START;

    /** The place behind all that was matched. */
    private Position last = Position.START;

    /** What was passed over by the last {@link #then()} begins here. */
    private Position passed = Position.START;

    AbstractConversationAssert(@Nullable ACTUAL actual, Class<?> selfType) {
        super(actual, selfType);
    }

    // -- in order --------------------------------------------------------------------------------

    /**
     * Verifies what was received next.
     *
     * @param text all of it up to some point
     * @return this assertion
     */
    public SELF received(String text) {
        return received(bytes(text));
    }

    /**
     * Verifies what was received next.
     *
     * @param bytes all of it up to some point
     * @return this assertion
     */
    public SELF received(byte[] bytes) {
        return next(Direction.RECEIVED, bytes);
    }

    /**
     * Verifies what was sent next.
     *
     * @param text all of it up to some point
     * @return this assertion
     */
    public SELF sent(String text) {
        return sent(bytes(text));
    }

    /**
     * Verifies what was sent next.
     *
     * @param bytes all of it up to some point
     * @return this assertion
     */
    public SELF sent(byte[] bytes) {
        return next(Direction.SENT, bytes);
    }

    private SELF next(Direction direction, byte[] bytes) {
        byte[] wanted = requireSome(bytes);
        return awaitOne(direction.call(""), one -> {
            Finding found = new Flow(one, direction, next.of(direction)).startsWith(wanted);
            return found.isMatch() || !one.contains(direction, passed.of(direction), from.of(direction), wanted)
                    ? found
                    : found.adding(" (it was " + direction.past + " before what was matched before then())");
        });
    }

    /**
     * Says that what follows must have been seen after all that this chain has matched so far, and
     * passes over what was before that.
     *
     * @return this assertion
     */
    public SELF then() {
        passed = next;
        from = from.or(last);
        next = next.or(from);
        return myself;
    }

    /**
     * Verifies that texts were received one behind the other, whatever was between them.
     *
     * @param texts in their order
     * @return this assertion
     */
    public SELF receivedInOrder(String... texts) {
        return inOrder(Direction.RECEIVED, Stream.of(texts).map(text -> bytes(text)));
    }

    /**
     * Verifies that bytes were received one behind the other, whatever was between them.
     *
     * @param bytes in their order
     * @return this assertion
     */
    public SELF receivedInOrder(byte[]... bytes) {
        return inOrder(Direction.RECEIVED, Stream.of(bytes));
    }

    /**
     * Verifies that texts were sent one behind the other, whatever was between them.
     *
     * @param texts in their order
     * @return this assertion
     */
    public SELF sentInOrder(String... texts) {
        return inOrder(Direction.SENT, Stream.of(texts).map(text -> bytes(text)));
    }

    /**
     * Verifies that bytes were sent one behind the other, whatever was between them.
     *
     * @param bytes in their order
     * @return this assertion
     */
    public SELF sentInOrder(byte[]... bytes) {
        return inOrder(Direction.SENT, Stream.of(bytes));
    }

    private SELF inOrder(Direction direction, Stream<byte[]> bytes) {
        List<byte[]> wanted = bytes.map(each -> requireSome(each)).toList();
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("found nothing to look for (expected: at least one)");
        }
        return whole(direction, "InOrder", flow -> flow.containsInOrder(wanted));
    }

    // -- all of a direction ----------------------------------------------------------------------

    /**
     * Verifies all that was received. Passes as soon as it has come; {@code receivedNothingMoreWithin}
     * says that nothing follows.
     *
     * @param text all of it
     * @return this assertion
     */
    public SELF receivedExactly(String text) {
        return receivedExactly(bytes(text));
    }

    /**
     * Verifies all that was received. Passes as soon as it has come; {@code receivedNothingMoreWithin}
     * says that nothing follows.
     *
     * @param bytes all of it
     * @return this assertion
     */
    public SELF receivedExactly(byte[] bytes) {
        return exactly(Direction.RECEIVED, bytes);
    }

    /**
     * Verifies all that was sent. Passes as soon as it was.
     *
     * @param text all of it
     * @return this assertion
     */
    public SELF sentExactly(String text) {
        return sentExactly(bytes(text));
    }

    /**
     * Verifies all that was sent. Passes as soon as it was.
     *
     * @param bytes all of it
     * @return this assertion
     */
    public SELF sentExactly(byte[] bytes) {
        return exactly(Direction.SENT, bytes);
    }

    private SELF exactly(Direction direction, byte[] bytes) {
        byte[] wanted = requireSome(bytes);
        return whole(direction, "Exactly", flow -> flow.isExactly(wanted));
    }

    /**
     * Verifies how what was received begins.
     *
     * @param text its beginning
     * @return this assertion
     */
    public SELF receivedStartingWith(String text) {
        return receivedStartingWith(bytes(text));
    }

    /**
     * Verifies how what was received begins.
     *
     * @param bytes its beginning
     * @return this assertion
     */
    public SELF receivedStartingWith(byte[] bytes) {
        return startingWith(Direction.RECEIVED, bytes);
    }

    /**
     * Verifies how what was sent begins.
     *
     * @param text its beginning
     * @return this assertion
     */
    public SELF sentStartingWith(String text) {
        return sentStartingWith(bytes(text));
    }

    /**
     * Verifies how what was sent begins.
     *
     * @param bytes its beginning
     * @return this assertion
     */
    public SELF sentStartingWith(byte[] bytes) {
        return startingWith(Direction.SENT, bytes);
    }

    private SELF startingWith(Direction direction, byte[] bytes) {
        byte[] wanted = requireSome(bytes);
        return whole(direction, "StartingWith", flow -> flow.startsWith(wanted));
    }

    /**
     * Verifies that all that was received matches a regular expression. A dot in it matches no line
     * ends, unless it begins with {@code (?s)}.
     *
     * @param regex of all of it
     * @return this assertion
     */
    public SELF receivedMatching(String regex) {
        return receivedMatching(Pattern.compile(regex));
    }

    /**
     * Verifies that all that was received matches a pattern.
     *
     * @param pattern of all of it
     * @return this assertion
     */
    public SELF receivedMatching(Pattern pattern) {
        return matching(Direction.RECEIVED, pattern);
    }

    /**
     * Verifies that all that was sent matches a regular expression. A dot in it matches no line ends,
     * unless it begins with {@code (?s)}.
     *
     * @param regex of all of it
     * @return this assertion
     */
    public SELF sentMatching(String regex) {
        return sentMatching(Pattern.compile(regex));
    }

    /**
     * Verifies that all that was sent matches a pattern.
     *
     * @param pattern of all of it
     * @return this assertion
     */
    public SELF sentMatching(Pattern pattern) {
        return matching(Direction.SENT, pattern);
    }

    private SELF matching(Direction direction, Pattern pattern) {
        requireNonNull(pattern, "pattern");
        return whole(direction, "Matching", flow -> flow.matches(pattern));
    }

    private SELF whole(Direction direction, String what, Function<Flow, Finding> look) {
        return awaitOne(direction.call(what), one -> look.apply(new Flow(one, direction, from.of(direction))));
    }

    // -- events ----------------------------------------------------------------------------------

    /**
     * Verifies that the other side has ended its output by FIN; over TLS, after its close_notify: a FIN
     * without that is a truncation, and none.
     *
     * @return this assertion
     */
    public SELF endedByFin() {
        String call = "endedByFin()";
        return requireOne(call)
                .happened(
                        call,
                        "a FIN of the other side",
                        entry -> entry.kind() == Kind.FIN_RECEIVED,
                        all -> Conversation.of(all)
                                .get(0)
                                .hasAny(Kind.RESET_RECEIVED, Kind.TRUNCATED)); // behind which there is none
    }

    /**
     * Verifies that the connection was ended by a reset (RST), whichever side did it.
     *
     * @return this assertion
     */
    public SELF endedByReset() {
        return event("endedByReset()", "a reset by either side", Kind.RESET_RECEIVED, Kind.RESET);
    }

    /**
     * Verifies that the other side has reset the connection (RST).
     *
     * @return this assertion
     */
    public SELF wasReset() {
        return event("wasReset()", "a reset by the other side", Kind.RESET_RECEIVED);
    }

    private SELF event(String call, String expected, Kind... kinds) {
        return requireOne(call).happened(call, expected, entry -> List.of(kinds).contains(entry.kind()));
    }

    /**
     * Verifies that one side has ended its output by FIN while the other went on: this end by {@code
     * shutdownOutput()}, or the other side, and this end has sent something after that without being
     * reset for it. A FIN of the other side's alone may as well be the end of everything.
     *
     * @return this assertion
     */
    public SELF halfClosed() {
        return awaitOne("halfClosed()", one -> {
            Optional<Position> here = one.behindEvent(entry -> entry.kind() == Kind.HALF_CLOSED, from);
            boolean wentOn = one.hasBehind(Kind.FIN_RECEIVED, Kind.SENT) && !one.hasAny(Kind.RESET_RECEIVED);
            return here.or(() -> wentOn
                            ? one.behindEvent(entry -> entry.kind() == Kind.FIN_RECEIVED, from)
                            : Optional.empty())
                    .map(behind -> Finding.match(null, behind))
                    .orElseGet(() -> Finding.mismatch(
                                    "it did not happen",
                                    () -> Shown.of(
                                            "a FIN while the other direction goes on", one.state(), one.evidence()))
                            .unless(false));
        });
    }

    /**
     * Verifies that neither side has ended anything, as far as that was read. Looks once.
     *
     * @return this assertion
     */
    public SELF isOpen() {
        return once(
                "isOpen()",
                all -> one(
                        all,
                        one -> one.isOpen()
                                ? Finding.match()
                                : Finding.mismatch("it is not", () -> Shown.of("open", one.state(), one.evidence()))));
    }

    /**
     * Verifies that both directions have ended: by a reset, because this end has ended the connection,
     * or because each side has ended its output.
     *
     * @return this assertion
     */
    public SELF isClosed() {
        return awaitOne(
                "isClosed()",
                one -> one.hasAny(Kind.RESET, Kind.RESET_RECEIVED, Kind.CLOSED, Kind.LEFT)
                                || (one.hasAny(Kind.HALF_CLOSED) && one.hasAny(Kind.FIN_RECEIVED, Kind.TRUNCATED))
                        ? Finding.match()
                        : Finding.mismatch("it was not", () -> Shown.of("closed", one.state(), one.evidence()))
                                .unless(false));
    }

    // -- looking ---------------------------------------------------------------------------------

    private SELF requireOne(String call) {
        return once(call, all -> one(all, one -> Finding.match()));
    }

    SELF awaitOne(String call, Function<Conversation, Finding> look) {
        return await(call, all -> one(all, look));
    }

    /** Bytes of several connections have no order that could be asserted on. */
    private static Finding one(Snapshot all, Function<Conversation, Finding> look) {
        List<Conversation> conversations = Conversation.of(all);
        return conversations.size() == 1
                ? look.apply(conversations.get(0))
                : Finding.mismatch(
                        "it is not that of one connection",
                        () -> Shown.of("one connection, such as server.connection(1)", state(all), Evidence.of(all)));
    }

    @Override
    void matched(Finding found) {
        last = last.or(found.behind());
        if (found.direction() != null) {
            next = next.or(found.direction(), found.behind());
        }
    }

    /** The place behind all that was matched of a direction. */
    long next(Direction direction) {
        return next.of(direction);
    }
}
