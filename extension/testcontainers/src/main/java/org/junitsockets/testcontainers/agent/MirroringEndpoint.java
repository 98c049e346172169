package org.junitsockets.testcontainers.agent;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.testcontainers.protocol.Frame;

/**
 * The socket of a handler: it gives first what has been read before the handler came, and stands still while
 * the test is too far behind.
 */
final class MirroringEndpoint implements ConnectionEndpoint {

    private final ConnectionEndpoint socket;
    private final Mirror mirror;
    private @Nullable ByteBuffer readBefore;

    MirroringEndpoint(ConnectionEndpoint socket, byte[] readBefore, Mirror mirror) {
        this.socket = socket;
        this.mirror = mirror;
        this.readBefore = ByteBuffer.wrap(readBefore);
    }

    @Override
    public SocketAddress localAddress() {
        return socket.localAddress();
    }

    @Override
    public SocketAddress remoteAddress() {
        return socket.remoteAddress();
    }

    @Override
    public Optional<SelectableChannel> channel() {
        return socket.channel();
    }

    @Override
    public boolean finishConnect() {
        return true;
    }

    /** Without credit nothing can succeed; when there is some, whoever waits is roused. */
    @Override
    public int interest(int operations) {
        return mirror.credit() > 0 ? operations : 0;
    }

    /** Only one thread reads at a time. */
    @Override
    public int read(ByteBuffer target) throws IOException {
        int most = Math.min(Math.min(target.remaining(), mirror.credit()), Frame.MAX_DATA);
        if (most <= 0 && target.hasRemaining()) {
            return UNAVAILABLE;
        }
        int limit = target.limit();
        target.limit(target.position() + most);
        try {
            return readSome(target);
        } finally {
            target.limit(limit);
        }
    }

    private int readSome(ByteBuffer target) throws IOException {
        @Nullable ByteBuffer before = readBefore;
        if (before == null) {
            return socket.read(target);
        }
        int count = Math.min(before.remaining(), target.remaining());
        target.put(before.slice(before.position(), count));
        before.position(before.position() + count);
        if (!before.hasRemaining()) {
            readBefore = null;
        }
        return count > 0 ? count : socket.read(target);
    }

    /** Only one thread writes at a time. */
    @Override
    public int write(ByteBuffer source) throws IOException {
        int most = Math.min(Math.min(source.remaining(), mirror.credit()), Frame.MAX_DATA);
        if (most <= 0 && source.hasRemaining()) {
            return UNAVAILABLE;
        }
        int limit = source.limit();
        source.limit(source.position() + most);
        try {
            return socket.write(source);
        } finally {
            source.limit(limit);
        }
    }

    @Override
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void reset() throws IOException {
        socket.reset();
    }

    @Override
    public void dropUnsent() {
        socket.dropUnsent();
    }

    @Override
    public long unsent() {
        return socket.unsent();
    }

    @Override
    public boolean isWithoutEnd() {
        return socket.isWithoutEnd();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
