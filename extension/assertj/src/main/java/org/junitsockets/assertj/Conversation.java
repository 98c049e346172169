package org.junitsockets.assertj;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Predicate;
import org.junitsockets.Transcript.Entry;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.transcript.Snapshot;

/** The transcript of one connection, by positions. */
final class Conversation {

    private final Snapshot snapshot;
    private final Snapshot all;
    private final byte[] received;
    private final byte[] sent;

    private Conversation(Snapshot snapshot, Snapshot all) {
        this.snapshot = snapshot;
        this.all = all;
        this.received = snapshot.received();
        this.sent = snapshot.sent();
    }

    static List<Conversation> of(Snapshot all) {
        return all.connections().stream().map(one -> new Conversation(one, all)).toList();
    }

    long dropped(Direction direction) {
        return direction == Direction.RECEIVED ? snapshot.droppedReceived() : snapshot.droppedSent();
    }

    long total(Direction direction) {
        return dropped(direction) + kept(direction).length;
    }

    /** Whether some of what is behind a place is not known any more. */
    boolean isDropped(Direction direction, long from) {
        return from < dropped(direction);
    }

    /** What is known to be behind a place. */
    byte[] bytes(Direction direction, long from) {
        return tail(kept(direction), from - dropped(direction));
    }

    /** The same, to be shown. */
    byte[] shown(Direction direction, long from) {
        Snapshot masked = snapshot.masked();
        return tail(direction == Direction.RECEIVED ? masked.received() : masked.sent(), from - dropped(direction));
    }

    /** What is expected at a place, to be shown: what is masked may depend on what is before it. */
    byte[] shown(Direction direction, long from, byte[] expected) {
        byte[] before = kept(direction);
        int length = (int) Math.max(0, Math.min(before.length, from - dropped(direction)));
        byte[] both = Arrays.copyOf(before, length + expected.length);
        System.arraycopy(expected, 0, both, length, expected.length);
        return tail(snapshot.mask().apply(both), length);
    }

    private byte[] kept(Direction direction) {
        return direction == Direction.RECEIVED ? received : sent;
    }

    private static byte[] tail(byte[] bytes, long from) {
        return Arrays.copyOfRange(bytes, (int) Math.max(0, Math.min(bytes.length, from)), bytes.length);
    }

    /** The place right behind so many bytes of a direction: all that was seen before the last of them is before it. */
    Position behind(Direction direction, long count) {
        Position at = new Position(snapshot.droppedReceived(), snapshot.droppedSent(), snapshot.droppedEvents());
        for (Entry entry : snapshot.entries()) {
            if (at.of(direction) >= count) {
                return at;
            }
            Position next = after(at, entry);
            at = next.of(direction) <= count ? next : cut(next, direction, count);
        }
        return at;
    }

    private static Position after(Position at, Entry entry) {
        int length = entry.bytes().length;
        return switch (entry.kind()) {
            case RECEIVED -> new Position(at.received() + length, at.sent(), at.events());
            case SENT -> new Position(at.received(), at.sent() + length, at.events());
            default -> new Position(at.received(), at.sent(), at.events() + 1);
        };
    }

    private static Position cut(Position at, Direction direction, long count) {
        return direction == Direction.RECEIVED
                ? new Position(count, at.sent(), at.events())
                : new Position(at.received(), count, at.events());
    }

    /** The place behind the first such event that is behind a place. */
    Optional<Position> behindEvent(Predicate<Entry> event, Position from) {
        Position at = new Position(snapshot.droppedReceived(), snapshot.droppedSent(), snapshot.droppedEvents());
        for (Entry entry : snapshot.entries()) {
            at = after(at, entry);
            if (entry.bytes().length == 0 && at.events() > from.events() && event.test(entry)) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    /** Whether bytes are somewhere between two places. */
    boolean contains(Direction direction, long from, long to, byte[] wanted) {
        byte[] known = bytes(direction, from);
        int end = (int) Math.max(0, Math.min(known.length, to - Math.max(from, dropped(direction))));
        return Flow.indexOf(Arrays.copyOf(known, end), wanted, 0) >= 0;
    }

    /** The points that were reached. */
    List<String> checkpoints() {
        return snapshot.entries().stream()
                .filter(entry -> entry.kind() == Kind.CHECKPOINT)
                .map(Entry::detail)
                .toList();
    }

    boolean isOpen() {
        return !hasAny(
                Kind.FIN_RECEIVED,
                Kind.RESET_RECEIVED,
                Kind.TRUNCATED,
                Kind.TLS_FAILED,
                Kind.CLOSE_NOTIFY_RECEIVED,
                Kind.CLOSE_NOTIFY_SENT,
                Kind.HALF_CLOSED,
                Kind.CLOSED,
                Kind.LEFT,
                Kind.RESET);
    }

    /** Whether the other side has ended its output, in order or not; all that it sent before has been read. */
    boolean hasInputEnded() {
        return hasAny(Kind.FIN_RECEIVED, Kind.TRUNCATED, Kind.CLOSE_NOTIFY_RECEIVED);
    }

    boolean hasAny(Kind... kinds) {
        return snapshot.entries().stream().anyMatch(entry -> List.of(kinds).contains(entry.kind()));
    }

    /** Whether there is one kind behind another. */
    boolean hasBehind(Kind first, Kind later) {
        return snapshot.entries().stream()
                .dropWhile(entry -> entry.kind() != first)
                .anyMatch(entry -> entry.kind() == later);
    }

    /** How it stands, as far as it says. */
    String state() {
        StringJoiner state = new StringJoiner(", then ");
        for (Entry entry : snapshot.masked().entries()) {
            String by = entry.detail().isEmpty() ? "" : " by " + entry.detail();
            switch (entry.kind()) {
                case FIN_RECEIVED -> state.add("ended by the other side (FIN)");
                case RESET_RECEIVED -> state.add("reset by the other side");
                case TRUNCATED -> state.add("ended by the other side without close_notify (truncated)");
                case CLOSE_NOTIFY_RECEIVED -> state.add("close_notify received");
                case CLOSE_NOTIFY_SENT -> state.add("close_notify sent");
                case TLS_FAILED -> state.add("failed in TLS" + (entry.detail().isEmpty() ? "" : ": " + entry.detail()));
                case TLS_STALLED -> state.add("silent in TLS");
                case PORT_UNREACHABLE -> state.add("nobody there (port unreachable)");
                case HALF_CLOSED -> state.add("half-closed here");
                case CLOSED -> state.add("ended here" + by);
                case LEFT -> state.add("closed here" + by);
                case RESET -> state.add("reset here" + by);
                default -> {}
            }
        }
        return state.length() == 0 ? "open" : state.toString();
    }

    /** What is next to the byte behind so many, or to the end. */
    String evidence(Direction direction, long count) {
        Position at = new Position(snapshot.droppedReceived(), snapshot.droppedSent(), snapshot.droppedEvents());
        List<Entry> entries = snapshot.entries();
        for (int i = 0; i < entries.size(); i++) {
            at = after(at, entries.get(i));
            if (at.of(direction) > count) {
                return Evidence.around(i, snapshot, all);
            }
        }
        return evidence();
    }

    /** The end. */
    String evidence() {
        return Evidence.around(snapshot.entries().size() - 1, snapshot, all);
    }
}
