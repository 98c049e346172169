package org.junitsockets.server;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Capability;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.Ending;
import org.junitsockets.Message;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedTransportException;
import org.junitsockets.connection.Connection;
import org.junitsockets.connection.ConnectionOwner;
import org.junitsockets.port.Loopback;
import org.junitsockets.spec.Declaration;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.time.Deadline;
import org.junitsockets.time.Durations;
import org.junitsockets.transcript.Conversation;
import org.junitsockets.transcript.Live;
import org.junitsockets.transcript.Snapshot;

/**
 * The endpoint: what users call, and what a verdict calls when their time is over.
 *
 * <p>Connections come in at the {@link Reception}; what becomes of them is in the {@link
 * Proceedings}; both are guarded by the one {@link Monitor}.
 */
public final class Server implements SocketServer, ConnectionOwner, Live {

    private static final Predicate<SocketAddress> ANY = new Predicate<>() {
        @Override
        public boolean test(SocketAddress address) {
            return true;
        }
    };

    private final ServerSpec spec;
    private final Settings settings;
    private final Listener listener;
    private final Monitor monitor;
    private final Reception reception;
    private final Proceedings proceedings;
    private final Checkpoints checkpoints = new Checkpoints();
    private final Losses losses;

    /** What {@link #close()} does: who has opened the server knows who gives the verdict. */
    private final Consumer<Server> closing;

    /** What was asked for and the transport lacks. */
    private final Queue<Lacking> lacking = new ConcurrentLinkedQueue<>();

    /**
     * Somebody has been told so, whether or not he cared.
     *
     * @param at when, by the clock of the settings
     */
    private record Lacking(long at, UnsupportedTransportException told) {}

    /** Whether there ever was a script. */
    private volatile boolean scripted;

    /** When it was opened. */
    private final long opened;

    /** Whether a verdict watches who waits; until then nobody needs to be told. */
    private volatile boolean observed;

    private Server(ServerSpec spec, Settings settings, Consumer<Server> closing) throws IOException {
        this.spec = spec;
        this.closing = closing;
        this.settings = settings;
        this.opened = settings.ticker().nanoTime();
        this.listener = Listener.open(spec);
        this.losses = new Losses(settings, listener);
        listener.endpoint().listener(losses);
        this.monitor = new Monitor(listener);
        this.proceedings = new Proceedings(spec, settings, listener.address(), this);
        this.reception = new Reception(spec, settings, monitor, listener, this, proceedings);
    }

    /** Binds, listens, and serves if the specification has a handler. */
    public static Server open(ServerSpec spec, Settings settings, Consumer<Server> closing) {
        try {
            Server server = new Server(spec, settings, closing);
            server.monitor.lock();
            try {
                server.reception.ensureAcceptor();
            } finally {
                server.monitor.unlock();
            }
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("opening " + spec.label() + ": " + e.getMessage(), e);
        }
    }

    Reception reception() {
        return reception;
    }

    // -- where it is -----------------------------------------------------------------------------

    @Override
    public Transport transport() {
        return spec.transport();
    }

    @Override
    public SocketAddress socketAddress() {
        return listener.address();
    }

    @Override
    public InetSocketAddress address() {
        return internetAddress("address()");
    }

    @Override
    public String host() {
        return Loopback.literal(internetAddress("host()").getAddress());
    }

    @Override
    public int port() {
        return internetAddress("port()").getPort();
    }

    @Override
    public URI uri(String scheme) {
        return Loopback.uri(requireNonNull(scheme, "scheme"), internetAddress("uri()"));
    }

    @Override
    public Path path() {
        if (listener.address() instanceof UnixDomainSocketAddress unix) {
            return unix.getPath();
        }
        throw lacking(spec.choice()
                .unsupported("path() of " + spec.label() + ": found " + spec.transport() + " at "
                        + Loopback.describe(listener.address()) + " (expected: UNIX, which has paths)"));
    }

    private InetSocketAddress internetAddress(String call) {
        if (listener.address() instanceof InetSocketAddress internet) {
            return internet;
        }
        throw lacking(spec.unsupported(call, Capability.IP_ADDRESS));
    }

    public ServerSpec spec() {
        return spec;
    }

    public Settings settings() {
        return settings;
    }

    @Override
    public String toString() {
        return spec.label();
    }

    // -- taking connections ----------------------------------------------------------------------

    @Override
    public SocketConnection accept() {
        return accept(ANY);
    }

    /** Takes the next connection from an address; a stranger's stays in the queue. */
    public Connection accept(Predicate<SocketAddress> from) {
        monitor.lock();
        try {
            reception.requireUsable("accept()");
            return reception.accept(from);
        } finally {
            monitor.unlock();
        }
    }

    @Override
    public SocketServer onConnection(ConnectionHandler handler) {
        requireNonNull(handler, "script");
        Declaration place = Declaration.callSite();
        return usable("onConnection()", () -> {
            scripted = true;
            reception.serveNext(proceedings.newScript(handler, place));
        });
    }

    @Override
    public SocketServer onEachConnection(ConnectionHandler handler) {
        requireNonNull(handler, "handler");
        return usable("onEachConnection()", () -> reception.serveEach(handler));
    }

    @Override
    public SocketConnection connection(int number) {
        settle();
        return monitor.locked(() -> {
            reception.requireUsable("connection(" + number + ")");
            if (number < 1) {
                throw new IllegalArgumentException("number: found " + number + " (expected: from 1)");
            }
            reception.drain();
            if (number > reception.connections().size()) {
                throw new AssertionError("connection(" + number + ") of " + spec.label() + ": no such connection"
                        + reception.madeSoFar());
            }
            return reception.connections().get(number - 1);
        });
    }

    @Override
    public int connectionCount() {
        settle();
        return monitor.locked(() -> {
            reception.requireUsable("connectionCount()");
            reception.drain();
            return reception.connections().size();
        });
    }

    @Override
    public SocketServer awaitConnections(int count) {
        String call = "awaitConnections(" + count + ")";
        return usable(call, () -> {
            if (count < 1) {
                throw new IllegalArgumentException("count: found " + count + " (expected: at least 1)");
            }
            reception.await(call, () -> reception.connections().size() >= count, "too few came", reception::madeSoFar);
        });
    }

    @Override
    public SocketServer expectNoConnections(Duration within) {
        Durations.requireWait("within", within, within);
        settle();
        Set<Connection> foreseen = new HashSet<>();
        usable("expectNoConnections()", () -> {
            reception.drain();
            reception.connections().stream().filter(reception::isClaimed).forEach(foreseen::add);
            Deadline end = Deadline.after(within, settings.ticker());
            requireNoneBut(foreseen, within);
            while (!end.hasPassed()) {
                reception.awaitChange("expectNoConnections()", end, reception.ticket());
                requireNoneBut(foreseen, within);
            }
        });
        settle();
        return usable("expectNoConnections()", () -> requireNoneBut(foreseen, within));
    }

    /** What has happened where the endpoint is has to be known here before it is counted or judged. */
    private void settle() {
        try {
            listener.settle();
        } catch (IOException e) {
            monitor.locked(() -> reception.lost(e));
        }
    }

    private void requireNoneBut(Set<Connection> foreseen, Duration within) {
        reception.drain();
        if (!foreseen.containsAll(reception.connections())) {
            throw new AssertionError("expectNoConnections(" + Durations.format(within) + ") of " + spec.label()
                    + ": a connection was made" + proceedings.evidence());
        }
    }

    @Override
    public Message awaitMessage() {
        requireMessages("awaitMessage()");
        monitor.lock();
        try {
            reception.requireUsable("awaitMessage()");
            AtomicReference<@Nullable Connection> found = new AtomicReference<>();
            reception.await(
                    "awaitMessage()",
                    () -> {
                        found.set(reception.nextWithMessage().orElse(null));
                        return found.get() != null;
                    },
                    "no message came that nobody else takes",
                    reception::madeSoFar);
            return requireNonNull(found.get()).readMessage();
        } finally {
            monitor.unlock();
        }
    }

    @Override
    public SocketServer expectNoMore(Duration within) {
        requireMessages("expectNoMore()");
        Durations.requireWait("within", within, within);
        String call = "expectNoMore(" + Durations.format(within) + ")";
        usable(call, () -> {
            Deadline end = Deadline.after(within, settings.ticker());
            long ticket = reception.ticket();
            requireNoMessage(call);
            while (!end.hasPassed()) {
                reception.awaitChange(call, end, ticket);
                ticket = reception.ticket();
                requireNoMessage(call);
            }
        });
        settle();
        return usable(call, () -> requireNoMessage(call));
    }

    private void requireNoMessage(String call) {
        reception.drain();
        Optional<Connection> more = reception.nextWithMessage();
        if (more.isPresent()) {
            throw new AssertionError(call + " of " + spec.label() + ": instead came "
                    + more.get().readMessage() + proceedings.evidence());
        }
    }

    @Override
    public SocketServer dropMessages(int... numbers) {
        requireMessages("dropMessages()");
        return usable("dropMessages()", () -> {
            try {
                listener.endpoint().dropMessages(numbers);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("dropMessages() on " + spec.label() + ": " + e.getMessage(), e);
            }
        });
    }

    private void requireMessages(String call) {
        if (!spec.transport().has(Capability.MESSAGES)) {
            throw lacking(spec.unsupported(call, Capability.MESSAGES));
        }
    }

    @Override
    public void pauseAccepting() {
        settle();
        usable("pauseAccepting()", reception::pause);
    }

    @Override
    public void resumeAccepting() {
        usable("resumeAccepting()", reception::resume);
    }

    // -- down and up -----------------------------------------------------------------------------

    @Override
    public void stop() {
        stop(Ending.FIN);
    }

    @Override
    public void stop(Ending open) {
        requireNonNull(open, "open");
        settle();
        List<Connection> served = new ArrayList<>();
        List<Connection> waiting = new ArrayList<>();
        usable("stop()", () -> {
            if (!reception.isDown()) {
                try {
                    waiting.addAll(reception.stop());
                } catch (IOException e) {
                    throw new UncheckedIOException("stop() of " + spec.label() + ": " + e.getMessage(), e);
                }
                served.addAll(reception.connections());
                served.removeAll(waiting);
            }
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
        usable("start()", () -> {
            if (reception.isDown()) {
                try {
                    reception.start();
                } catch (IOException e) {
                    throw new UncheckedIOException("start() of " + spec.label() + ": " + e.getMessage(), e);
                }
            }
        });
    }

    // -- checkpoints -----------------------------------------------------------------------------

    @Override
    public SocketServer checkpoint(String name) {
        requireNonNull(name, "name");
        return usable("checkpoint('" + name + "')", () -> reached(name));
    }

    @Override
    public SocketServer assertReached(String name) {
        requireNonNull(name, "name");
        return usable(
                "assertReached()",
                () -> reception.await(
                        "assertReached('" + name + "')",
                        () -> checkpoints.isReached(name),
                        "it was not",
                        () -> "; " + checkpoints));
    }

    @Override
    public Set<String> checkpoints() {
        settle();
        return monitor.locked(checkpoints::reached);
    }

    @Override
    public Snapshot transcript() {
        return Snapshot.of(
                Stream.concat(
                                losses.transcript().stream(),
                                connections().stream().map(Connection::snapshot))
                        .toList(),
                settings.transcript().mask());
    }

    @Override
    public Deadline deadlineOf(Optional<Duration> stated) {
        return Deadline.after(stated.map(settings::scaled).orElse(spec.deadline()), settings.ticker());
    }

    @Override
    public boolean isOver() {
        return isClosed() && connections().stream().allMatch(Connection::isOver);
    }

    /** What was said on each connection on which there was anything since, for reports. */
    public List<Conversation> conversations(long since) {
        return connections().stream()
                .filter(connection -> connection.isActiveSince(since))
                .map(Connection::conversation)
                .toList();
    }

    private List<Connection> connections() {
        settle();
        return monitor.locked(() -> {
            reception.drain();
            return List.copyOf(reception.connections());
        });
    }

    // -- what connections and runs tell ----------------------------------------------------------

    @Override
    public void reached(String name) {
        monitor.locked(() -> {
            checkpoints.reach(name);
            monitor.signal();
        });
    }

    @Override
    public void ending(Connection connection, boolean byPeer) {
        if (!scripted) {
            return; // it matters to scripts only
        }
        monitor.locked(() -> {
            proceedings.ending(connection, byPeer);
            monitor.signal(); // the acceptor, which may have nobody left to accept for
        });
    }

    @Override
    public void goingOn(Connection connection) {
        monitor.locked(() -> {
            proceedings.goingOn(connection);
            reception.ensureAcceptor();
        });
    }

    /** Without the server's lock, which whoever reads must not need. */
    @Override
    public void mayHaveMessage() {
        listener.rouse();
    }

    @Override
    public void waiting() {
        if (observed) {
            monitor.lock();
            try {
                monitor.signal();
            } finally {
                monitor.unlock();
            }
        }
    }

    void returned(Run run, @Nullable Throwable thrown) {
        if (run.script == null && thrown == null) {
            return;
        }
        monitor.lock();
        try {
            proceedings.returned(run, thrown); // who waits for it hears of it when it waits for its client, or finishes
        } finally {
            monitor.unlock();
        }
    }

    void finished(Run run) {
        monitor.lock();
        try {
            reception.finished(run);
        } finally {
            monitor.unlock();
        }
    }

    /** Whether the thread only waits for this server's lock. */
    boolean isWaitedForBy(Thread thread) {
        return monitor.isWaitedForBy(thread);
    }

    // -- the end, in the order in which the verdict calls it ---------------------------------------

    /** Takes in, without waiting for a peer, what is there and how each connection stands. */
    public void observe() {
        settle();
        List<Connection> all;
        monitor.lock();
        try {
            observed = true;
            if (scripted) {
                reception.drain();
            }
            all = List.copyOf(reception.connections());
        } finally {
            monitor.unlock();
        }
        for (Connection connection : all) {
            connection.observe();
        }
    }

    /** From here on nothing waits that was only waiting for the end of the test. */
    public void scopeEnding() {
        settle(); // what a client of the test's has just done is here before nobody waits for it any more
        List<Connection> all;
        monitor.lock();
        try {
            reception.scopeEnding();
            proceedings.endOf(Judged.everythingNew());
            all = List.copyOf(reception.connections());
        } finally {
            monitor.unlock();
        }
        for (Connection connection : all) {
            connection.scopeEnding();
        }
    }

    /** The same for the scripts of one test that this server outlives. */
    public void testEnding(Judged judged) {
        settle();
        List<Connection> theirs = monitor.locked(() -> proceedings.endOf(judged));
        theirs.forEach(Connection::scopeEnding);
    }

    /**
     * Waits until the scripts have returned and handlers have done what there was to do.
     *
     * @param goesOn whether a handler that waits outside of I/O is left alone
     * @return whether there was something to wait for
     */
    public boolean awaitQuiet(Judged judged, boolean goesOn, Deadline deadline) {
        settle();
        boolean waited = false;
        boolean interrupted = false;
        monitor.lock();
        try {
            observed = true;
            do {
                while (!proceedings.isQuiet(judged, goesOn) && !deadline.hasPassed()) {
                    waited = true;
                    // A thread that comes to wait elsewhere tells nobody, so look again now and then.
                    interrupted |= monitor.awaitSignal(
                            goesOn ? Math.min(deadline.remainingNanos(), 2_000_000) : deadline.remainingNanos());
                }
            } while (reception.isServing() && reception.drain() && !deadline.hasPassed());
            interrupted |= letReport(judged);
        } finally {
            monitor.unlock();
        }
        restore(interrupted);
        return waited;
    }

    /**
     * Gives a script a moment whose call has ended by the same deadline, and which is on its way to say
     * so; returns whether the thread was interrupted meanwhile.
     */
    private boolean letReport(Judged judged) {
        boolean interrupted = false;
        Deadline moment = Deadline.after(Run.SURELY_WAITING, settings.ticker());
        while (proceedings.isOnItsWay(judged) && !moment.hasPassed()) {
            interrupted |= monitor.awaitSignal(Math.min(moment.remainingNanos(), 2_000_000));
        }
        return interrupted;
    }

    /** A verdict is bounded by its deadline; an interrupt is kept for whoever comes after it. */
    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Lets scripts and handlers do what they can with what has come, until each of them waits for something
     * that is not there.
     */
    public void awaitIdle(Deadline deadline) {
        settle();
        boolean interrupted = false;
        monitor.lock();
        try {
            observed = true;
            reception.drain();
            while (!proceedings.isIdle() && !deadline.hasPassed()) {
                // A thread that comes to wait elsewhere tells nobody, so look again now and then.
                interrupted |= monitor.awaitSignal(Math.min(deadline.remainingNanos(), 2_000_000));
            }
        } finally {
            monitor.unlock();
        }
        restore(interrupted);
    }

    /** Whether there is nothing to wait for. */
    public boolean isQuiet(Judged judged, boolean goesOn) {
        return monitor.locked(() -> proceedings.isQuiet(judged, goesOn));
    }

    /** What fails, as things stand; see {@link Proceedings#judge}. */
    public List<Failure> judge(Judged judged, boolean waited) {
        monitor.lock();
        try {
            List<Failure> found = proceedings.judge(judged, waited);
            reception.forgetJudgedScripts();
            return found;
        } finally {
            monitor.unlock();
        }
    }

    /** What the test, a script or a handler could not do over this transport, if anything since. */
    public Optional<UnsupportedTransportException> unsupported(long since) {
        return lacking.stream()
                .filter(one -> one.at() - since >= 0)
                .map(Lacking::told)
                .findFirst()
                .or(() -> monitor.locked(() -> proceedings.unsupported(since)));
    }

    @Override
    public void unsupported(RuntimeException thrown) {
        if (thrown instanceof UnsupportedTransportException unsupported) {
            lacking.add(new Lacking(settings.ticker().nanoTime(), unsupported));
        }
    }

    private RuntimeException lacking(RuntimeException thrown) {
        unsupported(thrown);
        return thrown;
    }

    /**
     * Ends the connections that a verdict has found to be nobody's, or whose script is over, and those
     * of a test's own clients that nobody has taken: the next test must not get them.
     */
    public void endLeftOvers(Set<SocketAddress> clients) {
        settle();
        List<Connection> ended = monitor.locked(() -> {
            if (!clients.isEmpty()) {
                reception.drain();
            }
            return proceedings.takeLeftOvers(clients);
        });
        ended.forEach(connection -> connection.cut("the verdict"));
    }

    /** Gives up the scripts without a word: their test was aborted, and the next must not get them. */
    public void forget(Judged judged) {
        List<Connection> theirs = monitor.locked(() -> {
            List<Connection> served = proceedings.forget(judged);
            reception.forgetJudgedScripts();
            return served;
        });
        theirs.forEach(connection -> connection.cut("the end of an aborted test"));
    }

    /** Closes everything, and adds what would not end. */
    public void tearDown(List<Failure> stuck) {
        List<Connection> all;
        List<Run> left;
        monitor.lock();
        try {
            if (reception.isClosed()) {
                return;
            }
            proceedings.cut();
            try {
                reception.close();
            } catch (IOException e) {
                stuck.add(proceedings.failure("closing it failed: " + e.getMessage(), e, null));
            }
            all = List.copyOf(reception.connections());
            left = List.copyOf(proceedings.runs());
        } finally {
            monitor.unlock();
        }
        for (Connection connection : all) {
            try {
                connection.tearDown("the end of its scope");
            } catch (RuntimeException e) {
                stuck.add(proceedings.failure("closing a connection failed: " + e, e, null));
            }
        }
        for (Run run : left) {
            run.callOff();
        }
        awaitEnd(stuck);
    }

    private void awaitEnd(List<Failure> stuck) {
        boolean interrupted = false;
        monitor.lock();
        try {
            Deadline deadline = Deadline.after(teardownTime(), settings.ticker());
            while ((!proceedings.runs().isEmpty() || reception.isAcceptorAtWork()) && !deadline.hasPassed()) {
                interrupted |= monitor.awaitSignal(deadline.remainingNanos());
            }
            stuck.addAll(proceedings.stuck(deadline));
        } finally {
            monitor.unlock();
        }
        restore(interrupted);
    }

    /** A short deadline is one of what a test waits for; a thread that has been told to end gets the usual time. */
    private Duration teardownTime() {
        Duration usual = settings.deadline();
        return spec.deadline().compareTo(usual) > 0 ? spec.deadline() : usual;
    }

    @Override
    public void close() {
        closing.accept(this);
    }

    public boolean isClosed() {
        monitor.lock();
        try {
            return reception.isClosed();
        } finally {
            monitor.unlock();
        }
    }

    /**
     * What a verdict does not judge but reports.
     *
     * @param waited whether handlers had time to come to an end
     */
    public List<String> remarks(boolean waited) {
        return monitor.locked(() -> proceedings.remarks(waited));
    }

    /** When it was opened, by the clock of its settings. */
    public long opened() {
        return opened;
    }

    /**
     * What was on this server: a line per connection, and the conversations drawn.
     *
     * @param since a conversation is drawn if there was anything on it since
     */
    public String evidence(long since) {
        settle();
        return monitor.locked(() -> {
            reception.drain();
            return proceedings.evidence(connection -> connection.isActiveSince(since))
                    + losses.transcript().map(lost -> lost.ladder("    ")).orElse("");
        });
    }

    private Server usable(String call, Runnable action) {
        monitor.locked(() -> {
            reception.requireUsable(call);
            action.run();
        });
        return this;
    }
}
