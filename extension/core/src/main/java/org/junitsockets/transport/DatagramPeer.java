package org.junitsockets.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junitsockets.spi.ConnectionEndpoint;

/** What one sender sends to a server, and what is sent back to him. */
final class DatagramPeer implements ConnectionEndpoint {

    private final DatagramPump pump;
    private final SocketAddress sender;
    private final Queue<DatagramPump.Datagram> queue = new ArrayDeque<>();
    private final WaitingPlace place = new WaitingPlace(() -> !queue.isEmpty());
    private volatile long sequence;
    private volatile int messageLength = -1;

    DatagramPeer(DatagramPump pump, SocketAddress sender) {
        this.pump = pump;
        this.sender = sender;
    }

    /** What came and is unread; the pump's. */
    Queue<DatagramPump.Datagram> queue() {
        return queue;
    }

    WaitingPlace place() {
        return place;
    }

    @Override
    public SocketAddress localAddress() {
        return pump.address();
    }

    @Override
    public SocketAddress remoteAddress() {
        return sender;
    }

    @Override
    public boolean finishConnect() {
        return true;
    }

    /** Writing never has to wait for long: on the loopback interface the receiver takes it at once, or it is lost. */
    @Override
    public boolean poll(int operations, long millis) throws IOException {
        boolean write = (operations & ~SelectionKey.OP_READ) != 0;
        return write || pump.await(place, millis);
    }

    @Override
    public void wakeup() {
        pump.wakeup(place);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        DatagramPump.@Nullable Datagram next = pump.next(this);
        if (next == null) {
            return UNAVAILABLE;
        }
        sequence = next.sequence();
        messageLength = next.content().remaining();
        int count = Math.min(messageLength, target.remaining());
        target.put(next.content().limit(count));
        return count;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public int messageLength() {
        return messageLength;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        boolean empty = !source.hasRemaining();
        int count = pump.send(source, this);
        return count == 0 && !empty ? UNAVAILABLE : count;
    }

    @Override
    public void close() throws IOException {
        pump.close(this);
    }
}
