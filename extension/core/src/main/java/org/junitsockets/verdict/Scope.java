package org.junitsockets.verdict;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junitsockets.UnsupportedTransportException;
import org.junitsockets.connection.Connection;
import org.junitsockets.raw.Clients;
import org.junitsockets.raw.Destination;
import org.junitsockets.raw.RawServers;
import org.junitsockets.report.Report;
import org.junitsockets.server.Failure;
import org.junitsockets.server.Judged;
import org.junitsockets.server.Server;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.transcript.Conversation;

/**
 * All that lives as long as one test, or one class: it ends together, with one verdict.
 *
 * <p>A test's scope also answers for the servers of the scopes around it, as far as what happened
 * there is its test's doing.
 */
public final class Scope {

    private final Settings settings;
    private final List<Scope> around;
    private final Supplier<Outcome> outcome;
    private final long since;
    private final List<Server> servers = new ArrayList<>();
    private final List<Clients.Connected<?>> clients = new ArrayList<>();
    private final Deque<Closeable> others = new ArrayDeque<>();
    private final List<Failure> failures = new ArrayList<>();
    private final Set<Thread> threads = new HashSet<>(Set.of(Thread.currentThread()));
    private final Set<SocketAddress> addresses = new HashSet<>();
    private final Evidence evidence;
    private final List<String> remarks = new ArrayList<>();
    private int connected;
    private boolean gathered;
    private String reported = "";
    private boolean closed;

    /**
     * Begins a scope.
     *
     * @param around those of the classes that its test is in; empty for a scope that is not a test's
     */
    public Scope(Settings settings, List<Scope> around) {
        this(settings, around, () -> Outcome.PASSED);
    }

    /**
     * Begins a scope.
     *
     * @param outcome how its test stands at the moment, for a server that is closed before its end
     */
    public Scope(Settings settings, List<Scope> around, Supplier<Outcome> outcome) {
        this.settings = settings;
        this.evidence = new Evidence(settings);
        this.around = List.copyOf(around);
        this.outcome = outcome;
        this.since = settings.ticker().nanoTime();
    }

    public Settings settings() {
        return settings;
    }

    /** Says that this thread too runs the test: one that has a timeout may have its own. */
    public synchronized void runsOn(Thread thread) {
        threads.add(thread);
    }

    public Server open(ServerSpec spec) {
        Server server = Server.open(spec, settings, this::endEarly);
        if (!add(servers, server)) {
            server.tearDown(new ArrayList<>());
            throw closed(spec.label());
        }
        return server;
    }

    /** A server that the test closes by itself is judged then; its failures are those of the scope. */
    private void endEarly(Server server) {
        Verdict.uninterrupted(() -> {
            List<Failure> found = new ArrayList<>();
            Verdict.end(server, outcome.get(), found, evidence);
            synchronized (this) {
                failures.addAll(found);
            }
        });
    }

    /** Opens one of the JDK's own server sockets. */
    public RawServers.RawServer openRaw(Class<?> type, ServerSpec spec) {
        return add(RawServers.open(type, spec, settings));
    }

    /** Connects a client of one of {@link Clients#TYPES}. */
    public Clients.Connected<?> connect(Class<?> type, SocketAddress address, ServerSpec server) {
        return added(Clients.connect(type, nextNumber(), Destination.of(address, server), settings));
    }

    /** Connects a client of somebody else's server. */
    Connection connect(int number, Destination to) throws IOException {
        return added(Clients.connection(number, to, settings)).socket();
    }

    private <C extends Clients.Connected<?>> C added(C client) {
        if (!add(clients, client)) {
            closeLate(client);
            throw closed(client.toString());
        }
        if (!around.isEmpty()) {
            addAddress(client);
        }
        return client;
    }

    private synchronized void addAddress(Client client) {
        try {
            addresses.add(client.localAddress());
        } catch (IOException e) {
            // closed by somebody already
        }
    }

    /** Anything else that is to be closed; what was added last is closed first. */
    public <C extends Closeable> C add(C other) {
        boolean added;
        synchronized (this) {
            added = !closed;
            if (added) {
                others.push(other);
            }
        }
        if (!added) {
            closeLate(other);
            throw closed(other.toString());
        }
        return other;
    }

    /** A failure that is nobody's peer's. */
    public synchronized void fail(String message) {
        failures.add(new Failure(settings.ticker().nanoTime(), message, null));
    }

    /**
     * Ends the scope. A second call does nothing.
     *
     * @throws AssertionError the verdict, if anything failed
     */
    public void close(Outcome outcome) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        Verdict.uninterrupted(() -> end(outcome));
    }

    private void end(Outcome outcome) {
        boolean aborted = outcome == Outcome.ABORTED;
        List<Server> open = servers();
        List<Server> all = new ArrayList<>(open);
        List<Docket> dockets = new ArrayList<>();
        for (Server server : open) {
            dockets.add(Docket.last(server));
        }
        Judged mine = Judged.test(threads(), since);
        for (Scope scope : around) {
            for (Server server : scope.servers()) {
                all.add(server);
                if (aborted) {
                    server.forget(mine);
                } else {
                    dockets.add(new Docket(server, mine, true));
                }
            }
        }
        if (outcome == Outcome.FAILED) {
            gatherEvidence(); // as things stood when the test failed
        }
        List<Failure> found = new ArrayList<>(Verdict.judge(dockets, clients, outcome));
        found.addAll(0, failures());
        boolean wanted = Verdict.isEvidenceWanted(settings, outcome, found);
        if (wanted) {
            gatherEvidence(); // before we end what is open
        }
        try {
            all.forEach(server -> server.endLeftOvers(addresses()));
            if (!aborted) {
                open.forEach(server -> addRemarks(server.remarks(outcome == Outcome.PASSED)));
            }
        } finally {
            tearDown(open, found);
        }
        if (!aborted) {
            if (!wanted && !found.isEmpty()) {
                gatherEvidence();
            }
            reported = Failure.messages(found);
            Verdict.raise(found, evidence, outcome);
        }
    }

    /** What this test, or a script or handler of it, could not do over its transport, if anything. */
    public Optional<UnsupportedTransportException> unsupported() {
        return withThoseAround()
                .flatMap(scope -> scope.servers().stream())
                .flatMap(server -> server.unsupported(since).stream())
                .findFirst();
    }

    /** The same at the end of a test, whose scripts may have something to do that shows it only now. */
    public Optional<UnsupportedTransportException> unsupportedInTheEnd() {
        withThoseAround()
                .flatMap(scope -> scope.servers().stream())
                .filter(server -> !server.spec().choice().stated())
                .forEach(server -> server.awaitIdle(settings.startDeadline()));
        return unsupported();
    }

    /** Only the first call does anything. */
    private void gatherEvidence() {
        List<Server> own;
        synchronized (this) {
            if (gathered) {
                return;
            }
            gathered = true;
            own = List.copyOf(servers);
        }
        own.forEach(server -> evidence.add(server, server.opened()));
        around.forEach(scope -> scope.servers().forEach(server -> evidence.add(server, since)));
        conversations().forEach(evidence::add);
        notRecorded().forEach(what -> evidence.remark("not recorded: " + what));
        withThoseAround()
                .flatMap(scope -> scope.witnesses().stream())
                .map(witness -> settings.transcript().mask().apply(witness.testimony()))
                .filter(testimony -> !testimony.isEmpty())
                .forEach(evidence::remark);
    }

    private synchronized List<Witness> witnesses() {
        List<Witness> found = new ArrayList<>();
        others.descendingIterator().forEachRemaining(other -> {
            if (other instanceof Witness witness) {
                found.add(witness);
            }
        });
        return found;
    }

    /** What is recorded of the JDK's own servers of this test, and of its clients. */
    private List<Conversation> conversations() {
        List<Conversation> found = new ArrayList<>();
        withThoseAround()
                .flatMap(scope -> scope.rawServers().stream())
                .forEach(server -> found.addAll(server.conversations(since)));
        for (Client client : connected()) {
            try {
                client.observe();
            } catch (IOException e) {
                // reset, or closed by the test: there is nothing more to see
            }
            client.conversation().ifPresent(found::add);
        }
        return found;
    }

    private Stream<Scope> withThoseAround() {
        return Stream.concat(Stream.of(this), around.stream());
    }

    private synchronized List<Clients.Connected<?>> connected() {
        return List.copyOf(clients);
    }

    /**
     * What was on the wire, once the scope has been closed: if something failed, or if it is wanted
     * always.
     *
     * @param title of the report
     * @param failure of the test itself, empty if there was none
     */
    public Optional<Report> report(String title, String failure) {
        return evidence.isEmpty()
                ? Optional.empty()
                : Optional.of(evidence.report(
                        title,
                        failure.isEmpty() || reported.isEmpty() ? failure + reported : failure + "\n" + reported));
    }

    private synchronized Set<SocketAddress> addresses() {
        return Set.copyOf(addresses);
    }

    private synchronized List<Failure> failures() {
        return List.copyOf(failures);
    }

    private void tearDown(List<Server> open, List<Failure> found) {
        clients.forEach(client -> close(client, found));
        open.forEach(server -> server.tearDown(found));
        others.forEach(other -> close(other, found));
    }

    private void close(Closeable closeable, List<Failure> found) {
        try {
            closeable.close();
        } catch (IOException | RuntimeException e) {
            found.add(new Failure(settings.ticker().nanoTime(), "closing " + closeable + " failed: " + e, e));
        }
    }

    private static void closeLate(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the verdict did not judge but reports; known once the scope has been closed. */
    public synchronized List<String> remarks() {
        return List.copyOf(remarks);
    }

    /**
     * Raw channels and asynchronous channels that have no end of ours: the clients, and the servers that
     * had none of our clients.
     */
    private List<String> notRecorded() {
        if (settings.transcript().size() == 0) {
            return List.of(); // nothing is, as the user wants it
        }
        List<Clients.Connected<?>> connected = connected();
        List<RawServers.RawServer> raw = withThoseAround()
                .flatMap(scope -> scope.rawServers().stream())
                .filter(server -> !server.isRecorded())
                .toList();
        List<String> found = new ArrayList<>();
        for (Clients.Connected<?> client : connected) {
            if (!client.isRecorded()
                    && raw.stream().anyMatch(server -> server.address().equals(client.server()))) {
                found.add(client.type().getSimpleName() + " " + client.label());
            }
        }
        for (RawServers.RawServer server : rawServers()) {
            if (!server.isRecorded()
                    && connected.stream().noneMatch(client -> server.address().equals(client.server()))) {
                found.add(server.type().getSimpleName() + " of " + server.spec().label());
            }
        }
        return found;
    }

    private synchronized List<RawServers.RawServer> rawServers() {
        List<RawServers.RawServer> found = new ArrayList<>();
        others.descendingIterator().forEachRemaining(other -> {
            if (other instanceof RawServers.RawServer server) {
                found.add(server);
            }
        });
        return found;
    }

    private synchronized void addRemarks(List<String> more) {
        remarks.addAll(more);
    }

    private synchronized Set<Thread> threads() {
        return Set.copyOf(threads);
    }

    private synchronized List<Server> servers() {
        return servers.stream().filter(server -> !server.isClosed()).toList();
    }

    private synchronized int nextNumber() {
        return ++connected;
    }

    private synchronized <T> boolean add(List<T> all, T one) {
        return !closed && all.add(one);
    }

    private static IllegalStateException closed(String what) {
        return new IllegalStateException("opening " + what + ": its scope has ended");
    }
}
