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
import org.junitsockets.raw.Clients;
import org.junitsockets.raw.RawServers;
import org.junitsockets.server.Failure;
import org.junitsockets.server.Judged;
import org.junitsockets.server.Server;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;

/**
 * All that lives as long as one test, or one class: it ends together, with one verdict.
 *
 * <p>A test's scope also answers for the servers of the scopes around it, as far as what happened
 * there is its test's doing.
 */
public final class Scope {

    private final Settings settings;
    private final List<Scope> around;
    private final long since;
    private final List<Server> servers = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final Deque<Closeable> others = new ArrayDeque<>();
    private final List<Failure> failures = new ArrayList<>();
    private final Set<Thread> threads = new HashSet<>(Set.of(Thread.currentThread()));
    private final List<String> remarks = new ArrayList<>();
    private int connected;
    private boolean closed;

    /**
     * Begins a scope.
     *
     * @param around those of the classes that its test is in; empty for a scope that is not a test's
     */
    public Scope(Settings settings, List<Scope> around) {
        this.settings = settings;
        this.around = List.copyOf(around);
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
        Server server = Server.open(spec, settings);
        if (!add(servers, server)) {
            server.tearDown(new ArrayList<>());
            throw closed(spec.label());
        }
        return server;
    }

    /** Opens one of the JDK's own server sockets. */
    public RawServers.RawServer openRaw(Class<?> type, ServerSpec spec) {
        return add(RawServers.open(type, spec));
    }

    /** Connects a client of one of {@link Clients#TYPES}. */
    public Clients.Connected<?> connect(Class<?> type, InetSocketAddress address, ServerSpec server) {
        Clients.Connected<?> client = Clients.connect(type, nextNumber(), address, server, settings);
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
        List<Failure> found;
        List<Server> open;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            found = new ArrayList<>(outcome == Outcome.ABORTED ? List.of() : failures);
            open = servers.stream().filter(server -> !server.isClosed()).toList();
        }
        found.addAll(Verdict.judge(open, clients, outcome, Judged.everythingNew(), false));
        List<Server> blamed = new ArrayList<>(open);
        if (outcome != Outcome.ABORTED) {
            Judged mine = Judged.test(threads(), since);
            for (Scope scope : around) {
                List<Server> shared = scope.servers();
                found.addAll(Verdict.judge(shared, List.of(), outcome, mine, true));
                blamed.addAll(shared);
            }
        }
        StringBuilder evidence = new StringBuilder(); // before we end what is open
        if (!found.isEmpty()) {
            blamed.forEach(server -> evidence.append(server.evidence()));
        }
        blamed.forEach(Server::endStrangers);
        if (outcome != Outcome.ABORTED) {
            open.forEach(server -> addRemarks(server.remarks()));
        }
        tearDown(open, found);
        if (outcome != Outcome.ABORTED) {
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
