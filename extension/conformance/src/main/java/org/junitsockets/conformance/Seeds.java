package org.junitsockets.conformance;

import java.util.List;

/** Point 13: what is random can be had again. */
final class Seeds {

    private static final long SEED = 20_260_101;
    private static final int OTHERS = 8;

    private Seeds() {}

    static void sameSeedSameSchedule(Trial trial) throws Exception {
        List<?> first = schedule(trial, SEED);
        if (first.isEmpty()) {
            throw new AssertionError("schedule(" + SEED + "): found an empty list (expected: what is to happen)");
        }
        List<?> again = schedule(trial, SEED);
        if (!again.equals(first)) {
            throw new AssertionError("schedule(" + SEED + ") for the second time: found " + again + " (expected: "
                    + first + ", as for the first)");
        }
        for (int i = 1; i <= OTHERS; i++) {
            if (!schedule(trial, SEED + i).equals(first)) {
                return;
            }
        }
        throw new AssertionError("schedule(" + (SEED + 1) + ") and those of " + (OTHERS - 1) + " further seeds: found "
                + first + " each time, as for " + SEED + " (expected: another one)");
    }

    private static List<?> schedule(Trial trial, long seed) throws Exception {
        return trial.ask(
                "schedule(" + seed + ")", () -> List.copyOf(trial.subject().schedule(seed)));
    }
}
