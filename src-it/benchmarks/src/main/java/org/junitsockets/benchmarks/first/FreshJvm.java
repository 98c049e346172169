package org.junitsockets.benchmarks.first;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junitsockets.benchmarks.Jvm;
import org.junitsockets.benchmarks.measure.Candidate;
import org.junitsockets.benchmarks.measure.Series;

/**
 * A first use: each run starts a JVM, which tells what it took in it.
 *
 * @param main what runs in it: it prints nanoseconds on its first line
 */
public record FreshJvm(String name, Class<?> main, List<String> arguments, String classPath) implements Candidate {

    /** Interleaved as within a JVM; one round more than counts, for the disk to have been read. */
    public static Series measure(List<FreshJvm> candidates, int rounds) throws Exception {
        double[][] micros = new double[candidates.size()][rounds];
        for (int round = -1; round < rounds; round++) {
            for (int turn = 0; turn < candidates.size(); turn++) {
                int which = Math.floorMod(turn + round, candidates.size());
                double taken = candidates.get(which).micros();
                if (round >= 0) {
                    micros[which][round] = taken;
                }
            }
        }
        return new Series(List.copyOf(candidates), micros);
    }

    @Override
    public void run() throws Exception {
        micros();
    }

    /** Runs it, and returns what the use itself took. */
    private double micros() throws Exception {
        Process process = Jvm.start(classPath, main, List.of(), arguments.toArray(String[]::new));
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = output.readLine();
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0 || line == null) {
                throw new IOException("the first use of " + name + " failed; it printed: " + line);
            }
            return Long.parseLong(line) / 1e3;
        } finally {
            process.destroyForcibly();
        }
    }
}
