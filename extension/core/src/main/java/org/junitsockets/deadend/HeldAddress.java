package org.junitsockets.deadend;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Transport;
import org.junitsockets.deadend.DeadEnds.CloseableDeadEnd;
import org.junitsockets.port.Loopback;

/**
 * An address, and what keeps it what it is.
 *
 * @param kind such as {@code occupied}
 * @param open what is closed with it, the first one last
 */
record HeldAddress(String kind, Transport transport, SocketAddress socketAddress, List<Closeable> open)
        implements CloseableDeadEnd {

    @Override
    public InetSocketAddress address() {
        if (socketAddress instanceof InetSocketAddress internet) {
            return internet;
        }
        throw new UnsupportedOperationException("address() of " + this + ": found " + transport + " at "
                + Loopback.describe(socketAddress)
                + " (expected: a transport with IP addresses; socketAddress() is there for each)");
    }

    @Override
    public void close() {
        closeAll(open);
    }

    static void closeAll(List<? extends Closeable> open) {
        @Nullable UncheckedIOException failure = null;
        for (int i = open.size() - 1; i >= 0; i--) {
            try {
                open.get(i).close();
            } catch (IOException e) {
                failure = new UncheckedIOException("closing a dead end: " + e.getMessage(), e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public String toString() {
        return kind + " endpoint " + socketAddress;
    }
}
