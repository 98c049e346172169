package org.junitsockets.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.junitsockets.spi.ConnectionEndpoint;

/**
 * One end of a UNIX stream connection.
 *
 * <p>Linux resets the other end if this one is closed while the kernel has input for it that nobody has
 * read. The JDK can neither peek nor tell input from its end without reading. So {@link #cannotResetBecause()} reads
 * one byte and keeps it for the next read: if it is there, and after it there is something to be read
 * again, the condition is met. Of input without an end that is certain, and takes two bytes. Where the
 * other side has ended its output too, that end may be all that is left; so with exactly one unread byte
 * before the end of output the other side meets an end and no reset.
 */
final class UnixConnection implements ConnectionEndpoint {

    private final SocketChannel channel;
    private final SocketAddress local;
    private final SocketAddress remote;

    /** Two threads that read must not mix up what was read ahead and what comes after. */
    private final Object reading = new Object();

    private final Queue<Byte> readAhead = new ArrayDeque<>(1);

    UnixConnection(SocketChannel channel, SocketAddress local, SocketAddress remote) {
        this.channel = channel;
        this.local = local;
        this.remote = remote;
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
    public boolean finishConnect() throws IOException {
        return channel.finishConnect();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        synchronized (reading) {
            int ahead = 0;
            while (target.hasRemaining() && !readAhead.isEmpty()) {
                target.put(readAhead.remove());
                ahead++;
            }
            if (ahead > 0 || !target.hasRemaining()) {
                return ahead;
            }
            int count = channel.read(target);
            return count == 0 ? UNAVAILABLE : count;
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        if (!source.hasRemaining()) {
            return 0;
        }
        try {
            int count = channel.write(source);
            return count == 0 ? UNAVAILABLE : count;
        } catch (SocketException | ClosedChannelException e) {
            throw e;
        } catch (IOException e) { // EPIPE is no SocketException to the JDK
            SocketException broken = new SocketException(e.getMessage());
            broken.initCause(e);
            throw broken;
        }
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public Optional<String> cannotResetBecause() throws IOException {
        synchronized (reading) {
            String unread = readAhead();
            return unread.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            "a reset over UNIX needs bytes that the other side has sent and nobody has read: found "
                                    + unread + " (expected: at least 2 bytes)");
        }
    }

    @Override
    public void reset() throws IOException {
        channel.close();
    }

    /** Reads a byte ahead, and returns what is unread instead of enough. */
    private String readAhead() throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        int count = channel.read(one);
        if (count < 0) {
            return "the end of its output";
        }
        if (count == 0) {
            return readAhead.isEmpty() ? "none" : bytesReadAhead();
        }
        readAhead.add(one.get(0));
        return isReadable() ? "" : bytesReadAhead();
    }

    private String bytesReadAhead() {
        return readAhead.size() == 1 ? "1 byte" : readAhead.size() + " bytes, each read ahead by an earlier attempt";
    }

    private boolean isReadable() throws IOException {
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            return selector.selectNow() > 0;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
