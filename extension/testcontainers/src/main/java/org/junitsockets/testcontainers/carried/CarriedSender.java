package org.junitsockets.testcontainers.carried;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junitsockets.spi.ConnectionEndpoint;

/** What one sender sends to an agent's datagram socket, and what is sent back to him. */
final class CarriedSender implements ConnectionEndpoint {

    /** One that came, and which of all that came to the socket it was. */
    record Message(long sequence, ByteBuffer content) {}

    private final CarriedDatagrams socket;
    private final InetSocketAddress sender;
    private final WaitingPlace place;

    /** The socket's. */
    private final Queue<Message> queue = new ArrayDeque<>();

    private boolean closed;
    private volatile long sequence;
    private volatile int messageLength = -1;

    CarriedSender(CarriedDatagrams socket, InetSocketAddress sender) {
        this.socket = socket;
        this.sender = sender;
        this.place = new WaitingPlace(socket);
    }

    Queue<Message> queue() {
        return queue;
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether it was open. */
    boolean markClosed() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    @Override
    public SocketAddress localAddress() {
        return socket.localAddress();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return sender;
    }

    @Override
    public boolean finishConnect() {
        return true;
    }

    /** Writing does not have to wait: the agent's system takes it at once, or says that it does not. */
    @Override
    public boolean poll(int operations, long millis) {
        boolean write = (operations & ~SelectionKey.OP_READ) != 0;
        return write || socket.await(place, () -> socket.isReady(this), millis);
    }

    @Override
    public void wakeup() {
        place.wakeup();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        @Nullable Message next;
        try {
            next = socket.next(this);
        } finally {
            socket.tell();
        }
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
    public void settle() throws IOException {
        socket.settle();
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
        return socket.send(source, this);
    }

    @Override
    public void close() throws IOException {
        socket.close(this);
    }
}
