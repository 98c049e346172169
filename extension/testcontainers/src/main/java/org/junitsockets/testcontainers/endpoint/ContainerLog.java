package org.junitsockets.testcontainers.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The end of what a program in a container has said. */
final class ContainerLog {

    private static final int LINES = 40;
    private static final int BYTES = 16 * 1024;
    private static final int SECONDS = 5;

    private ContainerLog() {}

    /**
     * Returns the end of it.
     *
     * @param what in words, such as {@code container of ...}
     * @return lines that are indented under a title, or one that says why there are none
     */
    static String tail(DockerClient client, String id, String what) {
        Tail tail = new Tail();
        try (Tail reading = client.logContainerCmd(id)
                .withStdOut(true)
                .withStdErr(true)
                .withTail(LINES)
                .exec(tail)) {
            reading.awaitCompletion(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "no log of " + what + ": the thread was interrupted";
        } catch (IOException | RuntimeException e) {
            return "no log of " + what + ": " + Reasons.firstLine(e);
        }
        List<String> lines = tail.text().lines().toList();
        return lines.isEmpty()
                ? "the log of " + what + " is empty"
                : "the end of the log of " + what + ":\n    " + String.join("\n    ", lines);
    }

    /** Keeps the last bytes, however many come. */
    private static final class Tail extends ResultCallback.Adapter<Frame> {

        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        @Override
        public synchronized void onNext(Frame frame) {
            kept.writeBytes(frame.getPayload());
            if (kept.size() > 2 * BYTES) {
                cut();
            }
        }

        private void cut() {
            byte[] all = kept.toByteArray();
            kept.reset();
            kept.write(all, all.length - BYTES, BYTES);
        }

        synchronized String text() {
            if (kept.size() > BYTES) {
                cut();
            }
            return kept.toString(UTF_8);
        }
    }
}
