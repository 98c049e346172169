package org.junitsockets.conformance;

import static org.junitsockets.Capability.TLS;

import java.util.List;

/** Point 10: what TLS adds. */
final class TlsPoints {

    private static final String ELSEWHERE = "elsewhere.example";
    private static final String OLD = "conformance/1";
    private static final String NEW = "conformance/2";

    private TlsPoints() {}

    static void hostNameVerifies(Trial trial) throws Exception {
        trial.needs(TLS);
        Listener listener = trial.guard(trial.ask(
                "listenWithCertificateFor(\"" + ELSEWHERE + "\")",
                () -> trial.subject().listenWithCertificateFor(ELSEWHERE),
                TLS));
        Call<?> server = trial.start("the server's side", () -> {
            End end = listener.accept(trial.patience());
            end.handshake();
            return end.read(new byte[1], trial.patience());
        });
        Outcome.failed(
                trial.start("the client's side", () -> {
                    End client = listener.connect();
                    client.handshake();
                    client.write(new byte[] {1});
                    return true;
                }),
                trial.patience(),
                "an IOException, as the certificate is for " + ELSEWHERE + " only");
        server.thrown(trial.patience().multipliedBy(2)); // fails as well, or reads the end: its own affair
    }

    static void applicationProtocol(Trial trial) throws Exception {
        trial.needs(TLS);
        Listener listener = trial.guard(trial.ask(
                "listenWithProtocols([" + NEW + ", " + OLD + "], [" + OLD + "])",
                () -> trial.subject().listenWithProtocols(List.of(NEW, OLD), List.of(OLD)),
                TLS));
        EndPair pair = trial.pair(listener);
        for (End end : List.of(pair.client(), pair.server())) {
            String found = end.applicationProtocol();
            if (!found.equals(OLD)) {
                throw new AssertionError("applicationProtocol() of " + end + ": found \"" + found + "\" (expected: \""
                        + OLD + "\", the only one that both offer)");
            }
        }
    }

    static void closeNotify(Trial trial) throws Exception {
        trial.needs(TLS);
        Ways.each(trial, (from, to) -> {
            Bytes.pass(trial, from, to, (byte) 1);
            from.close();
            Call<Integer> read = trial.start("a read", () -> to.read(new byte[16], trial.patience()));
            int count = read.get(trial.patience().multipliedBy(2));
            if (count != -1) {
                throw new AssertionError(read.lastStep() + " after a close_notify: found " + count + " (expected: -1)");
            }
        });
        Ways.each(trial, (from, to) -> {
            Bytes.pass(trial, from, to, (byte) 1);
            from.truncate();
            Outcome.failed(
                    trial.start("a read", () -> to.read(new byte[16], trial.patience())),
                    trial.patience().multipliedBy(2),
                    "an IOException, as the stream ended without a close_notify");
        });
    }
}
