package org.junitsockets.assertj;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junitsockets.assertj.Finding.Shown;
import org.junitsockets.transcript.Bytes;

/** The bytes of one direction of one connection from a place on, and what they can be compared with. */
final class Flow {

    private static final String DROPPED = ", which were dropped (junitsockets.transcript.size)";

    private final Conversation conversation;
    private final Direction direction;
    private final long from;
    private final byte[] bytes;

    Flow(Conversation conversation, Direction direction, long from) {
        this.conversation = conversation;
        this.direction = direction;
        this.from = from;
        this.bytes = conversation.bytes(direction, from);
    }

    /** These first. */
    Finding startsWith(byte[] wanted) {
        if (isDropped()) {
            return cannotTell();
        }
        int at = Arrays.mismatch(wanted, bytes);
        if (at < 0 || at == wanted.length) {
            return match(wanted.length);
        }
        return different(wanted, at);
    }

    /** These and no others. */
    Finding isExactly(byte[] wanted) {
        if (isDropped()) {
            return cannotTell();
        }
        int at = Arrays.mismatch(wanted, bytes);
        return at < 0 ? match(wanted.length) : different(wanted, at);
    }

    private Finding different(byte[] wanted, int at) {
        boolean mayCome = at == bytes.length;
        String problem = bytes.length == 0
                ? "nothing " + direction.verb
                : mayCome
                        ? "not all of it " + direction.verb
                        : at == wanted.length ? "more " + direction.verb : "something else " + direction.verb;
        return Finding.mismatch(problem + place(), () -> {
                    byte[] expected = conversation.shown(direction, from, wanted);
                    byte[] actual = conversation.shown(direction, from);
                    return new Shown(
                            Bytes.describe(expected),
                            Bytes.describe(actual),
                            Bytes.difference(expected, actual, at),
                            conversation.evidence(direction, from + at));
                })
                .unless(!mayCome || hasEnded());
    }

    private String place() {
        return from == 0 ? "" : " behind the first " + count(from);
    }

    /** These somewhere. */
    Finding contains(byte[] wanted) {
        int at = indexOf(wanted, 0);
        if (at >= 0) {
            return match(at + wanted.length);
        }
        return missing(
                "it was not " + direction.past,
                () -> Bytes.describe(conversation.shown(direction, total(), wanted)),
                bytes.length);
    }

    /** These somewhere, each behind the one before it. */
    Finding containsInOrder(List<byte[]> wanted) {
        int at = 0;
        for (int i = 0; i < wanted.size(); i++) {
            int found = indexOf(wanted.get(i), at);
            if (found < 0) {
                String problem = "number " + (i + 1) + " of " + wanted.size() + " was not " + direction.past
                        + (i == 0 ? "" : " behind the one before it");
                byte[] next = wanted.get(i);
                int place = at;
                return missing(problem, () -> Bytes.describe(conversation.shown(direction, from(place), next)), place);
            }
            at = found + wanted.get(i).length;
        }
        return match(at);
    }

    /** All of it as text. */
    Finding matches(Pattern pattern) {
        if (isDropped()) {
            return cannotTell();
        }
        return pattern.matcher(new String(bytes, UTF_8)).matches()
                ? match(bytes.length)
                : missing(
                        "what was " + direction.past + " does not match",
                        () -> "all of it to match " + pattern,
                        bytes.length);
    }

    /** These nowhere. */
    Finding doesNotContain(byte[] unwanted) {
        int at = indexOf(unwanted, 0);
        if (at >= 0) {
            return Finding.mismatch(
                    "it was " + direction.past + ", from byte " + from(at) + " on",
                    () -> Shown.of(
                            "not "
                                    + Bytes.describe(
                                            Arrays.copyOf(conversation.shown(direction, from(at)), unwanted.length)),
                            "",
                            conversation.evidence(direction, from(at))));
        }
        return isDropped() ? cannotTell() : Finding.match();
    }

    Finding isEmpty() {
        return total() <= from ? Finding.match() : mismatch("something was " + direction.past, () -> "0 bytes", 0);
    }

    private Finding missing(String problem, Supplier<String> expected, int place) {
        return mismatch(problem, expected, place).unless(hasEnded());
    }

    private Finding mismatch(String problem, Supplier<String> expected, int place) {
        return Finding.mismatch(
                problem, () -> Shown.of(expected.get(), described(), conversation.evidence(direction, from(place))));
    }

    private Finding match(int length) {
        return Finding.match(direction, conversation.behind(direction, from(length)));
    }

    private Finding cannotTell() {
        return mismatch("it cannot be told, as the beginning is not known", () -> "", 0);
    }

    private String described() {
        return Bytes.describe(conversation.shown(direction, from))
                + (isDropped() ? ", behind the first " + dropped() : "");
    }

    private boolean isDropped() {
        return conversation.isDropped(direction, from);
    }

    private String dropped() {
        return count(conversation.dropped(direction)) + " " + direction.past + DROPPED;
    }

    private long total() {
        return conversation.total(direction);
    }

    /** The place of an index. */
    private long from(int index) {
        return Math.max(from, conversation.dropped(direction)) + index;
    }

    /** No more of this direction will be seen. Only an end in order is sure to be read behind all that came before it. */
    private boolean hasEnded() {
        return direction == Direction.RECEIVED && conversation.hasInputEnded();
    }

    private int indexOf(byte[] wanted, int start) {
        return indexOf(bytes, wanted, start);
    }

    static int indexOf(byte[] bytes, byte[] wanted, int start) {
        for (int at = start; at + wanted.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }

    static String count(long bytes) {
        return bytes == 1 ? "1 byte" : bytes + " bytes";
    }
}
