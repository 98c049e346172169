package org.junitsockets.raw;

import static org.junitsockets.raw.Opening.closedOnFailure;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import org.junitsockets.SocketConnection;
import org.junitsockets.Transport;
import org.junitsockets.connection.Connection;
import org.junitsockets.connection.ConnectionOwner;
import org.junitsockets.connection.Label;
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

    private static final Set<Transport> TCP = EnumSet.of(Transport.TCP, Transport.TCP6);
    private static final Set<Transport> UDP = EnumSet.of(Transport.UDP, Transport.UDP6);

    private static final JdkTypes<Connector> CONNECTORS = new JdkTypes<Connector>()
            .with(Socket.class, TCP, StreamClients::socket)
            .with(Socket.class, Set.of(Transport.TLS), TlsClient::connect)
            .with(SSLSocket.class, Set.of(Transport.TLS), TlsClient::connect)
            .with(SocketChannel.class, TCP, StreamClients::channel)
            .with(SocketChannel.class, Set.of(Transport.UNIX), StreamClients::unixChannel)
            .with(AsynchronousSocketChannel.class, TCP, StreamClients::asynchronous)
            .with(DatagramSocket.class, UDP, DatagramClients::socket)
            .with(DatagramChannel.class, UDP, DatagramClients::channel)
            .with(
                    SocketConnection.class,
                    EnumSet.allOf(Transport.class),
                    (label, to, settings) -> connection(label.number(), to, settings));

    /** What can be connected. */
    public static final List<Class<?>> TYPES = CONNECTORS.types();

    private Clients() {}

    private interface Connector {
        Connected<?> connect(Label label, Destination to, Settings settings) throws IOException;
    }

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

        /** The one of the {@link #TYPES} that says most about it. */
        public Class<?> type() {
            return TYPES.stream()
                    .filter(type -> type.isInstance(socket))
                    .reduce((one, other) -> one.isAssignableFrom(other) ? other : one)
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

    /** Whether there is such a client over that transport. */
    public static boolean carries(Class<?> type, Transport transport) {
        return CONNECTORS.carries(type, transport);
    }

    /** Connects one of the {@link #TYPES}. */
    public static Connected<?> connect(Class<?> type, int number, Destination to, Settings settings) {
        Connector connector = CONNECTORS.require(
                type,
                to.choice(),
                to.tls() != null && type != SocketConnection.class,
                type.getSimpleName() + " as a client of " + to,
                List.of());
        try {
            return connector.connect(new Label("client", number, to), to, settings);
        } catch (IOException e) {
            throw new UncheckedIOException("connecting a client to " + to + ": " + e.getMessage(), e);
        }
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
}
