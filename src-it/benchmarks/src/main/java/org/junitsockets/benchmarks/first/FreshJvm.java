package org.junitsockets.benchmarks.first;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junitsockets.benchmarks.Jvm;
import org.junitsockets.benchmarks.measure.Candidate;

/** A first use: each run starts a JVM, which tells what it took in it. */
record FreshJvm(String name, String key, String classPath) implements Candidate {

    @Override
    public void run() throws Exception {
        micros();
    }

    /** Runs it, and returns what the use itself took. */
    double micros() throws Exception {
        Process process = Jvm.start(classPath, FirstUse.class, List.of(), key);
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
