package org.junitsockets.supplied;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.ListeningEndpoint;

/** Takes connections out of a queue. */
final class MemoryListener extends MemoryEndpoint implements ListeningEndpoint {

    private final InMemory.Address address;
    private final int backlog;
    private final Runnable onClose;
    private final Deque<MemoryConnection> queue = new ArrayDeque<>();
    private boolean stopped;
    private int clients;

    MemoryListener(InMemory.Address address, int backlog, Runnable onClose) {
        super(address, new Object());
        this.address = address;
        this.backlog = backlog;
        this.onClose = onClose;
    }

    ConnectionEndpoint connect(boolean messages) throws IOException {
        synchronized (lock) {
            if (stopped || closed) {
                throw new ConnectException("Connection refused");
            }
            if (queue.size() > backlog) {
                throw new SocketException("Resource temporarily unavailable");
            }
            InMemory.OPEN.get(address.server()).addAndGet(2);
            MemoryConnection client =
                    MemoryConnection.pair(new InMemory.Address(address.server(), ++clients), address, messages);
            queue.add(client.other());
            lock.notifyAll();
            return client;
        }
    }

    @Override
    boolean isReady(int operations) {
        return !queue.isEmpty();
    }

    @Override
    public @Nullable ConnectionEndpoint accept() throws IOException {
        synchronized (lock) {
            if (closed) {
                throw new ClosedChannelException();
            }
            return queue.poll();
        }
    }

    @Override
    public void stop() throws IOException {
        synchronized (lock) {
            stopped = true;
            while (!queue.isEmpty()) {
                queue.remove().close();
            }
        }
    }

    @Override
    public void start() {
        synchronized (lock) {
            stopped = false;
        }
    }

    @Override
    public void close() throws IOException {
        stop();
        onClose.run();
        super.close();
    }
}
