package org.junitsockets.verdict;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.Tls;
import org.junitsockets.Transport;
import org.junitsockets.connection.Connection;
import org.junitsockets.raw.Destination;
import org.junitsockets.spec.Choice;
import org.junitsockets.spec.Declaration;
import org.junitsockets.spec.Settings;
import org.junitsockets.time.Deadline;
import org.junitsockets.time.Durations;

/** Clients of somebody else's server; what is still open at the end of their scope ends with it. */
public final class ScopedClients implements SocketClients {

    private final Scope scope;
    private final Runnable onClose;
    private final List<Connection> connections = new ArrayList<>();
    private Duration deadline;
    private @Nullable Transport transport;
    private @Nullable Tls tls;
    private int receiveBuffer;
    private int sendBuffer;
    private int numbers;
    private boolean closed;

    private ScopedClients(Scope scope, Duration deadline, Runnable onClose) {
        this.scope = scope;
        this.deadline = deadline;
        this.onClose = onClose;
    }

    /** Opens them with a scope of their own. */
    public static SocketClients open() {
        Settings settings = Settings.fromSystemProperties();
        Scope scope = new Scope(settings, List.of());
        return new ScopedClients(scope, settings.deadline(), () -> scope.close(Outcome.PASSED));
    }

    /** Opens them within a scope. */
    public static SocketClients open(Scope scope, Duration deadline) {
        return new ScopedClients(scope, deadline, () -> {});
    }

    @Override
    public synchronized SocketClients deadline(Duration deadline) {
        this.deadline = scope.settings().scaled(Durations.requireWait("deadline", deadline, deadline));
        return this;
    }

    @Override
    public synchronized SocketClients transport(Transport transport) {
        this.transport = requireNonNull(transport, "transport");
        return this;
    }

    @Override
    public synchronized SocketClients tls(Tls tls) {
        this.tls = requireNonNull(tls, "tls");
        return this;
    }

    @Override
    public synchronized SocketClients receiveBuffer(int bytes) {
        receiveBuffer = requireSize("receiveBuffer", bytes);
        return this;
    }

    @Override
    public synchronized SocketClients sendBuffer(int bytes) {
        sendBuffer = requireSize("sendBuffer", bytes);
        return this;
    }

    @Override
    public SocketConnection connect(SocketAddress address) {
        return connect(requireResolved(address), startDeadline(), Declaration.callSite());
    }

    @Override
    public List<SocketConnection> connect(SocketAddress address, int count) {
        return List.copyOf(connect(requireResolved(address), requirePositive(count), Declaration.callSite()));
    }

    @Override
    public SocketClients run(SocketAddress address, int count, ConnectionHandler each) {
        requireNonNull(each, "each");
        Declaration place = Declaration.callSite();
        List<Connection> clients = connect(requireResolved(address), requirePositive(count), place);
        new Together(clients, each, place).run(startDeadline());
        return this;
    }

    @Override
    public void close() {
        List<Connection> open;
        synchronized (this) {
            closed = true;
            open = List.copyOf(connections);
            connections.clear();
        }
        open.forEach(Connection::close);
        onClose.run();
    }

    private List<Connection> connect(SocketAddress address, int count, Declaration place) {
        Deadline until = startDeadline();
        List<Connection> connected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            connected.add(connect(address, until, place));
        }
        return connected;
    }

    private Connection connect(SocketAddress address, Deadline until, Declaration place) {
        String where = where(address);
        int number;
        Destination to;
        synchronized (this) {
            if (closed) {
                throw tooLate(where);
            }
            number = ++numbers;
            to = new Destination(
                    address,
                    transport == null ? Choice.byDefault(transportOf(address)) : Choice.stated(transport),
                    tls,
                    () -> where + " (connected at " + place + ")",
                    Duration.ofMillis(until.remainingMillis()),
                    deadline,
                    receiveBuffer,
                    sendBuffer);
        }
        Connection connection;
        try {
            connection = scope.connect(number, to);
        } catch (IOException e) {
            throw failure("connecting client " + number + " to " + where + " (at " + place + "): ", e, until);
        }
        if (!keep(connection)) {
            connection.close();
            throw tooLate(where);
        }
        return connection;
    }

    private synchronized boolean keep(Connection connection) {
        return !closed && connections.add(connection);
    }

    private static IllegalStateException tooLate(String where) {
        return new IllegalStateException("connecting to " + where
                + ": these clients have been closed (expected: a connect before their close())");
    }

    private static RuntimeException failure(String what, IOException e, Deadline until) {
        if (e instanceof SocketTimeoutException) {
            throw new AssertionError(what + "not connected within " + Durations.format(until.allowed()), e);
        }
        if (Thread.currentThread().isInterrupted()) {
            InterruptedIOException interrupted = new InterruptedIOException("the thread was interrupted");
            interrupted.initCause(e);
            return new UncheckedIOException(what + interrupted.getMessage(), interrupted);
        }
        return new UncheckedIOException(what + e.getMessage(), e);
    }

    private synchronized Deadline startDeadline() {
        return Deadline.after(deadline, scope.settings().ticker());
    }

    private static String where(SocketAddress address) {
        if (address instanceof InetSocketAddress internet) {
            String host = internet.getAddress().getHostAddress();
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + internet.getPort();
        }
        return address.toString();
    }

    /** A stream, over whatever family the address is of. */
    private static Transport transportOf(SocketAddress address) {
        if (address instanceof UnixDomainSocketAddress) {
            return Transport.UNIX;
        }
        if (address instanceof InetSocketAddress internet) {
            return internet.getAddress() instanceof Inet6Address ? Transport.TCP6 : Transport.TCP;
        }
        throw new IllegalArgumentException("address: found " + address + " ("
                + address.getClass().getSimpleName()
                + ") and no transport (expected: transport(...) for an address that is neither an InetSocketAddress"
                + " nor a UnixDomainSocketAddress)");
    }

    private static SocketAddress requireResolved(SocketAddress address) {
        if (requireNonNull(address, "address") instanceof InetSocketAddress internet && internet.isUnresolved()) {
            throw new IllegalArgumentException("address: found " + address + " ("
                    + address.getClass().getSimpleName() + ") (expected: an InetSocketAddress that is resolved)");
        }
        return address;
    }

    private static int requirePositive(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count: found " + count + " (expected: at least 1)");
        }
        return count;
    }

    private static int requireSize(String what, int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException(
                    what + ": found " + bytes + " (expected: a size in bytes, or 0 for the default)");
        }
        return bytes;
    }
}
