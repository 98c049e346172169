package org.junitsockets.conformance;

import static org.junitsockets.Capability.CONDITIONAL_RESET;
import static org.junitsockets.Capability.CONNECTIONS;
import static org.junitsockets.Capability.HALF_CLOSE;
import static org.junitsockets.Capability.RESET;

import org.opentest4j.TestAbortedException;

/** Point 4: how a connection ends. */
final class Endings {

    private static final int AGAIN = 3;

    private Endings() {}

    static void halfClose(Trial trial) throws Exception {
        trial.needs(HALF_CLOSE);
        Ways.each(trial, (from, to) -> {
            Bytes.pass(trial, from, to, (byte) 1);
            from.shutdownOutput();
            expectEnd(trial, to, "after the other side's shutdownOutput()");
            Bytes.pass(trial, to, from, (byte) 2, (byte) 3);
            to.shutdownOutput();
            expectEnd(trial, from, "after the other side's shutdownOutput()");
        });
    }

    static void endIsSticky(Trial trial) throws Exception {
        trial.needs(CONNECTIONS);
        Ways.each(trial, (from, to) -> {
            Bytes.pass(trial, from, to, (byte) 1);
            trial.endOutput(from);
            expectEnd(trial, to, "after the other side has ended");
            for (int i = 1; i <= AGAIN; i++) {
                expectEnd(trial, to, "again, behind the end of the stream");
            }
        });
    }

    private static void expectEnd(Trial trial, End end, String when) throws Exception {
        Call<Integer> read = trial.start("a read", () -> end.read(new byte[16], trial.patience()));
        Throwable thrown = read.thrown(trial.patience().multipliedBy(2));
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown != null || read.get(trial.patience()) != -1) {
            throw new AssertionError(
                    read.lastStep() + " " + when + ": found that it " + read.ending(trial.patience())
                            + " (expected: -1, the end of the stream)",
                    thrown);
        }
    }

    static void resetRepeats(Trial trial) throws Exception {
        if (!trial.has(RESET) && !trial.has(CONDITIONAL_RESET)) {
            throw new TestAbortedException("what is under test does not promise " + RESET.words());
        }
        Ways.each(trial, (from, to) -> {
            Bytes.pass(trial, from, to, (byte) 1);
            if (!trial.has(RESET)) {
                to.write(new byte[] {2, 3, 4}); // stays unread, but for what some read to see that there is more
            }
            from.reset();
            for (int i = 1; i <= 1 + AGAIN; i++) {
                Outcome.failed(
                        trial.start("a read", () -> to.read(new byte[16], trial.patience())),
                        trial.patience().multipliedBy(2),
                        i == 1
                                ? "an IOException, as the other side has reset the connection"
                                : "an IOException again, as a read has met the reset before");
            }
        });
    }
}
