package org.junitsockets.testcontainers.carried;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_READ;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.ListeningEndpoint;
import org.junitsockets.spi.Relay;
import org.junitsockets.testcontainers.protocol.Frame;
import org.junitsockets.work.Workers;

/** A UDP address of an agent's that leads to a server here, for whom each sender has an address of its own. */
final class DatagramRelay implements Relay {

    /** Longer than anybody waits; a wait is ended by closing. */
    private static final long LONG_MILLIS = 60_000;

    private final ListeningEndpoint listener;
    private final InetSocketAddress server;
    private final Map<ConnectionEndpoint, DatagramChannel> open = new HashMap<>();
    private boolean closed;

    private DatagramRelay(ListeningEndpoint listener, InetSocketAddress server) {
        this.listener = listener;
        this.server = server;
    }

    static DatagramRelay start(ListeningEndpoint listener, InetSocketAddress server) {
        DatagramRelay relay = new DatagramRelay(listener, server);
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
                @Nullable ConnectionEndpoint sender = listener.accept();
                if (sender != null) {
                    serve(sender);
                }
            }
        } catch (IOException e) {
            // closed, or the connection to the agent has failed: nothing more will come
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void serve(ConnectionEndpoint there) throws IOException {
        DatagramChannel here = DatagramChannel.open();
        try {
            here.bind(new InetSocketAddress(server.getAddress(), 0)); // not connected: that would send no empty message
            synchronized (this) {
                if (!closed) {
                    open.put(there, here);
                    Workers.run(() -> inwards(there, here));
                    Workers.run(() -> outwards(there, here));
                    return;
                }
            }
        } catch (IOException | RuntimeException e) {
            here.close();
            throw e;
        }
        here.close();
        there.close();
    }

    private void inwards(ConnectionEndpoint there, DatagramChannel here) {
        ByteBuffer buffer = ByteBuffer.allocate(Frame.MAX_DATA);
        try {
            while (true) {
                int count = there.read(buffer.clear());
                if (count == ConnectionEndpoint.UNAVAILABLE) {
                    there.poll(OP_READ, LONG_MILLIS);
                } else {
                    here.send(buffer.flip(), server); // if nobody is there it is lost, as on a network
                }
            }
        } catch (IOException e) {
            // closed, as is what it came from
        }
    }

    private void outwards(ConnectionEndpoint there, DatagramChannel here) {
        ByteBuffer buffer = ByteBuffer.allocate(Frame.MAX_DATA);
        try {
            while (true) {
                if (server.equals(here.receive(buffer.clear()))) {
                    there.write(buffer.flip());
                }
            }
        } catch (IOException e) {
            // closed, as is where it goes
        }
    }

    @Override
    public void close() throws IOException {
        Map<ConnectionEndpoint, DatagramChannel> all;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            all = Map.copyOf(open);
        }
        try {
            listener.close();
        } finally {
            for (Map.Entry<ConnectionEndpoint, DatagramChannel> one : all.entrySet()) {
                one.getValue().close();
                one.getKey().close();
            }
        }
    }
}
