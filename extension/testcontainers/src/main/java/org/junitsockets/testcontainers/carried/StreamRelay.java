package org.junitsockets.testcontainers.carried;

import static java.nio.channels.SelectionKey.OP_ACCEPT;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.ListeningEndpoint;
import org.junitsockets.spi.Relay;
import org.junitsockets.work.Workers;

/**
 * A TCP address of an agent's that leads to a server here. Where that refuses, the client meets a reset:
 * his connection has been made already.
 */
final class StreamRelay implements Relay {

    /** Longer than anybody waits; a wait is ended by closing. */
    private static final long LONG_MILLIS = 60_000;

    private final ListeningEndpoint listener;
    private final SocketAddress server;
    private final Set<Pump> pumps = new HashSet<>();
    private boolean closed;

    private StreamRelay(ListeningEndpoint listener, SocketAddress server) {
        this.listener = listener;
        this.server = server;
    }

    static StreamRelay start(ListeningEndpoint listener, SocketAddress server) {
        StreamRelay relay = new StreamRelay(listener, server);
        Workers.run(relay::accept);
        return relay;
    }

    @Override
    public SocketAddress address() {
        return listener.localAddress();
    }

    private void accept() {
        try {
            while (!isClosed()) {
                listener.poll(OP_ACCEPT, LONG_MILLIS);
                @Nullable ConnectionEndpoint accepted = listener.accept();
                if (accepted != null) {
                    Workers.run(() -> serve(accepted));
                }
            }
        } catch (IOException e) {
            // closed, or the connection to the agent has failed: nothing more will come
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void serve(ConnectionEndpoint there) {
        @Nullable Pump pump = connect(there);
        if (pump != null) {
            Workers.run(pump::outwards);
            pump.inwards();
        }
    }

    private @Nullable Pump connect(ConnectionEndpoint there) {
        @Nullable SocketChannel here = null;
        try {
            here = SocketChannel.open();
            here.setOption(StandardSocketOptions.TCP_NODELAY, true);
            here.connect(server);
            Pump[] pump = new Pump[1];
            pump[0] = new Pump(there, here, () -> ended(pump[0]));
            synchronized (this) {
                pumps.add(pump[0]);
                if (!closed) {
                    return pump[0];
                }
            }
            pump[0].reset();
            return null;
        } catch (IOException e) {
            close(there, here);
            return null;
        }
    }

    private static void close(ConnectionEndpoint there, @Nullable SocketChannel here) {
        try {
            if (here != null) {
                here.close();
            }
            there.reset();
        } catch (IOException e) {
            // the connection to the agent has failed, which closes it there
        }
    }

    private synchronized void ended(Pump pump) {
        pumps.remove(pump);
    }

    @Override
    public void close() throws IOException {
        List<Pump> open;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            open = List.copyOf(pumps);
        }
        try {
            listener.close();
        } finally {
            open.forEach(Pump::reset);
        }
    }
}
