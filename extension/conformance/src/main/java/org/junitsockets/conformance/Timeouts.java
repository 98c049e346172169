package org.junitsockets.conformance;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Durations as the JDK's calls take them. */
final class Timeouts {

    private Timeouts() {}

    /** For calls to which 0 is for ever: at least 1. */
    static int millis(Duration timeout) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis()));
    }

    static long endOf(Duration timeout) {
        return System.nanoTime() + timeout.toNanos();
    }

    static boolean isPast(long end) {
        return System.nanoTime() - end >= 0;
    }

    /** For calls to which 0 is for ever: at least 1, and none that is left is cut off. */
    static long millisUntil(long end) {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime() + 999_999));
    }

    static String format(Duration timeout) {
        long millis = timeout.toMillis();
        return millis % 1000 == 0 && millis != 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
