package org.junitsockets.harness;

import java.time.Duration;
import java.util.Locale;

/** Durations as a person reads them. */
final class Durations {

    private Durations() {}

    /** Writes a duration with what matters of it: {@code 12 ms}, {@code 1.3 s}, {@code 2 min 5 s}. */
    static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        // Rounded first: 59.96 s is a minute, not "60.0 s".
        long tenths = (millis + 50) / 100;
        if (tenths < 600) {
            return String.format(Locale.ROOT, "%d.%d s", tenths / 10, tenths % 10);
        }
        long seconds = (millis + 500) / 1_000;
        return seconds / 60 + " min " + seconds % 60 + " s";
    }
}
