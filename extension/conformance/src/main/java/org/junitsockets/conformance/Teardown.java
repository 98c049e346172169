package org.junitsockets.conformance;

import static org.junitsockets.Capability.CONNECTIONS;
import static org.junitsockets.Capability.STREAM;

import java.util.ArrayList;
import java.util.List;

/** Point 12: closing comes to an end, whoever is still at work. */
final class Teardown {

    private static final String WORK = BlockedWork.class.getSimpleName();

    private Teardown() {}

    static void bounded(Trial trial) throws Exception {
        Listener listener = trial.listen();
        EndPair pair = trial.pair(listener);
        List<Call<?>> busy = new ArrayList<>();
        busy.add(trial.start("a read", () -> pair.client().read(new byte[1], trial.farAhead())));
        if (trial.has(STREAM)) {
            busy.add(trial.start("a write", () -> Closing.writeTooMuch(pair.client())));
        } else {
            busy.add(trial.start("a read", () -> pair.server().read(new byte[1], trial.farAhead())));
        }
        if (trial.has(CONNECTIONS)) {
            busy.add(trial.start("an accept", () -> listener.accept(trial.farAhead())));
        }
        for (Call<?> call : busy) {
            call.awaitBlocked(trial.patience());
        }
        Call<?> closing = trial.start("closing", () -> {
            pair.client().close();
            pair.server().close();
            listener.close();
            return true;
        });
        closing.get(trial.patience());
    }

    static void namesWhatBlocks(Trial trial) throws Exception {
        BlockedWork work = new BlockedWork();
        try {
            AutoCloseable stuck =
                    trial.ask("runOnItsOwnThread(work)", () -> trial.subject().runOnItsOwnThread(work));
            work.awaitBegun(trial.patience());
            Call<?> close = trial.start("close() while " + WORK + " blocks it", () -> {
                stuck.close();
                return true;
            });
            Throwable thrown = close.thrown(trial.patience());
            if (thrown == null || !says(thrown, WORK)) {
                throw new AssertionError(
                        close.lastStep() + ": found that it " + close.ending(trial.patience())
                                + " (expected: to throw something that names " + WORK + ")",
                        thrown);
            }
        } finally {
            work.release();
        }
    }

    private static boolean says(Throwable thrown, String name) {
        if (String.valueOf(thrown.getMessage()).contains(name)) {
            return true;
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (says(suppressed, name)) {
                return true;
            }
        }
        return thrown.getCause() != null && says(thrown.getCause(), name);
    }
}
