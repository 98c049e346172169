package org.junitsockets.conformance;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** A listener under test: each call is a step, and the ends it gives are guarded as well. */
final class GuardedListener implements Listener {

    private final Listener listener;
    private final Trial trial;
    private final AtomicBoolean closed = new AtomicBoolean();

    GuardedListener(Listener listener, Trial trial) {
        this.listener = listener;
        this.trial = trial;
    }

    @Override
    public SocketAddress address() throws IOException {
        return trial.io("address() of the listener", listener::address);
    }

    @Override
    public End accept(Duration timeout) throws IOException {
        return trial.guard(
                trial.io(
                        "accept of the listener with a timeout of " + Timeouts.format(timeout),
                        () -> listener.accept(timeout)),
                Trial.SERVER);
    }

    @Override
    public End connect() throws IOException {
        return trial.guard(trial.io("connect() to the listener", listener::connect), Trial.CLIENT);
    }

    @Override
    public void close() throws IOException {
        closed.set(true);
        trial.io("close() of the listener", () -> {
            listener.close();
            return true;
        });
    }

    /** At the end of a test, if the test has not done it. */
    void closeIfOpen() throws IOException {
        if (!closed.get()) {
            close();
        }
    }

    @Override
    public String toString() {
        return "the listener";
    }
}
