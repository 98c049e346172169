package org.junitsockets.raw;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junitsockets.SocketConnection;
import org.junitsockets.connection.Connection;
import org.junitsockets.connection.ConnectionOwner;
import org.junitsockets.port.Loopback;
import org.junitsockets.readiness.Readiness;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.time.Deadline;
import org.junitsockets.time.Durations;
import org.junitsockets.time.Ticker;
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

        Connected(T socket) {
            this.socket = socket;
        }

        public T socket() {
            return socket;
        }

        @Override
        public String toString() {
            return "client " + socket;
        }
    }

    /** Connects one of the {@link #TYPES}, within the deadline of the server's specification. */
    public static Connected<?> connect(
            Class<?> type, int number, InetSocketAddress address, ServerSpec server, Settings settings) {
        try {
            if (type == Socket.class) {
                return socket(address, server);
            }
            if (type == SocketChannel.class) {
                return channel(address, server);
            }
            if (type == AsynchronousSocketChannel.class) {
                return asynchronous(address, server);
            }
            return connection(number, address, server, settings);
        } catch (IOException e) {
            throw new UncheckedIOException("connecting a client to " + server.label() + ": " + e.getMessage(), e);
        }
    }

    private static Connected<Socket> socket(InetSocketAddress address, ServerSpec server) throws IOException {
        int millis = (int) server.deadline().toMillis();
        Socket socket = closedOnFailure(new Socket(), opened -> {
            opened.connect(address, millis);
            opened.setSoTimeout(millis);
        });
        return new Connected<>(socket) {
            @Override
            public void shutdownOutput() throws IOException {
                socket.shutdownOutput();
            }

            @Override
            public void drain() throws IOException {
                byte[] dropped = new byte[8192];
                int read;
                do {
                    read = socket.getInputStream().read(dropped);
                } while (read >= 0);
            }

            @Override
            public void close() throws IOException {
                socket.close();
            }
        };
    }

    private static Connected<SocketChannel> channel(InetSocketAddress address, ServerSpec server) throws IOException {
        SocketChannel channel = connected(address, server);
        return new Connected<>(channel) {
            @Override
            public void shutdownOutput() throws IOException {
                channel.shutdownOutput();
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

    private static Connected<AsynchronousSocketChannel> asynchronous(InetSocketAddress address, ServerSpec server)
            throws IOException {
        AsynchronousGroup group = new AsynchronousGroup();
        AsynchronousSocketChannel channel;
        try {
            channel = closedOnFailure(
                    AsynchronousSocketChannel.open(group.get()), opened -> await(opened, address, server));
        } catch (IOException | RuntimeException e) {
            group.close();
            throw e;
        }
        return new Connected<>(channel) {
            @Override
            public void shutdownOutput() throws IOException {
                channel.shutdownOutput();
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

    private static Connected<Connection> connection(
            int number, InetSocketAddress address, ServerSpec server, Settings settings) throws IOException {
        SocketChannel channel = closedOnFailure(
                SocketChannel.open(Loopback.family(server.transport())), opened -> connect(opened, address, server));
        Connection connection = new Connection(
                number,
                () -> "client " + number + " of " + server.label(),
                channel,
                server.deadline(),
                settings,
                ConnectionOwner.NOBODY);
        return new Connected<>(connection) {
            @Override
            public void shutdownOutput() {
                connection.shutdownOutput();
            }

            @Override
            public void drain() {
                while (connection.awaitInput()) {
                    connection.readAvailable();
                }
            }

            @Override
            public void close() {
                connection.cut("the end of its scope");
            }
        };
    }

    private static SocketChannel connected(InetSocketAddress address, ServerSpec server) throws IOException {
        return closedOnFailure(
                SocketChannel.open(),
                channel -> channel.socket()
                        .connect(address, (int) server.deadline().toMillis()));
    }

    /** Connects a channel that is to be non-blocking anyway; on loopback it seldom has to be waited for. */
    private static void connect(SocketChannel channel, InetSocketAddress address, ServerSpec server)
            throws IOException {
        channel.configureBlocking(false);
        if (channel.connect(address)) {
            return;
        }
        Readiness readiness = new Readiness(channel);
        Deadline deadline = Deadline.after(server.deadline(), Ticker.SYSTEM);
        while (!channel.finishConnect()) {
            if (deadline.hasPassed()) {
                throw new SocketTimeoutException("not connected within " + Durations.format(server.deadline()));
            }
            readiness.await(SelectionKey.OP_CONNECT, deadline, readiness.ticket());
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("the thread was interrupted");
            }
        }
    }

    private static void await(AsynchronousSocketChannel channel, InetSocketAddress address, ServerSpec server)
            throws IOException {
        try {
            channel.connect(address).get(server.deadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the thread was interrupted");
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IOException("not connected within " + Durations.format(server.deadline()), e);
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
