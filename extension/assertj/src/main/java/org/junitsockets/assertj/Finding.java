package org.junitsockets.assertj;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a transcript has found.
 *
 * @param isMatch whether it was what is expected
 * @param isSettled whether a later look would find the same
 * @param direction of the bytes that matched, if any did
 * @param behind the place behind what matched
 * @param problem what is wrong
 * @param shown what else a message says; asked only if there is one
 */
record Finding(
        boolean isMatch,
        boolean isSettled,
        @Nullable Direction direction,
        Position behind,
        String problem,
        Supplier<Shown> shown) {

    /**
     * What a failure shows.
     *
     * @param expected in words, empty if the problem says it
     * @param actual in words, empty if the problem says it
     * @param comparison of the two
     * @param evidence the part of the conversation that shows it
     */
    record Shown(String expected, String actual, String comparison, String evidence) {

        static Shown of(String expected, String actual, String evidence) {
            return new Shown(
                    expected,
                    actual,
                    (expected.isEmpty() ? "" : "\n  expected: " + expected)
                            + (actual.isEmpty() ? "" : "\n   but was: " + actual),
                    evidence);
        }
    }

    static Finding match(@Nullable Direction direction, Position behind) {
        return new Finding(true, true, direction, behind, "", () -> Shown.of("", "", ""));
    }

    /** Nothing to remember of it. */
    static Finding match() {
        return match(null, Position.START);
    }

    /** Nothing has come so far, as nothing must until time is up. */
    static Finding quiet(boolean settled, Supplier<Shown> shown) {
        return new Finding(true, settled, null, Position.START, "", shown);
    }

    static Finding mismatch(String problem, Supplier<Shown> shown) {
        return new Finding(false, true, null, Position.START, problem, shown);
    }

    /** The same; unless settled, what is missing may still come. */
    Finding unless(boolean settled) {
        return new Finding(isMatch, settled, direction, behind, problem, shown);
    }

    /** Nothing is known of what there would have been in time. */
    Finding brokenOff() {
        String before = problem.isEmpty() ? "time was not up" : problem;
        return mismatch(before + " before the thread was interrupted", shown);
    }

    Finding adding(String remark) {
        return new Finding(isMatch, isSettled, direction, behind, problem + remark, shown);
    }
}
