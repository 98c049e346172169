package org.junitsockets.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.junitsockets.port.Loopback;
import org.junitsockets.port.Ports;
import org.junitsockets.readiness.Readiness;
import org.junitsockets.spec.ServerSpec;

/**
 * The listening socket, which can go down and come up at an address that it never lets go of.
 *
 * <p>While it is down a bound socket that does not listen holds the port, so connects are refused
 * and nobody else can bind. {@code SO_REUSEPORT} is set for the moments of the hand-over only: two
 * listeners that both have it would share the port.
 *
 * <p>Not thread-safe but for waiting: its server calls it under its lock.
 */
final class Listener {

    private static final SocketOption<Boolean> REUSEPORT = StandardSocketOptions.SO_REUSEPORT;

    private final ServerSpec spec;
    private final InetSocketAddress address;
    private ServerSocketChannel channel;
    private Readiness readiness;
    private @Nullable Socket holder;

    private Listener(ServerSpec spec, ServerSocketChannel channel) throws IOException {
        this.spec = spec;
        this.channel = channel;
        this.readiness = new Readiness(channel);
        this.address = (InetSocketAddress) channel.getLocalAddress();
    }

    static Listener open(ServerSpec spec) throws IOException {
        return new Listener(spec, Ports.open(spec.transport(), new Ports.Opener<ServerSocketChannel>() {
            @Override
            public ServerSocketChannel open(InetSocketAddress address) throws IOException {
                return listen(spec, address, false);
            }
        }));
    }

    InetSocketAddress address() {
        return address;
    }

    long ticket() {
        return readiness.ticket();
    }

    /** The current waiting place; a later one belongs to a later start. */
    Readiness readiness() {
        return readiness;
    }

    void rouse() {
        readiness.rouse();
    }

    /**
     * Takes a connection out of the system's queue, if there is one.
     *
     * @param likely whether there should be one: to find none costs as much as ten looks, which are
     *     otherwise taken first
     */
    @Nullable
    SocketChannel accept(boolean likely) throws IOException {
        return likely || readiness.look(SelectionKey.OP_ACCEPT) ? channel.accept() : null;
    }

    void stop() throws IOException {
        if (channel.supportedOptions().contains(REUSEPORT)) {
            channel.setOption(REUSEPORT, true);
            holder = hold();
        }
        readiness.close(channel);
        if (holder != null) {
            holder.setReuseAddress(false);
            holder.setOption(REUSEPORT, false);
        }
    }

    void start() throws IOException {
        boolean handOver = holder != null;
        if (holder != null) {
            holder.setOption(REUSEPORT, true);
        }
        channel = listen(spec, address, handOver);
        readiness = new Readiness(channel);
        closeHolder();
    }

    void close() throws IOException {
        try {
            readiness.close(channel);
        } finally {
            closeHolder();
        }
    }

    private void closeHolder() throws IOException {
        if (holder != null) {
            holder.close();
            holder = null;
        }
    }

    private Socket hold() throws IOException {
        Socket socket = new Socket();
        try {
            socket.setReuseAddress(true);
            socket.setOption(REUSEPORT, true);
            socket.bind(address);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static ServerSocketChannel listen(ServerSpec spec, InetSocketAddress address, boolean besideHolder)
            throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(Loopback.family(address.getAddress()));
        try {
            if (spec.receiveBuffer() > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, spec.receiveBuffer());
            }
            if (besideHolder) {
                channel.setOption(REUSEPORT, true);
            }
            channel.bind(address, spec.backlog());
            if (besideHolder) {
                channel.setOption(REUSEPORT, false);
            }
            channel.configureBlocking(false);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
