package org.junitsockets.conformance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.Arrays;

/** A datagram channel that waits for its only peer, and channels as its clients. */
final class DatagramListener implements Listener {

    /** No datagram is longer. */
    private static final int LONGEST = 65_535;

    private final DatagramChannel channel;
    private final InetSocketAddress address;
    private final Selecting readable;
    private volatile boolean accepted;

    DatagramListener(DatagramChannel channel) throws IOException {
        this.channel = channel;
        this.address = (InetSocketAddress) channel.getLocalAddress();
        channel.configureBlocking(false);
        readable = new Selecting(channel, SelectionKey.OP_READ);
    }

    @Override
    public SocketAddress address() {
        return address;
    }

    @Override
    public End accept(Duration timeout) throws IOException {
        if (accepted) {
            throw new UnsupportedOperationException("a DatagramChannel has one peer at a time");
        }
        ByteBuffer first = ByteBuffer.allocate(LONGEST);
        SocketAddress from = readable.until(timeout, "no message came", () -> channel.receive(first));
        accepted = true;
        return DatagramEnd.accepted(channel, from, readable, Arrays.copyOf(first.array(), first.position()));
    }

    @Override
    public End connect() throws IOException {
        DatagramChannel client = DatagramChannel.open();
        try {
            client.bind(new InetSocketAddress(address.getAddress(), 0)); // or it would be open to all for a moment
            return End.of(client.connect(address));
        } catch (IOException | RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /** The accepted end is the channel itself, and stays. */
    @Override
    public void close() throws IOException {
        if (accepted) {
            return;
        }
        try (readable) {
            channel.close();
        }
    }

    @Override
    public String toString() {
        return channel.toString();
    }
}
