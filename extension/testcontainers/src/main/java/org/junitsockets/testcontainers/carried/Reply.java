package org.junitsockets.testcontainers.carried;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junitsockets.testcontainers.protocol.Failure;
import org.junitsockets.testcontainers.protocol.Frame;
import org.junitsockets.testcontainers.protocol.Kind;
import org.junitsockets.testcontainers.protocol.ProtocolException;

/** What the agent answers to one request. */
final class Reply implements Receiver {

    /** Does with a reply, on the thread that reads, what must precede all that comes after it. */
    interface Taker {
        void take(Frame reply) throws ProtocolException;
    }

    private final Taker first;
    private @Nullable Frame reply;
    private @Nullable IOException failure;

    Reply(Taker first) {
        this.first = first;
    }

    @Override
    public void received(Frame frame) throws ProtocolException {
        if (frame.kind() == Kind.ERROR) {
            IOException told = Failure.get(frame);
            frame.requireEnd();
            failed(told);
            return;
        }
        first.take(frame);
        Frame kept = new Frame(frame.kind(), frame.id(), ByteBuffer.wrap(frame.getRest()));
        synchronized (this) {
            reply = kept;
            notifyAll();
        }
    }

    @Override
    public synchronized void failed(IOException reason) {
        failure = reason;
        notifyAll();
    }

    /** Waits for it, also if interrupted; {@code null} if it does not come in time. */
    synchronized @Nullable Frame await(Duration longest) throws IOException {
        boolean interrupted = false;
        long end = System.nanoTime() + longest.toNanos();
        try {
            while (reply == null && failure == null) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return null;
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (failure != null) {
            throw Told.again(failure);
        }
        return reply;
    }
}
