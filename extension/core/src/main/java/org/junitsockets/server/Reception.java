package org.junitsockets.server;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Capability;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.connection.Connection;
import org.junitsockets.connection.ConnectionOwner;
import org.junitsockets.connection.Label;
import org.junitsockets.readiness.Readiness;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.time.Deadline;
import org.junitsockets.time.Durations;
import org.junitsockets.work.Workers;

/**
 * Where connections come in, in order; each goes to who asked first, else to the handler of every
 * connection, else into the queue.
 *
 * <p>Whoever needs a connection takes it out of the system's queue, on his own thread: a caller of
 * {@code accept()}, a count, a verdict. A thread of the pool, the {@link Acceptor}, waits for
 * connections only while scripts or a handler do.
 *
 * <p>Everything is guarded by the monitor, which the caller holds.
 */
final class Reception {

    private static final long LOOK_AGAIN_NANOS = 2_000_000;

    private enum State {
        UP,
        DOWN,
        CLOSED
    }

    private final ServerSpec spec;
    private final Settings settings;
    private final Monitor monitor;
    private final Listener listener;
    private final ConnectionOwner owner;
    private final Proceedings proceedings;

    private final List<Connection> connections = new ArrayList<>();
    private final Deque<Connection> queue = new ArrayDeque<>();
    private final Set<Connection> claimed = new LinkedHashSet<>();
    private final Deque<Demand> demands = new ArrayDeque<>();
    private @Nullable ConnectionHandler eachConnection;
    private State state = State.UP;
    private boolean accepting = true;
    private boolean failed;
    private @Nullable Acceptor acceptor;
    private boolean scopeEnding;

    Reception(
            ServerSpec spec,
            Settings settings,
            Monitor monitor,
            Listener listener,
            ConnectionOwner owner,
            Proceedings proceedings) {
        this.spec = spec;
        this.settings = settings;
        this.monitor = monitor;
        this.listener = listener;
        this.owner = owner;
        this.proceedings = proceedings;
        this.eachConnection = spec.handler();
    }

    // -- what it is like -------------------------------------------------------------------------

    List<Connection> connections() {
        return connections;
    }

    Deque<Connection> queue() {
        return queue;
    }

    /** Whether somebody asked for the connection, as a script or by {@code accept()}. */
    boolean isClaimed(Connection connection) {
        return claimed.contains(connection);
    }

    boolean isDown() {
        return state == State.DOWN;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    boolean isAcceptorAtWork() {
        return acceptor != null;
    }

    String madeSoFar() {
        int made = connections.size();
        return made == 0 ? "; none was made so far" : "; " + made + (made == 1 ? " was" : " were") + " made so far";
    }

    void requireUsable(String call) {
        if (state == State.CLOSED) {
            throw new IllegalStateException(
                    call + " on " + spec.label() + ": it is closed (expected: a call before the end of its scope)");
        }
    }

    // -- who asks --------------------------------------------------------------------------------

    Connection accept(Predicate<SocketAddress> from) {
        Demand demand = Demand.from(from);
        demands.add(demand);
        serveQueue();
        if (demand.connection == null) {
            start(next(true)); // it is most often there already
        }
        if (demand.connection != null) {
            return demand.connection;
        }
        try {
            await("accept()", () -> demand.connection != null, "no connection came", this::madeSoFar);
        } catch (Throwable e) {
            demands.remove(demand);
            giveBack(demand.connection);
            throw e;
        }
        return requireNonNull(demand.connection);
    }

    void serveNext(Script script) {
        demands.add(Demand.of(script));
        serveQueue();
        ensureAcceptor();
    }

    void serveEach(ConnectionHandler handler) {
        if (eachConnection != null) {
            throw new IllegalStateException(spec.label() + ": two handlers: "
                    + eachConnection.getClass().getName() + " and "
                    + handler.getClass().getName()
                    + " (expected: one; scripts are for single connections)");
        }
        eachConnection = handler;
        serveQueue();
        ensureAcceptor();
    }

    /** Who was judged gets nothing any more. */
    void forgetJudgedScripts() {
        if (!demands.isEmpty()) {
            demands.removeIf(demand -> demand.script != null && demand.script.judged);
        }
    }

    /** Of the connections that nobody has taken, the one whose unread message came first. */
    Optional<Connection> nextWithMessage() {
        return queue.stream().filter(Connection::hasMessage).min(Comparator.comparingLong(Connection::nextMessage));
    }

    // -- open and closed -------------------------------------------------------------------------

    void pause() {
        drain(); // those that were made before
        accepting = false;
        monitor.signal();
    }

    void resume() {
        accepting = true;
        monitor.signal();
        ensureAcceptor();
    }

    /** Goes down, and returns those whom nobody has taken. */
    List<Connection> stop() throws IOException {
        drain(); // who asked before gets what came before
        listener.stop();
        state = State.DOWN;
        List<Connection> waiting = List.copyOf(queue);
        queue.clear();
        monitor.signal();
        return waiting;
    }

    void start() throws IOException {
        listener.start();
        state = State.UP;
        monitor.signal();
        ensureAcceptor();
    }

    void close() throws IOException {
        state = State.CLOSED;
        demands.clear();
        monitor.signal();
        listener.close();
    }

    void scopeEnding() {
        scopeEnding = true;
        if (!needsAcceptor()) {
            acceptor = null; // who still waits for connections is not waited for, but told
            monitor.signal();
        }
    }

    // -- the way of a connection -----------------------------------------------------------------

    /** Whether a verdict has anything to say about connections: else nobody needs to know of them. */
    boolean isServing() {
        return eachConnection != null || proceedings.hasScripts();
    }

    /** Takes all connections out of the system's queue, and starts who serves them; returns whether there were any. */
    boolean drain() {
        int first = connections.size();
        int before;
        do {
            before = connections.size();
            start(next(false));
        } while (connections.size() > before);
        return before > first;
    }

    /** Takes one connection, if there is one, and returns what is now to be started. */
    private List<Run> next(boolean likely) {
        if (state != State.UP || !accepting) {
            return List.of();
        }
        try {
            ConnectionEndpoint accepted = listener.accept(likely);
            if (accepted == null) {
                return List.of();
            }
            register(accepted);
        } catch (IOException e) {
            fail(e);
            return List.of();
        }
        return given();
    }

    /** No more connections are taken: it would fail again at once, and for ever. */
    void fail(IOException e) {
        if (!accepting) {
            return; // it has been said, or nobody waits for any
        }
        failed = true;
        proceedings.fail("accepting failed, so no more connections are taken: " + e.getMessage(), e);
        accepting = false;
        acceptor = null;
        monitor.signal();
    }

    /**
     * What happens where the endpoint is can no longer be told: a verdict that does not say so would be a
     * pass that says nothing, also where no connections are taken at the moment.
     */
    void lost(IOException e) {
        if (failed || isClosed()) {
            return;
        }
        if (accepting) {
            fail(e);
        } else {
            failed = true;
            proceedings.fail("where it is nobody answers, so what has happened there is unknown: " + e.getMessage(), e);
        }
    }

    private void register(ConnectionEndpoint accepted) {
        int number = connections.size() + 1;
        Connection connection = new Connection(
                new Label("connection", number, spec), spec.choice(), accepted, spec.deadline(), settings, owner);
        if (scopeEnding) {
            connection.scopeEnding();
        }
        try {
            if (spec.tls() != null) {
                connection.secure(spec.tls(), "");
            }
        } catch (RuntimeException e) {
            connection.tearDown("a failure of TLS");
            throw e;
        }
        connections.add(connection);
        queue.add(connection);
        monitor.signal();
    }

    private void serveQueue() {
        start(given());
    }

    /** Hands what waits to whoever asked, in order, and returns what is now to be started. */
    private List<Run> given() {
        List<Run> toStart = new ArrayList<>();
        for (Connection connection : List.copyOf(queue)) {
            if (!queue.contains(connection)) {
                continue; // looking at a script's connection can find its end, and that serves the queue
            }
            @Nullable Demand demand = demandFor(connection);
            if (demand == null && eachConnection == null) {
                proceedings.leftOver(connection);
                continue;
            }
            queue.remove(connection);
            proceedings.taken(connection);
            if (demand == null) {
                toStart.add(proceedings.newRun(requireNonNull(eachConnection), connection, null));
            } else {
                give(connection, demand, toStart);
            }
        }
        return toStart;
    }

    private void give(Connection connection, Demand demand, List<Run> toStart) {
        claimed.add(connection);
        demands.remove(demand);
        demand.connection = connection;
        if (demand.script != null) {
            demand.script.connection = connection;
            toStart.add(proceedings.newRun(demand.script.handler, connection, demand.script));
        }
        monitor.signal();
    }

    /** A connection that came while its caller was interrupted goes to the next who asks. */
    private void giveBack(@Nullable Connection connection) {
        if (connection != null && state != State.CLOSED) {
            claimed.remove(connection);
            queue.addFirst(connection);
            serveQueue();
        }
    }

    private @Nullable Demand demandFor(Connection connection) {
        for (Demand demand : demands) {
            if (demand.takes(connection)) {
                return demand;
            }
        }
        return null;
    }

    private static void start(List<Run> toStart) {
        for (Run run : toStart) {
            Workers.run(run);
        }
    }

    // -- waiting ---------------------------------------------------------------------------------

    /**
     * While a script is at work connections are taken too, though nobody asks for them: whether one
     * was made before that script's end can be told only at once. In the end the verdict looks itself
     * for what else came.
     */
    boolean needsAcceptor() {
        return state == State.UP
                && accepting
                && (isScriptAsking()
                        || proceedings.isScriptAtWork()
                        || (spec.tls() != null && !scopeEnding)
                        || (eachConnection != null
                                && !(scopeEnding && proceedings.runs().isEmpty())));
    }

    private boolean isScriptAsking() {
        for (Demand demand : demands) {
            if (demand.script != null) {
                return true;
            }
        }
        return false;
    }

    void ensureAcceptor() {
        if (!needsAcceptor()) {
            return;
        }
        if (acceptor == null) {
            acceptor = new Acceptor(this, monitor, listener.readiness());
            Workers.run(acceptor);
        } else {
            acceptor.lookAgain();
        }
    }

    boolean isAcceptor(Acceptor one) {
        return acceptor == one;
    }

    /** Whoever took connections does so no more; somebody else may have to. */
    void replace(Acceptor one) {
        if (acceptor == one) {
            acceptor = null;
            ensureAcceptor();
            monitor.signal();
        }
    }

    void finished(Run run) {
        proceedings.runs().remove(run);
        monitor.signal();
    }

    /**
     * The next connection's run, for the one who takes connections to do it himself, after his last
     * one; the rest is started. None if somebody else does, or nobody needs to.
     */
    @Nullable
    Run nextRun(Acceptor one, @Nullable Run last, boolean arrived) {
        if (last != null) {
            finished(last);
            if (needsAcceptor()) {
                monitor.spin(); // this may have been all
            }
        }
        boolean likely = arrived;
        while (isAcceptor(one) && needsAcceptor()) {
            List<Run> taken = likely ? next(true) : List.of();
            if (!taken.isEmpty()) {
                start(taken.subList(1, taken.size()));
                return taken.get(0);
            }
            try {
                likely = awaitChange("accepting", Deadline.none(), ticket());
            } catch (UncheckedIOException e) {
                @Nullable IOException cause = e.getCause();
                if (cause == null || cause instanceof InterruptedIOException) {
                    throw e;
                }
                fail(cause); // no selector to be had: nobody else will get one
                return null;
            }
        }
        replace(one);
        return null;
    }

    Readiness readiness() {
        return listener.readiness();
    }

    /** Waits for a condition by the server's deadline, taking connections as they come. */
    void await(String call, BooleanSupplier condition, String missing, Supplier<String> instead) {
        Deadline deadline = Deadline.after(spec.deadline(), settings.ticker());
        while (true) {
            long ticket = ticket();
            drain();
            if (condition.getAsBoolean()) {
                return;
            }
            if (state == State.CLOSED) {
                throw new IllegalStateException(call + " on " + spec.label() + ": it was closed meanwhile");
            }
            if (deadline.hasPassed()) {
                throw new AssertionError(call + " on " + spec.label() + ": " + missing + " within "
                        + Durations.format(deadline.allowed()) + instead.get() + proceedings.evidence());
            }
            awaitChange(call, deadline, ticket);
        }
    }

    /** To be taken before a look at what may change without the lock, such as messages that have come. */
    long ticket() {
        return listener.ticket();
    }

    /** Waits for a connection, or for anything about this server to change; returns whether it is the former. */
    boolean awaitChange(String call, Deadline deadline, long ticket) {
        boolean arrived = false;
        if (state == State.UP && accepting) {
            Readiness readiness = listener.readiness();
            int holds = monitor.release();
            try {
                arrived = readiness.await(SelectionKey.OP_ACCEPT, deadline, ticket);
            } catch (IOException e) {
                throw new UncheckedIOException(call + " on " + spec.label() + ": " + e.getMessage(), e);
            } finally {
                monitor.retake(holds);
            }
        } else {
            long left = deadline.remainingNanos();
            // Messages come from those who were accepted before; whoever looks for them has to look himself.
            boolean looks = spec.transport().has(Capability.MESSAGES);
            if (monitor.awaitSignal(looks ? Math.min(left, LOOK_AGAIN_NANOS) : left)) {
                Thread.currentThread().interrupt();
            }
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new UncheckedIOException(
                    call + " on " + spec.label() + ": the thread was interrupted",
                    new InterruptedIOException("the thread was interrupted"));
        }
        return arrived;
    }
}
