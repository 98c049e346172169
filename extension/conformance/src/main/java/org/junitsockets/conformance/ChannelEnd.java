package org.junitsockets.conformance;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A stream channel's end. */
final class ChannelEnd implements End {

    private final SocketChannel channel;
    private final SocketAddress localAddress;
    private final SocketAddress remoteAddress;
    private final Selecting readable;
    private final Selecting writable;

    ChannelEnd(SocketChannel channel) throws IOException {
        this.channel = channel;
        localAddress = channel.getLocalAddress();
        remoteAddress = channel.getRemoteAddress();
        channel.configureBlocking(false);
        readable = new Selecting(channel, SelectionKey.OP_READ);
        writable = new Selecting(channel, SelectionKey.OP_WRITE);
    }

    @Override
    public int read(byte[] into, Duration timeout) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into);
        return readable.until(timeout, "nothing came", () -> {
            int count = channel.read(buffer);
            return count == 0 ? null : count;
        });
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        writable.forEver(() -> writtenAll(buffer));
    }

    @Override
    public void write(byte[] bytes, Duration timeout) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        writable.until(timeout, "not all was taken", () -> writtenAll(buffer));
    }

    private @Nullable Boolean writtenAll(ByteBuffer buffer) throws IOException {
        channel.write(buffer);
        return buffer.hasRemaining() ? null : Boolean.TRUE;
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void reset() throws IOException {
        if (channel.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        close();
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
