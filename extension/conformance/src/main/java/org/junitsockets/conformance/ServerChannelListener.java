package org.junitsockets.conformance;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A server channel, and channels as its clients. */
final class ServerChannelListener implements Listener {

    private final ServerSocketChannel channel;
    private final SocketAddress address;
    private final Selecting acceptable;

    ServerChannelListener(ServerSocketChannel channel) throws IOException {
        this.channel = channel;
        this.address = channel.getLocalAddress();
        channel.configureBlocking(false);
        acceptable = new Selecting(channel, SelectionKey.OP_ACCEPT);
    }

    @Override
    public SocketAddress address() {
        return address;
    }

    @Override
    public End accept(Duration timeout) throws IOException {
        return End.of(acceptable.until(timeout, "no connection was made", channel::accept));
    }

    @Override
    public End connect() throws IOException {
        return End.of(SocketChannel.open(address));
    }

    @Override
    public void close() throws IOException {
        try (acceptable) {
            channel.close();
        }
    }

    @Override
    public String toString() {
        return channel.toString();
    }
}
