package org.junitsockets.testcontainers.agent;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;

/**
 * The ports that an agent may use, which it takes in turn: one that was let go is the last to be used
 * again.
 */
public final class PortRange {

    /** Opens something at a port, or throws {@link BindException} where that is taken. */
    @FunctionalInterface
    interface Opener<S extends Closeable> {
        S open(int port) throws IOException;
    }

    private final int from;
    private final int to;
    private int next;

    /** Both are included. */
    public PortRange(int from, int to) {
        if (from < 1 || to > 65_535 || from > to) {
            throw new IllegalArgumentException(
                    "ports: found " + from + "-" + to + " (expected: two from 1 to 65535, the lower one first)");
        }
        this.from = from;
        this.to = to;
    }

    static PortRange parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            throw new IllegalArgumentException("--ports: found " + text + " (expected: FROM-TO)");
        }
        return new PortRange(port("--ports", text.substring(0, dash), 1), port("--ports", text.substring(dash + 1), 1));
    }

    static int port(String name, String text, int least) {
        int port;
        try {
            port = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            port = -1;
        }
        if (port < least || port > 65_535) {
            throw new IllegalArgumentException(
                    name + ": found " + text + " (expected: a port from " + least + " to 65535)");
        }
        return port;
    }

    <S extends Closeable> S open(Opener<S> opener) throws IOException {
        int size = to - from + 1;
        String reason = "";
        for (int attempt = 0; attempt < size; attempt++) {
            int port = from + next;
            next = (next + 1) % size;
            try {
                return opener.open(port);
            } catch (BindException e) {
                reason = String.valueOf(e.getMessage());
            }
        }
        throw new BindException(
                "none of the " + size + " ports from " + from + " to " + to + " can be bound: " + reason);
    }
}
