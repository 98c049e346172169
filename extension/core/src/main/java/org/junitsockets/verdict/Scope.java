package org.junitsockets.verdict;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junitsockets.connection.Connection;
import org.junitsockets.raw.Clients;
import org.junitsockets.raw.Destination;
import org.junitsockets.raw.RawServers;
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
    private final StringBuilder evidence = new StringBuilder();
    private final List<String> remarks = new ArrayList<>();
    private int connected;
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
            String itsEvidence = Verdict.end(server, outcome.get(), found);
            synchronized (this) {
                failures.addAll(found);
                evidence.append(itsEvidence);
            }
        });
    }

    /** Opens one of the JDK's own server sockets. */
    public RawServers.RawServer openRaw(Class<?> type, ServerSpec spec) {
        return add(RawServers.open(type, spec, settings));
    }

    /** Connects a client of one of {@link Clients#TYPES}. */
    public Clients.Connected<?> connect(Class<?> type, InetSocketAddress address, ServerSpec server) {
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
        return client;
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
        List<Failure> found = new ArrayList<>(failures);
        found.addAll(Verdict.judge(open, clients, outcome, Judged.everythingNew(), false));
        List<Server> blamed = new ArrayList<>(open);
        Judged mine = Judged.test(threads(), since);
        for (Scope scope : around) {
            List<Server> shared = scope.servers();
            if (aborted) {
                shared.forEach(server -> server.forget(mine));
            } else {
                found.addAll(Verdict.judge(shared, List.of(), outcome, mine, true));
                blamed.addAll(shared);
            }
        }
        if (!found.isEmpty()) {
            blamed.forEach(server -> evidence.append(server.evidence())); // before we end what is open
        }
        blamed.forEach(Server::endLeftOvers);
        if (!aborted) {
            open.forEach(server -> addRemarks(server.remarks()));
        }
        tearDown(open, found);
        if (!aborted) {
            Verdict.raise(found, evidence.toString(), outcome);
        }
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

    /** What was recorded in this scope; where both ends of a connection are in it, by the server's. */
    public List<Conversation> conversations() {
        List<Server> ours;
        List<Clients.Connected<?>> connected;
        synchronized (this) {
            ours = List.copyOf(servers);
            connected = List.copyOf(clients);
        }
        List<Conversation> found = new ArrayList<>();
        ours.forEach(server -> found.addAll(server.conversations()));
        rawServers().forEach(server -> found.addAll(server.conversations()));
        List<Conversation> ofServers = List.copyOf(found);
        for (Clients.Connected<?> client : connected) {
            client.conversation()
                    .filter(its -> ofServers.stream().noneMatch(its::mirrors))
                    .ifPresent(found::add);
        }
        return found;
    }

    /** The clients of this scope, and the servers that had none here, of whose conversations no end is recorded. */
    public List<String> notRecorded() {
        List<Clients.Connected<?>> connected;
        synchronized (this) {
            connected = List.copyOf(clients);
        }
        List<RawServers.RawServer> raw = Stream.concat(Stream.of(this), around.stream())
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
