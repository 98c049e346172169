package org.junitsockets.conformance;

import static org.junitsockets.Capability.CONDITIONAL_RESET;
import static org.junitsockets.Capability.HALF_CLOSE;
import static org.junitsockets.Capability.RESET;
import static org.junitsockets.Capability.TLS;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junitsockets.Capability;

/** An end under test: each call is a step, and what it cannot do is a skip or a broken promise. */
final class GuardedEnd implements End {

    private final End end;
    private final String name;
    private final Trial trial;
    private final AtomicBoolean closed = new AtomicBoolean();

    GuardedEnd(End end, String name, Trial trial) {
        this.end = end;
        this.name = name;
        this.trial = trial;
    }

    @Override
    public int read(byte[] into, Duration timeout) throws IOException {
        String step = "read of up to " + Bytes.count(into.length) + " by " + name + " with a timeout of "
                + Timeouts.format(timeout);
        int count = trial.io(step, () -> end.read(into, timeout));
        if (count < -1 || count > into.length || (count == 0 && trial.has(Capability.STREAM))) {
            throw new AssertionError(step + ": found " + count + " (expected: -1, or from 1 to " + into.length + ")");
        }
        return count;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        trial.io("write of " + Bytes.count(bytes.length) + " by " + name, () -> {
            end.write(bytes);
            return true;
        });
    }

    @Override
    public void write(byte[] bytes, Duration timeout) throws IOException {
        trial.io(
                "write of " + Bytes.count(bytes.length) + " by " + name + " with a timeout of "
                        + Timeouts.format(timeout),
                () -> {
                    end.write(bytes, timeout);
                    return true;
                });
    }

    @Override
    public void shutdownOutput() throws IOException {
        trial.io(
                "shutdownOutput() of " + name,
                () -> {
                    end.shutdownOutput();
                    return true;
                },
                HALF_CLOSE);
    }

    @Override
    public void reset() throws IOException {
        closed.set(true);
        trial.io(
                "reset() of " + name,
                () -> {
                    end.reset();
                    return true;
                },
                RESET,
                CONDITIONAL_RESET);
    }

    @Override
    public void handshake() throws IOException {
        trial.io("handshake() of " + name, () -> {
            end.handshake();
            return true;
        });
    }

    @Override
    public String applicationProtocol() throws IOException {
        return trial.io("applicationProtocol() of " + name, end::applicationProtocol, TLS);
    }

    @Override
    public void truncate() throws IOException {
        trial.io(
                "truncate() of " + name,
                () -> {
                    end.truncate();
                    return true;
                },
                TLS);
    }

    @Override
    public SocketAddress localAddress() throws IOException {
        return trial.io("localAddress() of " + name, end::localAddress);
    }

    @Override
    public SocketAddress remoteAddress() throws IOException {
        return trial.io("remoteAddress() of " + name, end::remoteAddress);
    }

    @Override
    public void close() throws IOException {
        closed.set(true);
        trial.io("close() of " + name, () -> {
            end.close();
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
        return name;
    }
}
