package org.junitsockets.verdict;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitsockets.report.ReportDirectory;
import org.junitsockets.server.Failure;
import org.junitsockets.server.Server;
import org.junitsockets.spec.Settings;
import org.junitsockets.spec.TranscriptSettings;
import org.junitsockets.spec.TranscriptSettings.When;
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
            Evidence evidence = new Evidence(server.settings());
            end(server, Outcome.PASSED, failures, evidence);
            write(server, failures, evidence);
            raise(failures, evidence, Outcome.PASSED);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Judges one server and closes it; adds what failed, and the evidence where that is wanted. */
    static void end(Server server, Outcome outcome, List<Failure> failures, Evidence evidence) {
        if (server.isClosed()) {
            return;
        }
        List<Failure> found = new ArrayList<>(judge(List.of(Docket.last(server)), List.of(), outcome));
        boolean wanted = isEvidenceWanted(server.settings(), outcome, found);
        if (wanted) {
            evidence.add(server, server.opened()); // before we end what is open
        }
        server.tearDown(found);
        if (!wanted && !found.isEmpty()) {
            evidence.add(server, server.opened());
        }
        failures.addAll(found);
    }

    static boolean isEvidenceWanted(Settings settings, Outcome outcome, List<Failure> found) {
        return outcome != Outcome.ABORTED
                && (outcome == Outcome.FAILED
                        || !found.isEmpty()
                        || settings.transcript().when() == When.ALWAYS);
    }

    /** Without a test framework there is no place for files but the one that the user has named. */
    private static void write(Server server, List<Failure> failures, Evidence evidence) {
        TranscriptSettings settings = server.settings().transcript();
        if (evidence.isEmpty()
                || settings.when() == When.NEVER
                || settings.directory().isEmpty()) {
            return;
        }
        String title = server.spec().label();
        try {
            ReportDirectory.write(
                    settings.directory().get(), evidence.report(title, Failure.messages(failures)), title);
        } catch (IOException e) {
            evidence.remark("the transcript could not be written: " + e);
        }
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

    /** Judges without tearing down. All scripts share one deadline: the longest that any of the servers has. */
    static List<Failure> judge(List<Docket> dockets, List<? extends Client> clients, Outcome outcome) {
        for (Docket docket : dockets) {
            docket.server().observe();
        }
        for (Client client : clients) {
            shutdownOutput(client);
        }
        for (Docket docket : dockets) {
            if (docket.goesOn()) {
                docket.server().testEnding(docket.judged());
            } else {
                docket.server().scopeEnding();
            }
        }
        if (outcome == Outcome.ABORTED) {
            return List.of();
        }
        if (outcome == Outcome.PASSED && !dockets.isEmpty()) {
            letFinish(dockets, clients);
        }
        List<Failure> failures = new ArrayList<>();
        for (Docket docket : dockets) {
            failures.addAll(docket.server().judge(docket.judged(), outcome == Outcome.PASSED));
        }
        return failures;
    }

    /** What one server's peers do may keep another's busy, so until none had to wait. */
    private static void letFinish(List<Docket> dockets, List<? extends Client> clients) {
        Deadline deadline = longestDeadline(dockets);
        boolean draining = false;
        boolean waited = true;
        while (waited && !deadline.hasPassed()) {
            waited = false;
            for (Docket docket : dockets) {
                Server server = docket.server();
                if (!draining && !clients.isEmpty() && !server.isQuiet(docket.judged(), docket.goesOn())) {
                    clients.forEach(client -> Workers.run(() -> drain(client))); // or a script that writes would block
                    draining = true;
                }
                waited |= server.awaitQuiet(docket.judged(), docket.goesOn(), deadline);
            }
        }
    }

    private static Deadline longestDeadline(List<Docket> dockets) {
        Server first = dockets.get(0).server();
        Duration longest = first.spec().deadline();
        for (Docket docket : dockets) {
            Duration one = docket.server().spec().deadline();
            longest = one.compareTo(longest) > 0 ? one : longest;
        }
        return Deadline.after(longest, first.settings().ticker());
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

    /**
     * Throws the failures as one error, if there are any; where one is that something could not be done
     * over its transport, the others may come of it, so that is thrown instead.
     */
    static void raise(List<Failure> failures, Evidence evidence, Outcome outcome) {
        if (outcome == Outcome.PASSED) {
            failures.stream()
                    .flatMap(failure -> failure.unsupported().stream())
                    .findFirst()
                    .ifPresent(unsupported -> {
                        throw unsupported;
                    });
        }
        @Nullable AssertionError error = toError(failures, evidence.toString());
        if (error != null) {
            if (outcome == Outcome.FAILED) {
                error.setStackTrace(new StackTraceElement[0]); // it is suppressed under one that has its own
            }
            throw error;
        }
        if (outcome == Outcome.FAILED && !evidence.isEmpty()) {
            throw new OnTheWire(evidence);
        }
    }

    private static @Nullable AssertionError toError(List<Failure> failures, String evidence) {
        if (failures.isEmpty()) {
            return null;
        }
        if (failures.size() == 1) {
            return failures.get(0).toError(evidence);
        }
        AssertionError error = new AssertionError(
                Failure.messages(failures) + evidence, failures.get(0).cause());
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
