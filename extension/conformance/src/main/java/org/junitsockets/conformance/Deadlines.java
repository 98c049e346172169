package org.junitsockets.conformance;

import static org.junitsockets.Capability.STREAM;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** Point 2: a deadline ends a call, and nothing else. */
final class Deadlines {

    private static final Duration SOON = Duration.ofMillis(100);
    private static final int CHUNK = 64 * 1024;

    /** More than anything takes that nobody reads. */
    static final int TOO_MUCH = 64 * 1024 * 1024;

    private Deadlines() {}

    static void past(Trial trial) throws Exception {
        for (Duration timeout : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1)}) {
            Ways.each(trial, (from, to) -> endsARead(trial, from, to, timeout));
        }
    }

    static void ahead(Trial trial) throws Exception {
        Ways.each(trial, (from, to) -> endsARead(trial, from, to, SOON));
    }

    private static void endsARead(Trial trial, End from, End to, Duration timeout) throws Exception {
        Outcome.timedOut(trial.start("a read", () -> to.read(new byte[4], timeout)), trial.patience());
        Bytes.pass(trial, to, from, (byte) 1, (byte) 2);
        Bytes.pass(trial, from, to, (byte) 3, (byte) 4);
    }

    static void farAhead(Trial trial) throws Exception {
        Ways.each(trial, (from, to) -> {
            byte[] into = new byte[1];
            Call<Integer> read = trial.start("a read", () -> to.read(into, Duration.ofDays(1)));
            read.awaitBlocked(trial.patience());
            from.write(Bytes.of(7, 1));
            int count = read.get(trial.patience());
            if (count != 1) {
                throw new AssertionError(read.lastStep() + ": found " + count + " (expected: 1)");
            }
            Bytes.check(to, 7, into, count);
        });
    }

    static void ofAWrite(Trial trial) throws Exception {
        trial.needs(STREAM);
        Ways.each(trial, (from, to) -> {
            Call<?> writer = trial.start("writing what nobody reads", () -> {
                for (int written = 0; written < TOO_MUCH; written += CHUNK) {
                    try {
                        from.write(new byte[CHUNK], SOON);
                    } catch (SocketTimeoutException e) {
                        return true;
                    }
                }
                throw new AssertionError("writes by " + from + ": found that " + Bytes.count(TOO_MUCH)
                        + " were taken that nobody read (expected: a SocketTimeoutException)");
            });
            writer.get(trial.patience());
        });
    }
}
