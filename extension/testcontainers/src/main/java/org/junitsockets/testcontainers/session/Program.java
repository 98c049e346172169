package org.junitsockets.testcontainers.session;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs of this machine, without a shell. */
final class Program {

    private Program() {}

    /**
     * Runs one until it ends.
     *
     * @param output where it may write what it says
     * @return what it says
     * @throws IOException if it cannot be run, fails, or does not end in time
     */
    static String run(List<String> command, Path output, Duration patience) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = false;
        try {
            process.getOutputStream().close();
            ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException(command.get(0) + " was interrupted");
            interrupted.initCause(e);
            throw interrupted;
        } finally {
            process.destroyForcibly();
        }
        String said = new String(Files.readAllBytes(output), Charset.defaultCharset()).strip();
        if (!ended) {
            throw new IOException(
                    command.get(0) + " has not ended within " + patience.toSeconds() + " s; it said: " + said);
        }
        if (process.exitValue() != 0) {
            throw new IOException(
                    command.get(0) + ": found exit status " + process.exitValue() + " (expected: 0): " + said);
        }
        return said;
    }
}
