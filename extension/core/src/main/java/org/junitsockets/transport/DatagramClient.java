package org.junitsockets.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitsockets.port.Loopback;
import org.junitsockets.spi.ConnectionEndpoint;

/** A datagram socket that is connected: it takes datagrams of one sender only, and hears if he is not there. */
final class DatagramClient implements ConnectionEndpoint {

    private final DatagramChannel channel;
    private final SocketAddress local;
    private final SocketAddress remote;

    /** For buffers that a datagram may not fit into: the system does not tell what it has cut. */
    private @Nullable ByteBuffer whole;

    private volatile int messageLength = -1;

    DatagramClient(DatagramChannel channel) throws IOException {
        this.channel = channel;
        this.local = channel.getLocalAddress();
        this.remote = channel.getRemoteAddress();
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
    public boolean finishConnect() {
        return true;
    }

    /** By {@code receive}: the channel's {@code read} returns 0 for an empty datagram and for none. */
    @Override
    public synchronized int read(ByteBuffer target) throws IOException {
        if (target.remaining() >= DatagramPump.LARGEST) {
            int from = target.position();
            if (channel.receive(target) == null) {
                return UNAVAILABLE;
            }
            messageLength = target.position() - from;
            return messageLength;
        }
        if (whole == null) {
            whole = ByteBuffer.allocate(DatagramPump.LARGEST);
        }
        whole.clear();
        if (channel.receive(whole) == null) {
            return UNAVAILABLE;
        }
        whole.flip();
        messageLength = whole.remaining();
        int count = Math.min(messageLength, target.remaining());
        target.put(whole.limit(count));
        return count;
    }

    @Override
    public int messageLength() {
        return messageLength;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        if (!source.hasRemaining()) {
            writeEmpty();
            return 0;
        }
        int count = channel.write(source);
        return count == 0 ? UNAVAILABLE : count;
    }

    /**
     * A channel that is connected sends nothing where there are no bytes, though UDP would. So another one
     * sends it, which has the same address for this moment. Answers, ICMP's too, come to the connected one.
     */
    private synchronized void writeEmpty() throws IOException {
        InetSocketAddress address = (InetSocketAddress) local;
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        try (DatagramChannel unconnected = DatagramChannel.open(Loopback.family(address.getAddress()))) {
            unconnected.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            unconnected.bind(address);
            unconnected.send(ByteBuffer.allocate(0), remote);
        } finally {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, false); // with it others could bind too
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
