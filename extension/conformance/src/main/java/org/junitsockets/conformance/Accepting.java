package org.junitsockets.conformance;

import static org.junitsockets.Capability.CONNECTIONS;

import java.time.Duration;

/** Point 6: accept waits, and not for ever. */
final class Accepting {

    private static final Duration SOON = Duration.ofMillis(100);

    private Accepting() {}

    static void waits(Trial trial) throws Exception {
        Listener listener = trial.listen();
        Call<End> accept = trial.start("an accept", () -> listener.accept(trial.farAhead()));
        accept.awaitBlocked(trial.patience());
        End client = connect(trial, listener);
        expectUsable(trial, client, accept.get(trial.patience()));
    }

    static void endsByItsDeadline(Trial trial) throws Exception {
        Listener listener = trial.listen();
        Outcome.timedOut(trial.start("an accept", () -> listener.accept(SOON)), trial.patience());
        Outcome.timedOut(trial.start("an accept", () -> listener.accept(Duration.ZERO)), trial.patience());
        End client = connect(trial, listener);
        expectUsable(trial, client, listener.accept(trial.patience()));
    }

    private static End connect(Trial trial, Listener listener) throws Exception {
        End client = listener.connect();
        if (!trial.has(CONNECTIONS)) {
            client.write(SocketConformance.greeting());
        }
        return client;
    }

    private static void expectUsable(Trial trial, End client, End server) throws Exception {
        if (!trial.has(CONNECTIONS)) {
            Bytes.expect(trial, server, SocketConformance.greeting());
        }
        EndPair pair = new EndPair(client, server);
        trial.handshake(pair);
        Bytes.exchange(trial, pair);
    }

    static void closedTakesNothing(Trial trial) throws Exception {
        Listener listener = trial.listen();
        listener.close();
        Outcome.failed(
                trial.start("an accept", () -> listener.accept(trial.farAhead())),
                trial.patience(),
                "an IOException, as the listener was closed before");
    }
}
