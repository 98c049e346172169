package org.junitsockets.raw;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junitsockets.SocketConnection;
import org.junitsockets.connection.Connection;
import org.junitsockets.connection.ConnectionOwner;
import org.junitsockets.connection.Label;
import org.junitsockets.port.Loopback;
import org.junitsockets.readiness.Readiness;
import org.junitsockets.spec.Settings;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.time.Deadline;
import org.junitsockets.time.Durations;
import org.junitsockets.time.Ticker;
import org.junitsockets.transcript.Conversation;
import org.junitsockets.transport.Transports;
import org.junitsockets.verdict.Client;

/** Connects clients of every type that a test can ask for. */
public final class Clients {

    /** What can be connected. */
    public static final List<Class<?>> TYPES =
            List.of(Socket.class, SocketChannel.class, AsynchronousSocketChannel.class, SocketConnection.class);

    private Clients() {}

    /**
     * A client that is connected.
     *
     * @param <T> what the test gets
     */
    public abstract static class Connected<T> implements Client {

        private final T socket;
        private final Label label;
        private final Destination to;

        Connected(T socket, Label label, Destination to) {
            this.socket = socket;
            this.label = label;
            this.to = to;
        }

        public T socket() {
            return socket;
        }

        /** Such as {@code client 1 of server 'db' (...)}. */
        public Label label() {
            return label;
        }

        /** Whom it is connected to. */
        public SocketAddress server() {
            return to.address();
        }

        /** One of the {@link #TYPES}. */
        public Class<?> type() {
            return TYPES.stream()
                    .filter(type -> type.isInstance(socket))
                    .findFirst()
                    .orElseThrow();
        }

        /** Whether this end is recorded. */
        public boolean isRecorded() {
            return false;
        }

        @Override
        public String toString() {
            return "client " + socket;
        }
    }

    /** Connects one of the {@link #TYPES}. */
    public static Connected<?> connect(Class<?> type, int number, Destination to, Settings settings) {
        try {
            Label label = new Label("client", number, to);
            if (type == Socket.class) {
                return socket(label, to, settings);
            }
            if (type == SocketChannel.class) {
                return channel(label, to);
            }
            if (type == AsynchronousSocketChannel.class) {
                return asynchronous(label, to);
            }
            return connection(number, to, settings);
        } catch (IOException e) {
            throw new UncheckedIOException("connecting a client to " + to + ": " + e.getMessage(), e);
        }
    }

    private static Connected<Socket> socket(Label label, Destination to, Settings settings) throws IOException {
        @Nullable
        RecordedSocket recorded = settings.transcript().size() > 0 ? new RecordedSocket(label, settings) : null;
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

    private static Connected<SocketChannel> channel(Label label, Destination to) throws IOException {
        SocketChannel channel = connected(to);
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

    private static Connected<AsynchronousSocketChannel> asynchronous(Label label, Destination to) throws IOException {
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

    /** Connects one that speaks the vocabulary of the scripts. */
    public static Connected<Connection> connection(int number, Destination to, Settings settings) throws IOException {
        Label label = new Label("client", number, to);
        ConnectionEndpoint endpoint = connected(
                Transports.require(to.transport())
                        .connect(
                                to.transport(),
                                to.address(),
                                new EndpointOptions(1, to.receiveBuffer(), to.sendBuffer())),
                to);
        Connection connection =
                new Connection(label, to.choice(), endpoint, to.deadline(), settings, ConnectionOwner.NOBODY);
        if (to.tls() != null) {
            connection.secure(to.tls(), to.host());
        }
        return new Connected<>(connection, label, to) {
            @Override
            public boolean isRecorded() {
                return true;
            }

            @Override
            public Optional<Conversation> conversation() {
                return Optional.of(connection.conversation());
            }

            @Override
            public SocketAddress localAddress() {
                return connection.localAddress();
            }

            @Override
            public void shutdownOutput() {
                connection.shutdownOutput();
            }

            @Override
            public void drain() {
                connection.drainToEnd();
            }

            @Override
            public void close() {
                connection.cut("the end of its scope");
            }
        };
    }

    private static SocketChannel connected(Destination to) throws IOException {
        SocketChannel opened = SocketChannel.open(Loopback.family(to.internet().getAddress()));
        return closedOnFailure(opened, channel -> channel.socket().connect(to.address(), to.connectMillis()));
    }

    /** Waits for a connect to complete; on loopback it seldom has to be waited for. */
    private static ConnectionEndpoint connected(ConnectionEndpoint begun, Destination to) throws IOException {
        return closedOnFailure(begun, endpoint -> {
            requireUninterrupted();
            if (endpoint.finishConnect()) {
                return;
            }
            Readiness readiness = Readiness.of(endpoint);
            Deadline deadline = Deadline.after(to.connectTimeout(), Ticker.SYSTEM);
            try {
                while (!endpoint.finishConnect()) {
                    if (deadline.hasPassed()) {
                        throw new SocketTimeoutException(
                                "not connected within " + Durations.format(to.connectTimeout()));
                    }
                    readiness.await(SelectionKey.OP_CONNECT, deadline, readiness.ticket());
                    requireUninterrupted();
                }
            } finally {
                readiness.release(); // the connection has one of its own, which would not know of this one's selector
            }
        });
    }

    private static void requireUninterrupted() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the thread was interrupted");
        }
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

    private interface Setup<S> {
        void run(S socket) throws IOException;
    }

    private static <S extends Closeable> S closedOnFailure(S socket, Setup<S> setup) throws IOException {
        try {
            setup.run(socket);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }
}
