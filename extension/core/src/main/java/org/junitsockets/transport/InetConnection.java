package org.junitsockets.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.EndpointOptions;

/** One end of a TCP connection. */
final class InetConnection implements ConnectionEndpoint {

    private final SocketChannel channel;
    private final SocketAddress remote;
    private volatile SocketAddress local;

    /** Whether small writes go out at once; only who writes uses it. */
    private boolean noDelay;

    private InetConnection(SocketChannel channel, SocketAddress remote) throws IOException {
        this.channel = channel;
        this.local = channel.getLocalAddress();
        this.remote = remote;
    }

    static InetConnection accepted(SocketChannel channel, EndpointOptions options) throws IOException {
        try {
            channel.configureBlocking(false);
            if (options.sendBuffer() > 0) {
                channel.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBuffer());
            }
            return new InetConnection(channel, channel.getRemoteAddress());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    static InetConnection connect(SocketChannel channel, InetSocketAddress address, EndpointOptions options)
            throws IOException {
        if (options.receiveBuffer() > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBuffer()); // the connect announces it
        }
        if (options.sendBuffer() > 0) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBuffer());
        }
        channel.configureBlocking(false);
        channel.connect(address);
        return new InetConnection(channel, address);
    }

    @Override
    public boolean finishConnect() throws IOException {
        if (!channel.finishConnect()) {
            return false;
        }
        local = channel.getLocalAddress();
        return true;
    }

    @Override
    public SocketAddress localAddress() {
        return local;
    }

    @Override
    public SocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public Optional<SelectableChannel> channel() {
        return Optional.of(channel);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int count = channel.read(target);
        return count == 0 ? UNAVAILABLE : count;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        if (!noDelay) { // not before: many a connection never writes
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            noDelay = true;
        }
        int count = channel.write(source);
        return count == 0 && source.hasRemaining() ? UNAVAILABLE : count;
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void reset() throws IOException {
        dropUnsent();
        channel.close();
    }

    @Override
    public void dropUnsent() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // closed already
        }
    }

    @Override
    public long unsent() {
        return entry().map(TcpEntry::unsent).orElse(-1L);
    }

    @Override
    public boolean isWithoutEnd() {
        return entry().filter(TcpEntry::isWithoutFin).isPresent();
    }

    private Optional<TcpEntry> entry() {
        return local instanceof InetSocketAddress from && remote instanceof InetSocketAddress to
                ? TcpEntry.of(from, to)
                : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
