package org.junitsockets.testcontainers.carried;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.ListeningEndpoint;
import org.junitsockets.testcontainers.protocol.Frame;
import org.junitsockets.testcontainers.protocol.Kind;
import org.junitsockets.testcontainers.protocol.ProtocolException;

/**
 * A listening TCP socket of an agent's. Connections stay in its system's queue until {@link #accept()} asks
 * the agent for one.
 */
final class CarriedListener implements ListeningEndpoint, Receiver {

    private final AgentClient client;
    private final int id;
    private final EndpointOptions options;
    private final Object lock = new Object();
    private final WaitingPlace place = new WaitingPlace(lock);

    private volatile @Nullable InetSocketAddress address;
    private boolean acceptable;
    private boolean closed;
    private @Nullable IOException failure;

    CarriedListener(AgentClient client, int id, EndpointOptions options) {
        this.client = client;
        this.id = id;
        this.options = options;
    }

    void opened(InetSocketAddress reachable) {
        address = reachable;
    }

    @Override
    public InetSocketAddress localAddress() {
        return requireNonNull(address, "it was opened");
    }

    @Override
    public void received(Frame frame) throws ProtocolException {
        if (frame.kind() != Kind.ACCEPTABLE) {
            throw ProtocolException.found("a frame for a listener", frame, "ACCEPTABLE");
        }
        frame.requireEnd();
        acceptable(true);
    }

    private void acceptable(boolean value) {
        synchronized (lock) {
            acceptable = value;
            place.nudge();
        }
    }

    @Override
    public void failed(IOException reason) {
        synchronized (lock) {
            failure = reason;
            place.nudge();
        }
    }

    private void requireOpen() throws IOException {
        synchronized (lock) {
            if (closed) {
                throw new ClosedChannelException();
            }
            if (failure != null) {
                throw Told.again(failure);
            }
        }
    }

    @Override
    public @Nullable ConnectionEndpoint accept() throws IOException {
        requireOpen();
        int stream = client.newId();
        CarriedConnection connection = new CarriedConnection(client, stream, localAddress(), options);
        client.register(stream, connection);
        boolean accepted = false;
        try {
            Frame reply = client.request(
                    Kind.ACCEPT,
                    id,
                    frame -> frame.putInt(stream),
                    first -> acceptable(first.getBoolean())); // what was said before was of this one
            accepted = reply.getBoolean();
            if (accepted) {
                connection.accepted(reply.getAddress());
            }
            reply.requireEnd();
            return accepted ? connection : null;
        } finally {
            if (!accepted) {
                client.unregister(stream);
            }
        }
    }

    @Override
    public boolean poll(int operations, long millis) {
        return place.await(() -> acceptable || closed || failure != null, millis);
    }

    @Override
    public void wakeup() {
        place.wakeup();
    }

    @Override
    public void settle() throws IOException {
        client.fence();
    }

    @Override
    public void stop() throws IOException {
        requireOpen();
        client.request(Kind.STOP, id, frame -> {}, first -> acceptable(false)).requireEnd();
    }

    @Override
    public void start() throws IOException {
        requireOpen();
        client.request(Kind.START, id).requireEnd();
    }

    @Override
    public void close() throws IOException {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            place.nudge();
            if (failure != null) {
                return; // the agent has closed it
            }
        }
        client.close(id, frame -> {});
    }
}
