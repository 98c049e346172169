package org.junitsockets.raw;

import static org.junitsockets.raw.Opening.closedOnFailure;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junitsockets.connection.Label;
import org.junitsockets.port.Loopback;
import org.junitsockets.raw.Clients.Connected;
import org.junitsockets.spec.Settings;
import org.junitsockets.time.Durations;
import org.junitsockets.transcript.Conversation;
import org.junitsockets.transport.UnixPath;

/** Clients over TCP, and over UNIX streams. */
final class StreamClients {

    private StreamClients() {}

    static Connected<Socket> socket(Label label, Destination to, Settings settings) throws IOException {
        @Nullable
        RecordedSocket recorded =
                settings.transcript().size() > 0 ? new RecordedSocket(label, to.transport(), settings) : null;
        Socket socket = closedOnFailure(recorded == null ? new Socket() : recorded, opened -> {
            opened.connect(to.address(), to.connectMillis());
            opened.setSoTimeout((int) to.deadline().toMillis());
        });
        return new Connected<>(socket, label, to) {
            @Override
            public boolean isRecorded() {
                return recorded != null;
            }

            @Override
            public SocketAddress localAddress() {
                return recorded == null ? socket.getLocalSocketAddress() : recorded.client();
            }

            @Override
            public void observe() throws IOException {
                if (recorded != null) {
                    recorded.observe();
                }
            }

            @Override
            public Optional<Conversation> conversation() {
                return Optional.ofNullable(recorded).map(RecordedSocket::conversation);
            }

            @Override
            public void shutdownOutput() throws IOException {
                if (!socket.isClosed() && !socket.isOutputShutdown()) {
                    socket.shutdownOutput();
                }
            }

            @Override
            public void drain() throws IOException {
                socket.setSoTimeout(0); // the test's own may be short; the close of the socket ends this
                byte[] dropped = new byte[8192];
                int read;
                do {
                    read = socket.getInputStream().read(dropped);
                } while (read >= 0);
            }

            @Override
            public void close() throws IOException {
                if (recorded == null) {
                    socket.close();
                } else {
                    recorded.close("the end of its scope");
                }
            }
        };
    }

    static Connected<SocketChannel> channel(Label label, Destination to, Settings settings) throws IOException {
        SocketChannel opened = SocketChannel.open(Loopback.family(to.internet().getAddress()));
        return channel(
                closedOnFailure(opened, channel -> channel.socket().connect(to.address(), to.connectMillis())),
                label,
                to);
    }

    /**
     * It is bound to a path of its own, so that both ends know the same two addresses; that is unlinked at
     * once, as nobody can connect to it. The connect does not wait: to a server whose queue is full it fails
     * at once, where one that blocks would have no bound.
     */
    static Connected<SocketChannel> unixChannel(Label label, Destination to, Settings settings) throws IOException {
        try (UnixPath own = UnixPath.open()) {
            SocketChannel connected = closedOnFailure(SocketChannel.open(StandardProtocolFamily.UNIX), channel -> {
                channel.configureBlocking(false);
                channel.bind(own.address());
                channel.connect(to.address());
                channel.configureBlocking(true);
                channel.finishConnect();
            });
            return channel(connected, label, to);
        }
    }

    private static Connected<SocketChannel> channel(SocketChannel channel, Label label, Destination to) {
        return new Connected<>(channel, label, to) {
            @Override
            public SocketAddress localAddress() throws IOException {
                return channel.getLocalAddress();
            }

            @Override
            public void shutdownOutput() throws IOException {
                if (channel.isOpen()) {
                    channel.shutdownOutput();
                }
            }

            @Override
            public void drain() throws IOException {
                ByteBuffer dropped = ByteBuffer.allocate(8192);
                int read;
                do {
                    read = channel.read(dropped.clear());
                } while (read > 0); // 0 from one that the test has made non-blocking: not to be spun on
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    static Connected<AsynchronousSocketChannel> asynchronous(Label label, Destination to, Settings settings)
            throws IOException {
        AsynchronousGroup group = new AsynchronousGroup();
        AsynchronousSocketChannel channel;
        try {
            channel = closedOnFailure(AsynchronousSocketChannel.open(group.get()), opened -> await(opened, to));
        } catch (IOException | RuntimeException e) {
            group.close();
            throw e;
        }
        return new Connected<>(channel, label, to) {
            @Override
            public SocketAddress localAddress() throws IOException {
                return channel.getLocalAddress();
            }

            @Override
            public void shutdownOutput() throws IOException {
                if (channel.isOpen()) {
                    channel.shutdownOutput();
                }
            }

            @Override
            public void drain() throws IOException {
                ByteBuffer dropped = ByteBuffer.allocate(8192);
                try {
                    int read;
                    do {
                        read = channel.read(dropped.clear()).get();
                    } while (read >= 0);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (ExecutionException e) {
                    throw new IOException(e);
                }
            }

            @Override
            public void close() throws IOException {
                try {
                    channel.close();
                } finally {
                    group.close();
                }
            }
        };
    }

    private static void await(AsynchronousSocketChannel channel, Destination to) throws IOException {
        try {
            channel.connect(to.address()).get(to.connectMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the thread was interrupted");
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IOException("not connected within " + Durations.format(to.connectTimeout()), e);
        }
    }
}
