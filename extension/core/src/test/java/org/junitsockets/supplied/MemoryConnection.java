package org.junitsockets.supplied;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junitsockets.spi.ConnectionEndpoint;

/** One of two ends, each of which has what the other one has written and it has not read. */
final class MemoryConnection extends MemoryEndpoint implements ConnectionEndpoint {

    private static final int ROOM = 16 * 1024;

    private final SocketAddress remote;
    private final boolean messages;
    private final Deque<ByteBuffer> inbox = new ArrayDeque<>();
    private MemoryConnection other = this;
    private boolean outputEnded;
    private long sequence;

    private MemoryConnection(InMemory.Address local, SocketAddress remote, boolean messages, Object lock) {
        super(local, lock);
        this.remote = remote;
        this.messages = messages;
    }

    /** Returns the client's end. */
    static MemoryConnection pair(InMemory.Address client, InMemory.Address server, boolean messages) {
        Object lock = new Object();
        MemoryConnection one = new MemoryConnection(client, server, messages, lock);
        one.other = new MemoryConnection(server, client, messages, lock);
        one.other.other = one;
        return one;
    }

    MemoryConnection other() {
        return other;
    }

    @Override
    boolean isReady(int operations) {
        return (operations & SelectionKey.OP_CONNECT) != 0
                || ((operations & SelectionKey.OP_READ) != 0 && (!inbox.isEmpty() || other.outputEnded || other.closed))
                || ((operations & SelectionKey.OP_WRITE) != 0 && (other.closed || other.room() > 0));
    }

    private int room() {
        return ROOM - inbox.stream().mapToInt(part -> part.remaining() + 1).sum();
    }

    @Override
    public boolean finishConnect() {
        return true;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        synchronized (lock) {
            if (closed) {
                throw new ClosedChannelException();
            }
            ByteBuffer first = inbox.peek();
            if (first == null) {
                return other.outputEnded || other.closed ? END : UNAVAILABLE;
            }
            int count = Math.min(target.remaining(), first.remaining());
            target.put(target.position(), first, first.position(), count).position(target.position() + count);
            first.position(first.position() + count);
            if (messages || !first.hasRemaining()) {
                inbox.remove();
                sequence++;
            }
            lock.notifyAll();
            return count;
        }
    }

    @Override
    public long sequence() {
        synchronized (lock) {
            return sequence;
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        synchronized (lock) {
            if (closed || outputEnded) {
                throw new ClosedChannelException();
            }
            if (other.closed) {
                throw new SocketException("Broken pipe");
            }
            int room = other.room();
            if (room <= 0 || (messages && source.remaining() > ROOM)) {
                return UNAVAILABLE;
            }
            byte[] taken = new byte[messages ? source.remaining() : Math.min(room, source.remaining())];
            source.get(taken);
            if (messages || taken.length > 0) {
                other.inbox.add(ByteBuffer.wrap(taken));
            }
            lock.notifyAll();
            return taken.length;
        }
    }

    @Override
    public void shutdownOutput() {
        synchronized (lock) {
            outputEnded = true;
            lock.notifyAll();
        }
    }

    @Override
    public void reset() {
        throw new UnsupportedOperationException("it is without the capability");
    }

    @Override
    public SocketAddress remoteAddress() {
        return remote;
    }
}
