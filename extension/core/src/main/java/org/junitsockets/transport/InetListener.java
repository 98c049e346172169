package org.junitsockets.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitsockets.port.Loopback;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.ListeningEndpoint;

/**
 * A listening TCP socket, which can go down and come up at an address that it never lets go of.
 *
 * <p>While it is down a bound socket that does not listen holds the port, so connects are refused
 * and nobody else can bind. {@code SO_REUSEPORT} is set for the moments of the hand-over only: two
 * listeners that both have it would share the port.
 */
public final class InetListener implements ListeningEndpoint {

    private static final SocketOption<Boolean> REUSEPORT = StandardSocketOptions.SO_REUSEPORT;

    private final InetSocketAddress address;
    private final EndpointOptions options;
    private volatile ServerSocketChannel channel;
    private @Nullable Socket holder;

    private InetListener(InetSocketAddress address, EndpointOptions options, ServerSocketChannel channel) {
        this.address = address;
        this.options = options;
        this.channel = channel;
    }

    /**
     * Opens one at an address.
     *
     * @throws java.net.BindException if that is taken
     */
    public static InetListener open(InetSocketAddress address, EndpointOptions options) throws IOException {
        ServerSocketChannel channel = listen(address, options, false);
        return new InetListener((InetSocketAddress) channel.getLocalAddress(), options, channel);
    }

    @Override
    public InetSocketAddress localAddress() {
        return address;
    }

    @Override
    public Optional<SelectableChannel> channel() {
        return Optional.of(channel);
    }

    @Override
    public @Nullable ConnectionEndpoint accept() throws IOException {
        @Nullable SocketChannel accepted = channel.accept();
        return accepted == null ? null : InetConnection.accepted(accepted, options);
    }

    @Override
    public void stop() throws IOException {
        if (channel.supportedOptions().contains(REUSEPORT)) {
            channel.setOption(REUSEPORT, true);
            holder = hold();
        }
        channel.close();
        if (holder != null) {
            holder.setReuseAddress(false);
            holder.setOption(REUSEPORT, false);
        }
    }

    @Override
    public void start() throws IOException {
        boolean handOver = holder != null;
        if (holder != null) {
            holder.setOption(REUSEPORT, true);
        }
        channel = listen(address, options, handOver);
        closeHolder();
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
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

    private static ServerSocketChannel listen(InetSocketAddress address, EndpointOptions options, boolean besideHolder)
            throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(Loopback.family(address.getAddress()));
        try {
            if (options.receiveBuffer() > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBuffer());
            }
            if (besideHolder) {
                channel.setOption(REUSEPORT, true);
            }
            channel.bind(address, options.backlog());
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
