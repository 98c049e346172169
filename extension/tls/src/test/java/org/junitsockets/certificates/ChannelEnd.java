package org.junitsockets.certificates;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLEngine;
import org.junitsockets.TlsStall;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.tls.TlsEndpoint;

/** A TLS endpoint over a non-blocking channel, and threads that wait on selectors for it. */
final class ChannelEnd implements AutoCloseable {

    private static final long MILLIS = 20_000;

    final Heard heard = new Heard();
    final SocketChannel channel;
    private final List<Selector> waiting = new CopyOnWriteArrayList<>();
    private TlsEndpoint tls;

    ChannelEnd(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    static ChannelEnd connect(int port) throws IOException {
        return new ChannelEnd(SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    }

    ChannelEnd start(SSLEngine engine, ByteBuffer readAhead, TlsStall stall) {
        tls = new TlsEndpoint(
                new Below(), engine, readAhead, stall, new Object(), () -> waiting.forEach(Selector::wakeup), heard);
        return this;
    }

    ChannelEnd start(SSLEngine engine) {
        return start(engine, ByteBuffer.allocate(0), TlsStall.NONE);
    }

    TlsEndpoint tls() {
        return tls;
    }

    private interface Attempt {
        /** Whether it has succeeded. */
        boolean once() throws IOException;
    }

    /** A wake-up between the attempt and the select makes that return at once: it is the ticket. */
    private void until(int operations, Attempt attempt) throws IOException {
        try (Selector selector = Selector.open()) {
            waiting.add(selector);
            try {
                while (!attempt.once()) {
                    long before = System.nanoTime();
                    channel.register(selector, tls == null ? operations : tls.interest(operations));
                    selector.select(ready -> {}, MILLIS);
                    if (System.nanoTime() - before >= MILLIS * 1_000_000) {
                        throw new AssertionError("waited in vain, for " + operations);
                    }
                }
            } finally {
                waiting.remove(selector);
            }
        }
    }

    int read(ByteBuffer target) throws IOException {
        int[] count = {0};
        until(OP_READ, () -> {
            count[0] = tls.read(target);
            return count[0] != ConnectionEndpoint.UNAVAILABLE;
        });
        return count[0];
    }

    byte[] readExactly(int length) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(length);
        while (target.hasRemaining() && read(target) >= 0) {
            // and more
        }
        return Arrays.copyOf(target.array(), target.position());
    }

    String readText(int length) throws IOException {
        return new String(readExactly(length), US_ASCII);
    }

    byte[] readToEnd() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer target = ByteBuffer.allocate(5000);
        while (read(target) >= 0) {
            all.write(target.array(), 0, target.position());
            target.clear();
        }
        return all.toByteArray();
    }

    ChannelEnd write(byte[] bytes) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(bytes);
        until(OP_WRITE, () -> {
            tls.write(source);
            return !source.hasRemaining();
        });
        return flush();
    }

    ChannelEnd write(String text) throws IOException {
        return write(text.getBytes(US_ASCII));
    }

    ChannelEnd flush() throws IOException {
        until(OP_WRITE, tls::flush);
        return this;
    }

    ChannelEnd handshake() throws IOException {
        until(OP_WRITE, tls::handshake);
        return flush();
    }

    ChannelEnd shutdownOutput() throws IOException {
        tls.shutdownOutput();
        return flush();
    }

    /** Waits for plain bytes, and takes all that are there. */
    ByteBuffer readPlain() throws IOException {
        ByteBuffer target = ByteBuffer.allocate(50_000);
        until(OP_READ, () -> channel.read(target) != 0);
        return target.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private final class Below implements ConnectionEndpoint {

        @Override
        public boolean finishConnect() {
            return true;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int count = channel.read(target);
            return count == 0 ? UNAVAILABLE : count;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            int count = channel.write(source);
            return count == 0 ? UNAVAILABLE : count;
        }

        @Override
        public void shutdownOutput() throws IOException {
            channel.shutdownOutput();
        }

        @Override
        public void reset() throws IOException {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.close();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }

        @Override
        public Optional<SelectableChannel> channel() {
            return Optional.of(channel);
        }

        @Override
        public SocketAddress localAddress() {
            return new InetSocketAddress(0);
        }

        @Override
        public SocketAddress remoteAddress() {
            return new InetSocketAddress(0);
        }
    }
}
