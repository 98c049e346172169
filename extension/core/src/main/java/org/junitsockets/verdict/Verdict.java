package org.junitsockets.verdict;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitsockets.server.Failure;
import org.junitsockets.server.Judged;
import org.junitsockets.server.Server;
import org.junitsockets.spec.Settings;
import org.junitsockets.time.Deadline;
import org.junitsockets.work.Workers;

/**
 * The end of a scope: see how each connection stands, end our own clients, let the peers finish,
 * judge.
 *
 * <p>Peers are let finish before they are judged because a test often ends right after its client
 * has sent something: a handler that has yet to look at it may be about to fail.
 */
public final class Verdict {

    private Verdict() {}

    /** The end of a server that somebody has opened for himself. */
    public static void close(Server server) {
        boolean interrupted = Thread.interrupted();
        try {
            List<Failure> failures = new ArrayList<>();
            String evidence = end(server, Outcome.PASSED, failures);
            raise(failures, evidence, Outcome.PASSED);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Judges one server and closes it; adds what failed, and returns the evidence for that. */
    static String end(Server server, Outcome outcome, List<Failure> failures) {
        if (server.isClosed()) {
            return "";
        }
        List<Failure> found =
                new ArrayList<>(judge(List.of(server), List.of(), outcome, Judged.everythingNew(), false));
        String evidence = found.isEmpty() ? "" : server.evidence(); // before we end what is open
        server.tearDown(found);
        failures.addAll(found);
        return evidence;
    }

    /** A verdict takes its time whatever the thread was told; an interrupt is kept for who comes after it. */
    static void uninterrupted(Runnable verdict) {
        boolean interrupted = Thread.interrupted();
        try {
            verdict.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Judges without tearing down.
     *
     * @param goesOn whether the servers live on after this, so that nothing of theirs is ended, and a
     *     handler that waits outside of I/O is left alone
     */
    static List<Failure> judge(
            List<Server> servers, List<? extends Client> clients, Outcome outcome, Judged judged, boolean goesOn) {
        for (Server server : servers) {
            server.observe();
        }
        for (Client client : clients) {
            observe(client);
            shutdownOutput(client);
        }
        for (Server server : servers) {
            if (goesOn) {
                server.testEnding(judged);
            } else {
                server.scopeEnding();
            }
        }
        if (outcome == Outcome.ABORTED) {
            return List.of();
        }
        if (outcome == Outcome.PASSED) {
            letFinish(servers, clients, judged, goesOn);
        }
        List<Failure> failures = new ArrayList<>();
        for (Server server : servers) {
            failures.addAll(server.judge(judged, outcome == Outcome.PASSED));
        }
        return failures;
    }

    /** One deadline for all; what one server's peers do may keep another's busy, so until none had to wait. */
    private static void letFinish(List<Server> servers, List<? extends Client> clients, Judged judged, boolean goesOn) {
        if (servers.isEmpty()) {
            return;
        }
        Settings settings = servers.get(0).settings();
        Duration longest = servers.get(0).spec().deadline();
        for (Server server : servers) {
            Duration one = server.spec().deadline();
            longest = one.compareTo(longest) > 0 ? one : longest;
        }
        Deadline deadline = Deadline.after(longest, settings.ticker());
        boolean draining = false;
        boolean waited = true;
        while (waited && !deadline.hasPassed()) {
            waited = false;
            for (Server server : servers) {
                if (!draining && !clients.isEmpty() && !server.isQuiet(judged, goesOn)) {
                    clients.forEach(client -> Workers.run(() -> drain(client))); // or a script that writes would block
                    draining = true;
                }
                waited |= server.awaitQuiet(judged, goesOn, deadline);
            }
        }
    }

    private static void observe(Client client) {
        try {
            client.observe();
        } catch (IOException | RuntimeException e) {
            // reset, or closed by the test: there is nothing more to see
        }
    }

    private static void shutdownOutput(Client client) {
        try {
            client.shutdownOutput();
        } catch (IOException | RuntimeException e) {
            // reset, or closed by the test: there is nothing more to end
        }
    }

    private static void drain(Client client) {
        try {
            client.drain();
        } catch (IOException | RuntimeException | AssertionError e) {
            // the same
        }
    }

    /** Throws the failures as one error, if there are any. */
    static void raise(List<Failure> failures, String evidence, Outcome outcome) {
        @Nullable AssertionError error = toError(failures, evidence);
        if (error != null) {
            if (outcome == Outcome.FAILED) {
                error.setStackTrace(new StackTraceElement[0]); // it is suppressed under one that has its own
            }
            throw error;
        }
    }

    private static @Nullable AssertionError toError(List<Failure> failures, String evidence) {
        if (failures.isEmpty()) {
            return null;
        }
        if (failures.size() == 1) {
            return failures.get(0).toError(evidence);
        }
        StringBuilder message = new StringBuilder(failures.size() + " failures:");
        for (int i = 0; i < failures.size(); i++) {
            message.append("\n")
                    .append(i + 1)
                    .append(". ")
                    .append(failures.get(i).message());
        }
        AssertionError error =
                new AssertionError(message + evidence, failures.get(0).cause());
        error.setStackTrace(
                failures.stream().flatMap(failure -> failure.where().stream()).toArray(StackTraceElement[]::new));
        failures.stream().skip(1).map(Failure::cause).forEach(cause -> {
            if (cause != null) {
                error.addSuppressed(cause);
            }
        });
        return error;
    }
}
