package org.junitsockets.testcontainers.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What a container says, from its start to its end: it is gone then, and with it what it has said. */
final class AgentLog extends ResultCallback.Adapter<Frame> {

    private static final String READY = "junit-sockets agent: control port ";
    private static final int LIMIT = 64 * 1024;

    private final StringBuilder said = new StringBuilder();
    private boolean ended;

    @Override
    public synchronized void onNext(Frame frame) {
        if (said.length() < LIMIT) {
            said.append(new String(frame.getPayload(), UTF_8));
        }
        notifyAll();
    }

    @Override
    public void onError(Throwable failure) {
        super.onError(failure);
        end();
    }

    @Override
    public void onComplete() {
        super.onComplete();
        end();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    synchronized String said() {
        return said.toString().strip();
    }

    /**
     * Waits until the agent says that it listens.
     *
     * @throws IOException if it ends before, or does not say so in time; the message has what was said
     */
    synchronized void awaitAgent(Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (said.indexOf(READY) < 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (ended || left <= 0) {
                throw new IOException("the agent in the container has not begun"
                        + (ended ? ", it has ended" : " within " + patience.toSeconds() + " s")
                        + "; the container said: "
                        + (said.length() == 0 ? "nothing" : said()));
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                InterruptedIOException interrupted = new InterruptedIOException("interrupted while an agent began");
                interrupted.initCause(e);
                throw interrupted;
            }
        }
    }
}
