package org.junitsockets.server;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.Ending;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.connection.Connection;
import org.junitsockets.connection.ConnectionOwner;
import org.junitsockets.connection.Readiness;
import org.junitsockets.spec.Declaration;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.time.Deadline;
import org.junitsockets.time.Durations;
import org.junitsockets.verdict.Verdict;
import org.junitsockets.work.Workers;

/**
 * The endpoint. Connections come in from the listener, in order; each goes to who asked first, else
 * to the handler of every connection, else into the queue.
 *
 * <p>Whoever needs a connection takes it out of the system's queue, on his own thread: a caller of
 * {@code accept()}, a count, a verdict. A thread of the pool waits for connections only while
 * scripts or a handler do, and then serves the one it took itself, leaving the waiting to another.
 */
public final class Server implements SocketServer, ConnectionOwner {

    private enum State {
        UP,
        DOWN,
        CLOSED
    }

    /** Somebody who asked for a connection: a script, or a caller of {@code accept()}. */
    private static final class Demand {
        private final @Nullable Script script;
        private final Predicate<SocketAddress> from;
        private @Nullable Connection connection;

        Demand(@Nullable Script script, Predicate<SocketAddress> from) {
            this.script = script;
            this.from = from;
        }
    }

    private final ServerSpec spec;
    private final Settings settings;
    private final Listener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // guarded by the lock
    private final List<Connection> connections = new ArrayList<>();
    private final Deque<Connection> queue = new ArrayDeque<>();
    private final Set<Connection> unscripted = new LinkedHashSet<>();
    private final Set<Connection> claimed = new LinkedHashSet<>();
    private final Set<Connection> strangers = new LinkedHashSet<>();
    private final Deque<Demand> demands = new ArrayDeque<>();
    private final List<Script> scripts = new ArrayList<>();
    private final Set<Run> runs = new LinkedHashSet<>();
    private final List<Failure> failures = new ArrayList<>();
    private final Set<Failure> delivered = new HashSet<>();
    private final Checkpoints checkpoints = new Checkpoints();
    private @Nullable ConnectionHandler eachConnection;
    private State state = State.UP;
    private boolean accepting = true;
    private boolean acceptorAtWork;
    private boolean scopeEnding;

    private volatile boolean observed;
    private volatile boolean cut;

    private Server(ServerSpec spec, Settings settings) throws IOException {
        this.spec = spec;
        this.settings = settings;
        this.eachConnection = spec.handler();
        this.listener = Listener.open(spec);
    }

    /** Binds, listens, and serves if the specification has a handler. */
    public static Server open(ServerSpec spec, Settings settings) {
        try {
            Server server = new Server(spec, settings);
            server.locked(server::ensureAcceptor);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("opening " + spec.label() + ": " + e.getMessage(), e);
        }
    }

    // -- where it is -----------------------------------------------------------------------------

    @Override
    public InetSocketAddress address() {
        return listener.address();
    }

    @Override
    public String host() {
        return address().getAddress().getHostAddress().equals("0:0:0:0:0:0:0:1")
                ? "::1"
                : address().getAddress().getHostAddress();
    }

    @Override
    public int port() {
        return address().getPort();
    }

    @Override
    public URI uri(String scheme) {
        String host = host();
        return URI.create(scheme + "://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port());
    }

    public ServerSpec spec() {
        return spec;
    }

    @Override
    public String toString() {
        return spec.label();
    }

    // -- taking connections ----------------------------------------------------------------------

    @Override
    public SocketConnection accept() {
        return accept(address -> true);
    }

    /** Takes the next connection from an address; a stranger's stays in the queue. */
    public Connection accept(Predicate<SocketAddress> from) {
        lock.lock();
        try {
            requireUsable("accept()");
            Demand demand = new Demand(null, from);
            demands.add(demand);
            serve(serveQueue());
            try {
                await(
                        "accept()",
                        startDeadline(),
                        () -> demand.connection != null,
                        "no connection came",
                        this::madeSoFar);
            } catch (Throwable e) {
                demands.remove(demand);
                giveBack(demand.connection);
                throw e;
            }
            return requireNonNull(demand.connection);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public SocketServer onConnection(ConnectionHandler handler) {
        requireNonNull(handler, "script");
        Optional<StackTraceElement> place = Declaration.callFrame();
        return locked(() -> {
            requireUsable("onConnection()");
            Script script = new Script(
                    scripts.size() + 1, handler, place, settings.ticker().nanoTime());
            scripts.add(script);
            demands.add(new Demand(script, address -> true));
            serve(serveQueue());
            ensureAcceptor();
        });
    }

    @Override
    public SocketServer onEachConnection(ConnectionHandler handler) {
        requireNonNull(handler, "handler");
        return locked(() -> {
            requireUsable("onEachConnection()");
            if (eachConnection != null) {
                throw new IllegalStateException(spec.label() + ": two handlers: "
                        + eachConnection.getClass().getName() + " and "
                        + handler.getClass().getName()
                        + " (expected: one; scripts are for single connections)");
            }
            eachConnection = handler;
            serve(serveQueue());
            ensureAcceptor();
        });
    }

    @Override
    public SocketConnection connection(int number) {
        lock.lock();
        try {
            requireUsable("connection(" + number + ")");
            serve(drain());
            if (number < 1) {
                throw new IllegalArgumentException("number: found " + number + " (expected: from 1)");
            }
            if (number > connections.size()) {
                throw new AssertionError(
                        "connection(" + number + ") of " + spec.label() + ": no such connection" + madeSoFar());
            }
            return connections.get(number - 1);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int connectionCount() {
        lock.lock();
        try {
            requireUsable("connectionCount()");
            serve(drain());
            return connections.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public SocketServer awaitConnections(int count) {
        return locked(() -> {
            requireUsable("awaitConnections(" + count + ")");
            if (count < 1) {
                throw new IllegalArgumentException("count: found " + count + " (expected: at least 1)");
            }
            await(
                    "awaitConnections(" + count + ")",
                    startDeadline(),
                    () -> connections.size() >= count,
                    "too few came",
                    this::madeSoFar);
        });
    }

    @Override
    public SocketServer expectNoConnections(Duration within) {
        Durations.requireWait("within", within, within);
        return locked(() -> {
            requireUsable("expectNoConnections()");
            Deadline end = Deadline.after(within, settings.ticker());
            while (true) {
                serve(drain());
                for (Connection connection : connections) {
                    if (!claimed.contains(connection)) {
                        throw new AssertionError("expectNoConnections(" + Durations.format(within) + ") of "
                                + spec.label() + ": a connection was made" + evidence());
                    }
                }
                if (end.hasPassed()) {
                    return;
                }
                awaitChange("expectNoConnections()", end);
            }
        });
    }

    @Override
    public void pauseAccepting() {
        locked(() -> {
            requireUsable("pauseAccepting()");
            serve(drain()); // those that were made before
            accepting = false;
            signal();
        });
    }

    @Override
    public void resumeAccepting() {
        locked(() -> {
            requireUsable("resumeAccepting()");
            accepting = true;
            signal();
            ensureAcceptor();
        });
    }

    // -- down and up -----------------------------------------------------------------------------

    @Override
    public void stop() {
        stop(Ending.FIN);
    }

    @Override
    public void stop(Ending open) {
        requireNonNull(open, "open");
        List<Connection> served = new ArrayList<>();
        List<Connection> waiting = new ArrayList<>();
        locked(() -> {
            requireUsable("stop()");
            if (state == State.DOWN) {
                return;
            }
            serve(drain()); // who asked before gets what came before
            try {
                listener.stop();
            } catch (IOException e) {
                throw new UncheckedIOException("stop() of " + spec.label() + ": " + e.getMessage(), e);
            }
            state = State.DOWN;
            waiting.addAll(queue);
            queue.clear();
            served.addAll(connections);
            served.removeAll(waiting);
            signal();
        });
        waiting.forEach(connection -> connection.reset("stop()"));
        if (open == Ending.FIN) {
            served.forEach(connection -> connection.cut("stop()"));
        } else if (open == Ending.RST) {
            served.forEach(connection -> connection.reset("stop()"));
        }
    }

    @Override
    public void start() {
        locked(() -> {
            requireUsable("start()");
            if (state == State.UP) {
                return;
            }
            try {
                listener.start();
            } catch (IOException e) {
                throw new UncheckedIOException("start() of " + spec.label() + ": " + e.getMessage(), e);
            }
            state = State.UP;
            signal();
            ensureAcceptor();
        });
    }

    // -- checkpoints -----------------------------------------------------------------------------

    @Override
    public SocketServer checkpoint(String name) {
        requireNonNull(name, "name");
        return locked(() -> {
            requireUsable("checkpoint('" + name + "')");
            reached(name);
        });
    }

    @Override
    public void reached(String name) {
        locked(() -> {
            checkpoints.reach(name);
            signal();
        });
    }

    @Override
    public SocketServer assertReached(String name) {
        requireNonNull(name, "name");
        return locked(() -> {
            requireUsable("assertReached()");
            await(
                    "assertReached('" + name + "')",
                    startDeadline(),
                    () -> checkpoints.isReached(name),
                    "it was not",
                    () -> "; " + checkpoints);
        });
    }

    // -- the way of a connection; all under the lock -----------------------------------------------

    /** Takes all connections out of the system's queue, and returns what is now to be started. */
    private List<Run> drain() {
        List<Run> toStart = new ArrayList<>();
        while (state == State.UP && accepting) {
            try {
                SocketChannel channel = listener.accept();
                if (channel == null) {
                    break;
                }
                register(channel);
            } catch (IOException e) {
                failures.add(failure("accepting failed, so no more connections are taken: " + e.getMessage(), e, null));
                accepting = false; // it would fail again at once, and for ever
                break;
            }
            toStart.addAll(serveQueue());
        }
        return toStart;
    }

    private void register(SocketChannel channel) throws IOException {
        int number = connections.size() + 1;
        try {
            if (spec.sendBuffer() > 0) {
                channel.setOption(StandardSocketOptions.SO_SNDBUF, spec.sendBuffer());
            }
            Connection connection = new Connection(
                    number, "connection " + number + " of " + spec.label(), channel, spec.deadline(), settings, this);
            if (scopeEnding) {
                connection.scopeEnding();
            }
            connections.add(connection);
            queue.add(connection);
            signal();
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Hands what waits to whoever asked, in order, and returns what is now to be started. */
    private List<Run> serveQueue() {
        List<Run> toStart = new ArrayList<>();
        for (Connection connection : List.copyOf(queue)) {
            if (!queue.contains(connection)) {
                continue; // looking at a script's connection can find its end, and that serves the queue
            }
            @Nullable Demand demand = demandFor(connection);
            if (demand != null) {
                queue.remove(connection);
                unscripted.remove(connection);
                claimed.add(connection);
                demands.remove(demand);
                demand.connection = connection;
                if (demand.script != null) {
                    demand.script.connection = connection;
                    toStart.add(newRun(demand.script.handler, connection, demand.script));
                }
                signal();
            } else if (eachConnection != null) {
                queue.remove(connection);
                unscripted.remove(connection);
                toStart.add(newRun(eachConnection, connection, null));
            } else if (scripts.stream().anyMatch(Server::keepsOthersOut)) {
                unscripted.add(connection);
            }
        }
        return toStart;
    }

    /** A connection that came while its caller was interrupted goes to the next who asks. */
    private void giveBack(@Nullable Connection connection) {
        if (connection != null && state != State.CLOSED) {
            claimed.remove(connection);
            queue.addFirst(connection);
            serve(serveQueue());
        }
    }

    private @Nullable Demand demandFor(Connection connection) {
        for (Demand demand : demands) {
            if (demand.from.test(connection.remoteAddress())) {
                return demand;
            }
        }
        return null;
    }

    /** Whether a connection made now is one that the script's author did not foresee. */
    private static boolean keepsOthersOut(Script script) {
        return script.isAtWork() && script.connection != null && script.connection.isSurelyOpen();
    }

    private Run newRun(ConnectionHandler handler, Connection connection, @Nullable Script script) {
        Run run = new Run(this, handler, connection, script);
        runs.add(run);
        return run;
    }

    private static void serve(List<Run> toStart) {
        toStart.forEach(Workers::run);
    }

    /**
     * While a script is at work connections are taken too, though nobody asks for them: whether one
     * was made before that script's end can be told only at once.
     */
    private boolean needsAcceptor() {
        return state == State.UP
                && accepting
                && (eachConnection != null
                        || demands.stream().anyMatch(demand -> demand.script != null)
                        || scripts.stream().anyMatch(Script::isAtWork));
    }

    private void ensureAcceptor() {
        if (needsAcceptor() && !acceptorAtWork) {
            acceptorAtWork = true;
            Workers.run(this::acceptForOthers);
        }
    }

    /** Waits for connections and starts what serves them; the first it serves itself, last of all. */
    private void acceptForOthers() {
        @Nullable Run own = null;
        lock.lock();
        try {
            while (own == null && needsAcceptor()) {
                List<Run> toStart = drain();
                if (toStart.isEmpty()) {
                    awaitChange("accepting", Deadline.none());
                } else {
                    own = toStart.remove(0);
                    serve(toStart);
                }
            }
        } finally {
            acceptorAtWork = false;
            ensureAcceptor();
            signal();
            lock.unlock();
        }
        if (own != null) {
            own.run();
        }
    }

    // -- what connections and runs tell ------------------------------------------------------------

    @Override
    public void ending(Connection connection, boolean byPeer) {
        lock.lock();
        try {
            for (Script script : scripts) {
                if (script.connection == connection && !script.ended) {
                    serve(drain());
                    // Whoever came before this end was not foreseen; whoever came after the client's own end may be.
                    if (!byPeer && connection.isSurelyOpen()) {
                        unscripted.addAll(queue);
                    }
                    script.ended = true;
                    signal(); // the acceptor, which may have nobody left to accept for
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void waiting() {
        if (observed) {
            locked(this::signal);
        }
    }

    void returned(Run run, @Nullable Throwable thrown) {
        locked(() -> {
            ending(run.connection, false);
            if (run.script != null) {
                run.script.returned = true;
            }
            if (thrown != null && isFailure(run, thrown)) {
                failures.add(failure(describe(run, thrown), thrown, run.script));
            }
            signal();
        });
    }

    /** What was thrown, without the connection and server that our own messages name again. */
    private String describe(Run run, Throwable thrown) {
        String connection = " on connection " + run.connection.number();
        boolean unfinished = run.script != null && Connection.isDeadline(thrown);
        String text = thrown instanceof AssertionError ? String.valueOf(thrown.getMessage()) : thrown.toString();
        return run.who()
                + (unfinished ? " was not finished: " : " failed" + connection + ": ")
                + text.replace(connection + " of " + spec.label(), unfinished ? connection : "");
    }

    private boolean isFailure(Run run, Throwable thrown) {
        if (cut) {
            return false; // it was cut where it stood, and the verdict has been given
        }
        if (run.script != null) {
            return !Connection.isClientGivingUp(thrown);
        }
        return !run.connection.explains(thrown) && !Connection.isIdleDeadline(thrown);
    }

    void finished(Run run) {
        locked(() -> {
            runs.remove(run);
            signal();
        });
    }

    /** Whether the thread only waits for this server's lock. */
    boolean isWaitedForBy(Thread thread) {
        return lock.hasQueuedThread(thread);
    }

    private Failure failure(String what, @Nullable Throwable cause, @Nullable Script about) {
        return new Failure(
                settings.ticker().nanoTime(),
                spec.label() + ": " + what,
                cause,
                about == null ? Optional.empty() : about.registeredAt);
    }

    // -- the end, in the order in which the verdict calls it ---------------------------------------

    /** Takes in, without waiting, what is there and how each connection stands. */
    public void observe() {
        List<Connection> all = new ArrayList<>();
        locked(() -> {
            observed = true;
            serve(drain());
            all.addAll(connections);
        });
        all.forEach(Connection::observe);
    }

    /** From here on nothing waits that was only waiting for the end of the test. */
    public void scopeEnding() {
        List<Connection> all = new ArrayList<>();
        locked(() -> {
            scopeEnding = true;
            rememberWaits(Judged.everythingNew());
            all.addAll(connections);
        });
        all.forEach(Connection::scopeEnding);
    }

    /** The same for the scripts of one test that this server outlives. */
    public void testEnding(Judged judged) {
        List<Connection> theirs = new ArrayList<>();
        locked(() -> {
            rememberWaits(judged);
            scripts.stream()
                    .filter(judged::covers)
                    .map(script -> script.connection)
                    .filter(Objects::nonNull)
                    .forEach(theirs::add);
        });
        theirs.forEach(Connection::scopeEnding);
    }

    private void rememberWaits(Judged judged) {
        for (Script script : scripts) {
            if (judged.covers(script) && script.connection != null) {
                script.waitedIn = script.connection.waitingIn();
                script.held = script.connection.waitsForScopeEnd();
            }
        }
    }

    /**
     * Waits until the scripts have returned and handlers have done what there was to do.
     *
     * @param goesOn whether a handler that waits outside of I/O is left alone
     * @return whether there was something to wait for
     */
    public boolean awaitQuiet(Judged judged, boolean goesOn, Deadline deadline) {
        boolean waited = false;
        lock.lock();
        try {
            observed = true;
            serve(drain());
            while (!isQuietNow(judged, goesOn)
                    && !deadline.hasPassed()
                    && !Thread.currentThread().isInterrupted()) {
                waited = true;
                // A thread that comes to wait elsewhere tells nobody, so look again now and then.
                awaitSignal(goesOn ? Math.min(deadline.remainingNanos(), 2_000_000) : deadline.remainingNanos());
                serve(drain());
            }
        } finally {
            lock.unlock();
        }
        return waited;
    }

    /** Whether there is nothing to wait for. */
    public boolean isQuiet(Judged judged, boolean goesOn) {
        lock.lock();
        try {
            serve(drain());
            return isQuietNow(judged, goesOn);
        } finally {
            lock.unlock();
        }
    }

    private boolean isQuietNow(Judged judged, boolean goesOn) {
        return scripts.stream().noneMatch(script -> judged.covers(script) && !script.returned)
                && runs.stream()
                        .allMatch(run -> (run.script != null && !judged.covers(run.script)) || run.isQuiet(goesOn));
    }

    /**
     * What fails, as things stand.
     *
     * @param waited whether scripts had time to return; if not, one that only held its connection
     *     open until the end is as good as finished
     */
    public List<Failure> judge(Judged judged, boolean waited) {
        List<Failure> found = new ArrayList<>();
        locked(() -> {
            serve(drain());
            List<Script> covered = scripts.stream().filter(judged::covers).toList();
            for (Script script : covered) {
                if (!script.returned && (waited || !script.held)) {
                    found.add(failure(unfinished(script, waited), null, script));
                }
            }
            List<Connection> strays = covered.isEmpty() ? List.of() : List.copyOf(unscripted);
            strangers.addAll(strays);
            strays.forEach(unscripted::remove);
            queue.removeAll(strays);
            for (Connection stranger : strays) {
                found.add(failure(
                        "connection " + stranger.number() + " was made before the last script ended, and no script,"
                                + " handler or accept() took it",
                        null,
                        null));
            }
            covered.forEach(script -> script.judged = true);
            demands.removeIf(demand -> demand.script != null && demand.script.judged);
            for (Failure failure : failures) {
                if (judged.covers(failure, delivered.contains(failure))) {
                    found.add(failure);
                    delivered.add(failure); // but not the rest, which nobody has been told yet
                }
            }
        });
        return found;
    }

    /** Ends the connections that a verdict has found to be nobody's. */
    public void endStrangers() {
        List<Connection> ended = new ArrayList<>();
        locked(() -> {
            ended.addAll(strangers);
            strangers.clear();
        });
        ended.forEach(stranger -> stranger.cut("the verdict"));
    }

    private String unfinished(Script script, boolean waited) {
        String start = script.toString();
        if (script.connection == null) {
            return start + " was not reached: no connection came for it" + madeSoFar();
        }
        @Nullable String call = waited || script.waitedIn == null ? script.connection.waitingIn() : script.waitedIn;
        if (call == null) {
            return start + " was not finished on connection " + script.connection.number()
                    + runs.stream()
                            .filter(run -> run.script == script)
                            .map(Run::stack)
                            .findFirst()
                            .orElse("");
        }
        return start + " was not finished: it waits in " + call + " on connection "
                + script.connection.number()
                + (script.connection.hasEnded() ? "" : "; the client still holds the connection open");
    }

    /** Closes everything, and adds what would not end. */
    public void tearDown(List<Failure> stuck) {
        List<Connection> all = new ArrayList<>();
        List<Run> left = new ArrayList<>();
        locked(() -> {
            if (state == State.CLOSED) {
                return;
            }
            cut = true;
            state = State.CLOSED;
            demands.clear();
            try {
                listener.close();
            } catch (IOException e) {
                stuck.add(failure("closing it failed: " + e.getMessage(), e, null));
            }
            all.addAll(connections);
            left.addAll(runs);
            signal();
        });
        for (Connection connection : all) {
            try {
                connection.cut("the end of its scope");
            } catch (RuntimeException e) {
                stuck.add(failure("closing a connection failed: " + e, e, null));
            }
        }
        left.forEach(Run::callOff);
        awaitEnd(stuck);
    }

    private void awaitEnd(List<Failure> stuck) {
        locked(() -> {
            Deadline deadline = startDeadline();
            while ((!runs.isEmpty() || acceptorAtWork) && !deadline.hasPassed()) {
                awaitSignal(deadline.remainingNanos());
            }
            for (Run run : runs) {
                stuck.add(failure(
                        run.who() + " on connection " + run.connection.number()
                                + " would not end: that was closed, its thread was interrupted, and "
                                + Durations.format(deadline.allowed()) + " later it is still running" + run.stack(),
                        null,
                        run.script));
            }
        });
    }

    @Override
    public void close() {
        Verdict.close(this);
    }

    public Settings settings() {
        return settings;
    }

    public boolean isClosed() {
        lock.lock();
        try {
            return state == State.CLOSED;
        } finally {
            lock.unlock();
        }
    }

    /** What was on this server, a line per connection, for messages. */
    public String evidence() {
        lock.lock();
        try {
            StringBuilder lines = new StringBuilder("\n  " + spec.shortLabel() + " at " + host() + " port " + port()
                    + ":" + (connections.isEmpty() ? " no connection was made" : ""));
            connections.stream()
                    .limit(20)
                    .forEach(connection -> lines.append("\n    ")
                            .append(connection.describe())
                            .append(
                                    queue.contains(connection) || strangers.contains(connection)
                                            ? ", nobody took it"
                                            : ""));
            if (connections.size() > 20) {
                lines.append("\n    and ").append(connections.size() - 20).append(" more");
            }
            return lines.toString();
        } finally {
            lock.unlock();
        }
    }

    // -- waiting -----------------------------------------------------------------------------------

    private void await(
            String call, Deadline deadline, BooleanSupplier condition, String missing, Supplier<String> instead) {
        while (true) {
            serve(drain());
            if (condition.getAsBoolean()) {
                return;
            }
            if (state == State.CLOSED) {
                throw new IllegalStateException(call + " on " + spec.label() + ": it was closed meanwhile");
            }
            if (deadline.hasPassed()) {
                throw new AssertionError(call + " on " + spec.label() + ": " + missing + " within "
                        + Durations.format(deadline.allowed()) + instead.get() + evidence());
            }
            awaitChange(call, deadline);
        }
    }

    /** Waits for a connection, or for anything about this server to change. */
    private void awaitChange(String call, Deadline deadline) {
        if (state == State.UP && accepting) {
            long ticket = listener.ticket();
            Readiness readiness = listener.readiness();
            int holds = lock.getHoldCount();
            for (int i = 0; i < holds; i++) {
                lock.unlock();
            }
            try {
                Listener.await(readiness, deadline, ticket);
            } catch (IOException e) {
                throw new UncheckedIOException(call + " on " + spec.label() + ": " + e.getMessage(), e);
            } finally {
                for (int i = 0; i < holds; i++) {
                    lock.lock();
                }
            }
        } else {
            awaitSignal(deadline.remainingNanos());
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new UncheckedIOException(
                    call + " on " + spec.label() + ": the thread was interrupted",
                    new InterruptedIOException("the thread was interrupted"));
        }
    }

    @SuppressWarnings("WaitNotInLoop") // its callers loop
    private void awaitSignal(long nanos) {
        try {
            changed.awaitNanos(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void signal() {
        changed.signalAll();
        listener.rouse();
    }

    private Deadline startDeadline() {
        return Deadline.after(spec.deadline(), settings.ticker());
    }

    private String madeSoFar() {
        int made = connections.size();
        return made == 0 ? "; none was made so far" : "; " + made + (made == 1 ? " was" : " were") + " made so far";
    }

    private void requireUsable(String call) {
        if (state == State.CLOSED) {
            throw new IllegalStateException(
                    call + " on " + spec.label() + ": it is closed (expected: a call before the end of its scope)");
        }
    }

    private Server locked(Runnable action) {
        lock.lock();
        try {
            action.run();
            return this;
        } finally {
            lock.unlock();
        }
    }
}
