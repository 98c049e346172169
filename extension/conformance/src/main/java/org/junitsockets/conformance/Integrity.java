package org.junitsockets.conformance;

import static org.junitsockets.Capability.CONNECTIONS;
import static org.junitsockets.Capability.STREAM;

/** Point 1: what is sent arrives. */
final class Integrity {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final int ROUNDS = 1000;

    private Integrity() {}

    static void mebibyte(Trial trial) throws Exception {
        trial.needs(STREAM);
        trial.needs(CONNECTIONS);
        Ways.each(trial, (from, to) -> {
            Call<?> writer = trial.start("writing 1 MiB", () -> {
                from.write(Bytes.of(0, MEBIBYTE));
                trial.endOutput(from);
                return true;
            });
            Bytes.expectToEnd(trial, to, MEBIBYTE);
            writer.get(trial.patience());
        });
    }

    static void pingPong(Trial trial) throws Exception {
        EndPair pair = trial.pair();
        for (int i = 1; i <= ROUNDS; i++) {
            Bytes.pass(trial, pair.client(), pair.server(), (byte) (i >> 8), (byte) i);
            Bytes.pass(trial, pair.server(), pair.client(), (byte) i, (byte) (i >> 8));
        }
    }
}
