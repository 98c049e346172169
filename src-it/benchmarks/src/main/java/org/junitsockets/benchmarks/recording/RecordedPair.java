package org.junitsockets.benchmarks.recording;

import java.time.Duration;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketPair;
import org.junitsockets.Transport;

/** Both ends of an open connection, recorded or not: which is read from a parameter when it is opened. */
final class RecordedPair implements AutoCloseable {

    private static final String SIZE = "junitsockets.transcript.size";

    /** The echo waits while other candidates have their turns. */
    private static final Duration WHOLE_RUN = Duration.ofHours(1);

    private final SocketPair pair;

    RecordedPair(boolean recorded) {
        if (!recorded) {
            System.setProperty(SIZE, "0");
        }
        try {
            pair = SocketPair.open(Transport.TCP);
        } finally {
            System.clearProperty(SIZE);
        }
        pair.client().deadline(WHOLE_RUN).write("x");
        pair.server().deadline(WHOLE_RUN).expect("x");
        if (pair.server().transcript().entries().isEmpty() == recorded) {
            throw new IllegalStateException("found " + pair.server().transcript() + " (expected: "
                    + (recorded ? "a recorded connection)" : "one that is not recorded)"));
        }
    }

    SocketConnection client() {
        return pair.client();
    }

    SocketConnection server() {
        return pair.server();
    }

    @Override
    public void close() {
        pair.close();
    }
}
