package org.junitsockets.conformance;

import static org.junitsockets.Capability.CONNECTIONS;
import static org.junitsockets.Capability.STREAM;

import java.util.concurrent.atomic.AtomicBoolean;

/** Point 5: who reads slowly holds up who writes, and loses nothing. */
final class Backpressure {

    private static final int CHUNK = 64 * 1024;
    private static final int SHORT = 100_000;
    private static final int[] SIZES = {1, 2, 3, 7, 64, 1000, 5000, 50_000};

    private Backpressure() {}

    static void blocksWithoutLoss(Trial trial) throws Exception {
        trial.needs(STREAM);
        trial.needs(CONNECTIONS);
        Ways.each(trial, (from, to) -> {
            AtomicBoolean enough = new AtomicBoolean();
            Call<Integer> writer = trial.start("a writer", () -> {
                int written = 0;
                while (!enough.get() && written < Deadlines.TOO_MUCH) {
                    from.write(Bytes.of(written, CHUNK));
                    written += CHUNK;
                }
                trial.endOutput(from);
                return written;
            });
            writer.awaitBlocked(trial.patience());
            enough.set(true);
            long total = 0;
            byte[] buffer = new byte[CHUNK];
            for (int count; (count = Bytes.read(trial, to, buffer, total + " bytes of more")) >= 0; ) {
                Bytes.check(to, total, buffer, count);
                total += count;
            }
            int written = writer.get(trial.patience());
            if (total != written) {
                throw new AssertionError("what came to " + to + ": found " + Bytes.count(total) + " (expected: "
                        + written + ", which " + from + " has written)");
            }
        });
    }

    static void shortReads(Trial trial) throws Exception {
        trial.needs(STREAM);
        trial.needs(CONNECTIONS);
        Ways.each(trial, (from, to) -> {
            Call<?> writer = trial.start("a writer", () -> {
                int written = 0;
                for (int i = 0; written < SHORT; i++) {
                    int count = Math.min(SIZES[(i + 3) % SIZES.length], SHORT - written);
                    from.write(Bytes.of(written, count));
                    written += count;
                }
                trial.endOutput(from);
                return true;
            });
            long total = 0;
            for (int i = 0; ; i++) {
                byte[] buffer = new byte[SIZES[i % SIZES.length]];
                int count = Bytes.read(trial, to, buffer, total + " of " + Bytes.count(SHORT));
                if (count < 0) {
                    break;
                }
                Bytes.check(to, total, buffer, count);
                total += count;
            }
            writer.get(trial.patience());
            if (total != SHORT) {
                throw new AssertionError("what came to " + to + " by reads of several sizes: found "
                        + Bytes.count(total) + " (expected: " + SHORT + ")");
            }
        });
    }
}
