package org.junitsockets.server;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.UnsupportedTransportException;
import org.junitsockets.connection.Connection;
import org.junitsockets.port.Loopback;
import org.junitsockets.spec.Declaration;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.time.Deadline;
import org.junitsockets.time.Durations;

/**
 * What scripts and handlers do on a server, and what a verdict makes of it.
 *
 * <p>Everything is guarded by the monitor, which the caller holds.
 */
final class Proceedings {

    private static final int MOST_CONNECTIONS_SHOWN = 20;
    private static final int LADDERS_AT_EACH_END = 3;

    private final ServerSpec spec;
    private final Settings settings;
    private final SocketAddress address;
    private final Server server;

    private final List<Script> scripts = new ArrayList<>();
    private final Set<Run> runs = new LinkedHashSet<>();
    private final List<Failure> failures = new ArrayList<>();
    private final Set<Failure> delivered = new HashSet<>();

    /** In the queue, and made while a script kept others out. */
    private final Set<Connection> unscripted = new LinkedHashSet<>();

    /** Those of them that a verdict has spoken about. */
    private final Set<Connection> strangers = new LinkedHashSet<>();

    /** Those whose script a verdict has found unfinished, on a server that goes on. */
    private final Set<Connection> abandoned = new LinkedHashSet<>();

    private boolean cut;

    Proceedings(ServerSpec spec, Settings settings, SocketAddress address, Server server) {
        this.spec = spec;
        this.settings = settings;
        this.address = address;
        this.server = server;
    }

    private Reception reception() {
        return server.reception();
    }

    // -- scripts and who serves ------------------------------------------------------------------

    Script newScript(ConnectionHandler handler, Declaration registeredAt) {
        Script script = new Script(
                scripts.size() + 1, handler, registeredAt, settings.ticker().nanoTime());
        scripts.add(script);
        return script;
    }

    Run newRun(ConnectionHandler handler, Connection connection, @Nullable Script script) {
        connection.serve();
        Run run = new Run(server, handler, connection, script);
        runs.add(run);
        return run;
    }

    Set<Run> runs() {
        return runs;
    }

    boolean hasScripts() {
        return !scripts.isEmpty();
    }

    boolean isScriptAtWork() {
        for (Script script : scripts) {
            if (script.isAtWork()) {
                return true;
            }
        }
        return false;
    }

    /** Nobody asked for the connection; it may be one that a script's author did not foresee. */
    void leftOver(Connection connection) {
        for (Script script : scripts) {
            if (keepsOthersOut(script)) {
                unscripted.add(connection);
                return;
            }
        }
    }

    private static boolean keepsOthersOut(Script script) {
        return script.isAtWork() && script.connection != null && script.connection.isSurelyOpen();
    }

    void taken(Connection connection) {
        unscripted.remove(connection);
    }

    /** This side is about to end the connection, or has just seen the other side end it. */
    void ending(Connection connection, boolean byPeer) {
        for (Script script : scripts) {
            if (script.connection == connection && !script.ended) {
                reception().drain();
                // Whoever came before this end was not foreseen; whoever came after the client's own end may be.
                if (!byPeer && connection.isSurelyOpen()) {
                    unscripted.addAll(reception().queue());
                }
                script.ended = true;
            }
        }
    }

    /** A script goes on after its half-close, so it is not over. */
    void goingOn(Connection connection) {
        scripts.stream()
                .filter(script -> script.connection == connection && !script.returned)
                .forEach(script -> script.ended = false);
    }

    void returned(Run run, @Nullable Throwable thrown) {
        ending(run.connection, false);
        if (run.script != null) {
            run.script.returned = true;
        }
        if (thrown != null && isFailure(run, thrown)) {
            failures.add(failure(describe(run, thrown), thrown, run.script));
        }
    }

    /** What was thrown, without the connection and server that our own messages name again. */
    private String describe(Run run, Throwable thrown) {
        String connection = " on connection " + run.connection.number();
        boolean unfinished = run.script != null && Connection.isDeadline(thrown);
        String text = thrown instanceof AssertionError
                ? String.valueOf(thrown.getMessage()).stripLeading() // AssertJ's begin with an empty line
                : thrown.toString();
        return run.who()
                + (unfinished ? " was not finished: " : " failed" + connection + ": ")
                + text.replace(connection + " of " + spec.label(), unfinished ? connection : "");
    }

    private boolean isFailure(Run run, Throwable thrown) {
        if (cut) {
            return false; // it was cut where it stood, and the verdict has been given
        }
        if (run.script != null) {
            return !run.script.judged && !Connection.isClientGivingUp(thrown);
        }
        return !run.connection.explains(thrown) && !Connection.isIdleDeadline(thrown);
    }

    void fail(String what, Throwable cause) {
        failures.add(failure(what, cause, null));
    }

    Failure failure(String what, @Nullable Throwable cause, @Nullable Script about) {
        return new Failure(
                settings.ticker().nanoTime(),
                spec.label() + ": " + what,
                cause,
                about == null ? Optional.empty() : about.registeredAt.frame());
    }

    // -- the verdict -----------------------------------------------------------------------------

    /** Notes what the scripts wait in, before the end makes them look up; returns their connections. */
    List<Connection> endOf(Judged judged) {
        List<Connection> theirs = new ArrayList<>();
        for (Script script : scripts) {
            if (judged.covers(script) && script.connection != null) {
                script.waitedIn = script.connection.waitingIn();
                script.held = script.connection.waitsForScopeEnd();
                theirs.add(script.connection);
            }
        }
        return theirs;
    }

    /**
     * Whether the scripts have returned, and handlers have done what there was to do.
     *
     * @param goesOn whether a handler that waits outside of I/O is left alone
     */
    boolean isQuiet(Judged judged, boolean goesOn) {
        for (Script script : scripts) {
            if (judged.covers(script) && !script.returned) {
                return false;
            }
        }
        for (Run run : runs) {
            if ((run.script == null || judged.covers(run.script)) && !run.isQuiet(goesOn)) {
                return false;
            }
        }
        return true;
    }

    /** Whether everybody at work waits for something that is not there. */
    boolean isIdle() {
        for (Run run : runs) {
            if (!run.isQuiet(true)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a script has not returned, but does not wait in I/O either. */
    boolean isOnItsWay(Judged judged) {
        for (Script script : scripts) {
            if (judged.covers(script)
                    && !script.returned
                    && script.connection != null
                    && script.connection.waitingIn() == null) {
                return true;
            }
        }
        return false;
    }

    /**
     * What fails, as things stand.
     *
     * @param waited whether scripts had time to return; if not, one that only held its connection
     *     open until the end is as good as finished
     */
    List<Failure> judge(Judged judged, boolean waited) {
        List<Failure> found = new ArrayList<>();
        List<Script> covered = covered(judged);
        for (Script script : covered) {
            if (!script.returned && (waited || !script.held)) {
                found.add(failure(unfinished(script, waited), null, script));
            }
            if (!script.returned && script.connection != null) {
                abandoned.add(script.connection);
            }
        }
        if (!covered.isEmpty()) {
            found.addAll(strangers());
        }
        for (Script script : covered) {
            script.judged = true;
        }
        for (Failure failure : failures) {
            if (judged.covers(failure, delivered.contains(failure))) {
                found.add(failure);
                delivered.add(failure); // but not the rest, which nobody has been told yet
            }
        }
        return found;
    }

    /** What a script or handler could not do over this transport, if anything since. */
    Optional<UnsupportedTransportException> unsupported(long since) {
        return failures.stream()
                .filter(failure -> failure.at() - since >= 0)
                .flatMap(failure -> failure.unsupported().stream())
                .findFirst();
    }

    private List<Script> covered(Judged judged) {
        List<Script> covered = new ArrayList<>();
        for (Script script : scripts) {
            if (judged.covers(script)) {
                covered.add(script);
            }
        }
        return covered;
    }

    private List<Failure> strangers() {
        List<Connection> strays = List.copyOf(unscripted);
        strangers.addAll(strays);
        strays.forEach(unscripted::remove);
        reception().queue().removeAll(strays);
        return strays.stream()
                .map(stranger -> failure(
                        "connection " + stranger.number() + " was made before the last script ended, and no script,"
                                + " handler or accept() took it",
                        null,
                        null))
                .toList();
    }

    /** Connections that are over by a verdict, each returned once. */
    List<Connection> takeLeftOvers(Set<SocketAddress> clients) {
        List<Connection> taken = new ArrayList<>(strangers);
        taken.addAll(abandoned);
        for (Connection waiting : List.copyOf(reception().queue())) {
            if (clients.contains(waiting.remoteAddress())) {
                reception().queue().remove(waiting);
                taken.add(waiting);
            }
        }
        strangers.clear();
        abandoned.clear();
        return taken;
    }

    /** Gives the scripts up, and returns the connections that they have, and those that nobody will take. */
    List<Connection> forget(Judged judged) {
        List<Script> covered = covered(judged);
        covered.forEach(script -> script.judged = true);
        List<Connection> over = new ArrayList<>();
        for (Script script : covered) {
            if (!script.returned && script.connection != null) {
                over.add(script.connection);
            }
        }
        if (!covered.isEmpty()) {
            over.addAll(unscripted);
            reception().queue().removeAll(unscripted);
            unscripted.clear();
        }
        return over;
    }

    private String unfinished(Script script, boolean waited) {
        String start = script.toString();
        if (script.connection == null) {
            return start + " was not reached: no connection came for it"
                    + reception().madeSoFar();
        }
        @Nullable String call = waited || script.waitedIn == null ? script.connection.waitingIn() : script.waitedIn;
        if (call == null) {
            return start + " was not finished on connection " + script.connection.number()
                    + (script.waitedIn == null ? "" : ": it waited in " + script.waitedIn + " when the test ended")
                    + runs.stream()
                            .filter(run -> run.script == script)
                            .map(Run::stack)
                            .findFirst()
                            .orElse("");
        }
        return start + " was not finished: it waits in " + call + " on connection "
                + script.connection.number()
                + (script.connection.isSurelyOpen() ? "; the client still holds the connection open" : "");
    }

    /** What is no failure but worth knowing: who came when the scripts were over, and who is not in I/O. */
    List<String> remarks(boolean waited) {
        if (scripts.isEmpty() && runs.isEmpty()) {
            return List.of();
        }
        Stream<String> late = scripts.isEmpty()
                ? Stream.empty()
                : reception().queue().stream()
                        .map(connection -> "a connection came after the last script ended, and nobody took it: "
                                + connection.describe());
        Stream<String> busy = runs.stream()
                .filter(run -> waited && run.script == null && !run.isQuiet(false))
                .map(run -> run.who() + " on connection " + run.connection.number()
                        + " was at work, and not in I/O, when its time was over; it was interrupted" + run.stack());
        return Stream.concat(late, busy)
                .map(remark -> spec.label() + ": " + remark)
                .toList();
    }

    /** What is thrown from here on comes of our own cutting. */
    void cut() {
        cut = true;
    }

    /** Those who have not ended by the deadline, in words. */
    List<Failure> stuck(Deadline deadline) {
        if (runs.isEmpty()) {
            return List.of();
        }
        return runs.stream()
                .map(run -> failure(
                        run.who() + " on connection " + run.connection.number()
                                + " would not end: that was closed, its thread was interrupted, and "
                                + Durations.format(deadline.allowed()) + " later it is still running" + run.stack(),
                        null,
                        run.script))
                .toList();
    }

    /** What was on this server, a line per connection, for messages. */
    String evidence() {
        return evidence(connection -> false);
    }

    /**
     * The same with some of the conversations drawn.
     *
     * @param drawn which, but only the first and the last few of them
     */
    String evidence(Predicate<Connection> drawn) {
        List<Connection> connections = reception().connections();
        Deque<Connection> queue = reception().queue();
        StringBuilder lines = new StringBuilder("\n  " + spec.shortLabel() + " at " + Loopback.describe(address) + ":"
                + (connections.isEmpty() ? " no connection was made" : ""));
        List<Connection> all = connections.stream().filter(drawn).toList();
        int middle = Math.max(0, all.size() - 2 * LADDERS_AT_EACH_END);
        Set<Connection> ladders = new HashSet<>(all);
        all.stream().skip(LADDERS_AT_EACH_END).limit(middle).forEach(ladders::remove);
        for (Connection connection : connections.subList(0, Math.min(MOST_CONNECTIONS_SHOWN, connections.size()))) {
            boolean nobodys = queue.contains(connection) || strangers.contains(connection);
            lines.append("\n    ").append(connection.describe()).append(nobodys ? ", nobody took it" : "");
            if (ladders.contains(connection)) {
                lines.append(connection.snapshot().ladder("    "));
            }
        }
        if (connections.size() > MOST_CONNECTIONS_SHOWN) {
            lines.append("\n    and ")
                    .append(connections.size() - MOST_CONNECTIONS_SHOWN)
                    .append(" more");
        }
        return lines.toString();
    }
}
