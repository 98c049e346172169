package org.junitsockets.assertj.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Failures whose whole message is known but for the addresses, places, threads and times in it. */
public final class Failures {

    private Failures() {}

    public static void assertFails(ThrowingCallable assertion, String message) {
        Throwable failure = catchThrowable(assertion);
        assertThat(failure).isInstanceOf(AssertionError.class);
        assertThat(masked(failure.getMessage())).isEqualTo(message);
    }

    private static String masked(String message) {
        return message.replaceAll("/?(127\\.0\\.0\\.1|\\[?0:0:0:0:0:0:0:1]?|\\[::1]):\\d+", "<address>")
                .replaceAll("\\w+\\.java:\\d+", "<place>")
                .replaceAll("junit-sockets-\\d+", "<thread>")
                .replaceAll("(?m)^ *-?\\d+\\.\\d{3}  ", "        ms  ");
    }
}
