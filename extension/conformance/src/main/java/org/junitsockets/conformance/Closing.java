package org.junitsockets.conformance;

import static org.junitsockets.Capability.STREAM;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Point 3: threads that meet at one end, and who closes it under the others. */
final class Closing {

    private static final int CHUNK = 64 * 1024;

    /** Two of that do not fit into what a system takes unread, so the writers meet. */
    private static final int CHUNKS = 128;

    private static final int VALUES = 256;
    private static final int BACK = 256 * 1024;
    private static final int CLOSERS = 4;
    private static final String WOKEN = "an IOException, as it was closed from another thread";

    private Closing() {}

    static void wakesARead(Trial trial) throws Exception {
        Ways.each(trial, (from, to) -> {
            Call<?> read = trial.start("a read", () -> to.read(new byte[1], trial.farAhead()));
            read.awaitBlocked(trial.patience());
            to.close();
            Outcome.failed(read, trial.patience(), WOKEN);
        });
    }

    static void wakesAWrite(Trial trial) throws Exception {
        trial.needs(STREAM);
        Ways.each(trial, (from, to) -> {
            Call<?> write = trial.start("a write", () -> writeTooMuch(from));
            write.awaitBlocked(trial.patience());
            from.close();
            Outcome.failed(write, trial.patience(), WOKEN);
        });
    }

    static int writeTooMuch(End end) throws Exception {
        int written = 0;
        while (written < Deadlines.TOO_MUCH) {
            end.write(new byte[CHUNK]);
            written += CHUNK;
        }
        return written;
    }

    static void wakesAnAccept(Trial trial) throws Exception {
        Listener listener = trial.listen();
        Call<?> accept = trial.start("an accept", () -> listener.accept(trial.farAhead()));
        accept.awaitBlocked(trial.patience());
        listener.close();
        Outcome.failed(accept, trial.patience(), WOKEN);
    }

    static void concurrentCalls(Trial trial) throws Exception {
        trial.needs(STREAM);
        EndPair pair = trial.pair();
        End client = pair.client();
        End server = pair.server();
        List<Call<?>> writers = new ArrayList<>();
        for (byte value = 1; value <= 2; value++) {
            byte[] chunk = new byte[CHUNK];
            Arrays.fill(chunk, value);
            writers.add(trial.start("a writer", () -> {
                for (int i = 0; i < CHUNKS; i++) {
                    client.write(chunk);
                }
                return true;
            }));
        }
        for (Call<?> writer : writers) {
            writer.awaitBlocked(trial.patience());
        }
        Call<?> back = trial.start("a writer of the other way", () -> {
            server.write(Bytes.of(0, BACK));
            return true;
        });
        AtomicLongArray counts = new AtomicLongArray(VALUES);
        AtomicLong total = new AtomicLong();
        List<Call<?>> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            readers.add(trial.start("a reader", () -> count(trial, server, counts, total)));
        }
        Bytes.expect(trial, client, Bytes.of(0, BACK));
        back.get(trial.patience());
        for (Call<?> writer : writers) {
            writer.get(trial.patience());
        }
        trial.endOutput(client);
        for (Call<?> reader : readers) {
            reader.get(trial.patience());
        }
        for (int value = 1; value <= 2; value++) {
            long found = counts.get(value);
            if (found != (long) CHUNK * CHUNKS) {
                throw new AssertionError("what two readers at " + server + " have of writer " + value
                        + " of two: found " + Bytes.count(found) + " (expected: " + (long) CHUNK * CHUNKS + ")");
            }
        }
    }

    /** Whoever has the last bytes leaves the end of the stream to the other one. */
    private static boolean count(Trial trial, End end, AtomicLongArray counts, AtomicLong total) throws Exception {
        byte[] buffer = new byte[CHUNK];
        long[] found = new long[VALUES];
        while (total.get() < 2L * CHUNK * CHUNKS) {
            int count = Bytes.read(trial, end, buffer, "part of " + Bytes.count(2L * CHUNK * CHUNKS));
            if (count < 0) {
                break;
            }
            total.addAndGet(count);
            for (int i = 0; i < count; i++) {
                found[buffer[i] & 0xff]++;
            }
        }
        for (int value = 0; value < VALUES; value++) {
            counts.addAndGet(value, found[value]);
        }
        return true;
    }

    static void concurrentCloses(Trial trial) throws Exception {
        Listener listener = trial.listen();
        EndPair pair = trial.pair(listener);
        closeAtOnce(trial, pair.client());
        closeAtOnce(trial, pair.server());
        closeAtOnce(trial, listener);
    }

    private static void closeAtOnce(Trial trial, AutoCloseable closed) throws Exception {
        CyclicBarrier together = new CyclicBarrier(CLOSERS);
        List<Call<?>> closers = new ArrayList<>();
        for (int i = 0; i < CLOSERS; i++) {
            closers.add(trial.start("a close", () -> {
                together.await(trial.patience().toMillis(), TimeUnit.MILLISECONDS);
                closed.close();
                return true;
            }));
        }
        for (Call<?> closer : closers) {
            Throwable thrown = closer.thrown(trial.patience());
            if (thrown instanceof Error error) {
                throw error;
            }
            if (thrown != null) {
                throw new AssertionError(
                        "one of " + CLOSERS + " closes of " + closed + " at once: found " + thrown
                                + " (expected: that it returns)",
                        thrown);
            }
        }
    }
}
