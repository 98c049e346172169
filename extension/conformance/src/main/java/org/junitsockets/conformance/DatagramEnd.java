package org.junitsockets.conformance;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A connected datagram channel's end. */
final class DatagramEnd implements End {

    private final DatagramChannel channel;
    private final SocketAddress localAddress;
    private final SocketAddress remoteAddress;
    private final Selecting readable;
    private final Selecting writable;

    /** What came before the channel was connected. */
    private final Deque<byte[]> before = new ArrayDeque<>();

    private DatagramEnd(
            DatagramChannel channel, SocketAddress remoteAddress, Selecting readable, byte @Nullable [] first)
            throws IOException {
        this.channel = channel;
        this.localAddress = channel.getLocalAddress();
        this.remoteAddress = remoteAddress;
        this.readable = readable;
        writable = new Selecting(channel, SelectionKey.OP_WRITE);
        if (first != null) {
            before.add(first);
        }
    }

    static DatagramEnd of(DatagramChannel channel) throws IOException {
        SocketAddress remote = channel.getRemoteAddress();
        if (remote == null) {
            throw new IOException(channel + ": found no remote address (expected: a connected channel)");
        }
        channel.configureBlocking(false);
        return new DatagramEnd(channel, remote, new Selecting(channel, SelectionKey.OP_READ), null);
    }

    static DatagramEnd accepted(DatagramChannel channel, SocketAddress sender, Selecting readable, byte[] first)
            throws IOException {
        channel.connect(sender);
        return new DatagramEnd(channel, sender, readable, first);
    }

    @Override
    public int read(byte[] into, Duration timeout) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into);
        return readable.until(timeout, "no message came", () -> {
            byte[] held = before.poll();
            if (held != null) {
                buffer.put(held, 0, Math.min(held.length, buffer.remaining()));
                return buffer.position();
            }
            return channel.receive(buffer) == null ? null : buffer.position();
        });
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        writable.forEver(() -> sent(bytes));
    }

    @Override
    public void write(byte[] bytes, Duration timeout) throws IOException {
        writable.until(timeout, "the message was not taken", () -> sent(bytes));
    }

    private @Nullable Boolean sent(byte[] bytes) throws IOException {
        return channel.write(ByteBuffer.wrap(bytes)) == bytes.length ? Boolean.TRUE : null;
    }

    @Override
    public SocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public SocketAddress remoteAddress() {
        return remoteAddress;
    }

    @Override
    public void close() throws IOException {
        try (writable;
                readable) {
            channel.close();
        }
    }

    @Override
    public String toString() {
        return channel.toString();
    }
}
