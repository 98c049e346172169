package org.junitsockets.conformance;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** How a call ended, against how it should have. */
final class Outcome {

    private Outcome() {}

    /** It has to end by the deadline that it was given. */
    static void timedOut(Call<?> call, Duration patience) {
        Throwable thrown = call.thrown(patience);
        if (!(thrown instanceof SocketTimeoutException)) {
            throw unlike(call, patience, thrown, "a SocketTimeoutException");
        }
    }

    /** It has to fail, and not by a deadline. */
    static void failed(Call<?> call, Duration patience, String expected) {
        Throwable thrown = call.thrown(patience);
        if (!(thrown instanceof IOException) || thrown instanceof SocketTimeoutException) {
            throw unlike(call, patience, thrown, expected);
        }
    }

    private static AssertionError unlike(Call<?> call, Duration patience, @Nullable Throwable thrown, String expected) {
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof TestAbortedException lacking) {
            throw lacking;
        }
        return new AssertionError(
                call.lastStep() + ": found that it " + call.ending(patience) + " (expected: " + expected + ")", thrown);
    }
}
