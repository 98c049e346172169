package org.junitsockets.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketServer;

/** A server of the library's own, whose accepts have its deadline, and clients of the library's own. */
final class ServerListener implements Listener {

    private final SocketServer server;
    private final SocketClients clients;
    private volatile boolean closed;

    ServerListener(SocketServer server, SocketClients clients) {
        this.server = server;
        this.clients = clients;
    }

    @Override
    public SocketAddress address() {
        return server.socketAddress();
    }

    @Override
    public End accept(Duration timeout) throws IOException {
        long end = Timeouts.endOf(timeout);
        while (true) {
            try {
                return End.of(server.accept());
            } catch (AssertionError e) {
                if (Timeouts.isPast(end)) {
                    SocketTimeoutException late = new SocketTimeoutException(e.getMessage());
                    late.initCause(e);
                    throw late;
                }
            } catch (IllegalStateException e) {
                ClosedChannelException closed = new ClosedChannelException();
                closed.initCause(e);
                throw closed;
            }
        }
    }

    @Override
    public End connect() throws IOException {
        if (!closed) {
            return connect(clients);
        }
        try (SocketClients late = SocketClients.open().transport(server.transport())) {
            return connect(late); // refused, or the end of a connection that should not have been made
        }
    }

    private End connect(SocketClients from) throws IOException {
        try {
            return End.of(from.connect(server.socketAddress()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() {
        closed = true;
        try (clients) {
            server.close();
        }
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
