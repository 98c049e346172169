package org.junitsockets.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the JDK lacks: a socket of its for UNIX, over its channel, with the exceptions of the others. What it
 * does not do, such as {@code SO_LINGER}, it refuses.
 */
final class UnixSocket extends Socket {

    private static final AtomicInteger SOCKETS = new AtomicInteger();

    private final SocketChannel channel;
    private final Selector reading;
    private final Selector writing;
    private final SocketAddress local;
    private final SocketAddress remote;
    private volatile int timeoutMillis;
    private volatile boolean closed;

    /** Takes over one that is connected. */
    UnixSocket(SocketChannel channel) throws IOException {
        this.channel = channel;
        try {
            channel.configureBlocking(false);
            local = channel.getLocalAddress();
            remote = channel.getRemoteAddress();
            reading = selector(SelectionKey.OP_READ);
            writing = selector(SelectionKey.OP_WRITE);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Connects one, bound to a name of its own, so that it can be told from others.
     *
     * @param receiveBuffer SO_RCVBUF, which Linux heeds of no UNIX socket; 0 for the default
     */
    static UnixSocket connect(UnixDomainSocketAddress server, int receiveBuffer) throws IOException {
        Path own = server.getPath().resolveSibling("c" + SOCKETS.incrementAndGet());
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            if (receiveBuffer > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
            }
            channel.bind(UnixDomainSocketAddress.of(own));
            channel.connect(server);
            return new UnixSocket(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        } finally {
            Files.deleteIfExists(own);
        }
    }

    private Selector selector(int operation) throws IOException {
        Selector selector = Selector.open();
        channel.register(selector, operation);
        return selector;
    }

    private interface Attempt {
        int run() throws IOException;
    }

    /** Tries, and waits in between, until something was done. */
    private int blocking(Selector selector, int millis, Attempt attempt) throws IOException {
        try {
            int count = attempt.run();
            while (count == 0) {
                selector.selectedKeys().clear();
                if (selector.select(millis) == 0 && selector.isOpen()) {
                    throw new SocketTimeoutException("Read timed out");
                }
                count = attempt.run();
            }
            return count;
        } catch (ClosedChannelException | ClosedSelectorException e) {
            throw new SocketException("Socket closed");
        } catch (SocketException | SocketTimeoutException e) {
            throw e;
        } catch (IOException e) { // EPIPE is no SocketException to a channel
            throw new SocketException(e.getMessage());
        }
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                Objects.checkFromIndexSize(offset, length, target.length);
                return length == 0
                        ? 0
                        : blocking(reading, timeoutMillis, () -> channel.read(ByteBuffer.wrap(target, offset, length)));
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                ByteBuffer source = ByteBuffer.wrap(bytes, offset, length);
                while (source.hasRemaining()) {
                    blocking(writing, 0, () -> channel.write(source));
                }
            }
        };
    }

    /** Whether something is there to be read, or its end. */
    boolean isReadable() throws IOException {
        reading.selectedKeys().clear();
        return reading.selectNow() > 0;
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // it has nothing of the superclass to guard
    public void close() throws IOException {
        closed = true;
        reading.close(); // or the descriptor would stay open until its next select
        writing.close();
        channel.close();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public synchronized void setSoTimeout(int millis) {
        timeoutMillis = millis;
    }

    @Override
    public synchronized int getSoTimeout() {
        return timeoutMillis;
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return local;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return remote;
    }

    @Override
    public void setSoLinger(boolean on, int seconds) {
        throw new UnsupportedOperationException("SO_LINGER resets no UNIX socket");
    }

    @Override
    public int getLocalPort() {
        throw new UnsupportedOperationException("a UNIX socket has no port");
    }
}
