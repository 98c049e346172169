package org.junitsockets.spec;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Transport;
import org.junitsockets.location.Locations;
import org.junitsockets.time.Deadline;
import org.junitsockets.time.Durations;
import org.junitsockets.time.Ticker;

/**
 * The configuration parameters, read once per scope.
 *
 * @param deadline what every wait is bounded by, the factor applied
 * @param factor what every deadline a user states is multiplied by
 * @param transport of a server that does not say
 * @param seed of all random choices
 * @param locations where servers are to be
 * @param transcript what is recorded, and when it is written
 * @param ticker the clock of all deadlines and transcripts
 */
public record Settings(
        Duration deadline,
        double factor,
        Transport transport,
        long seed,
        Locations locations,
        TranscriptSettings transcript,
        Ticker ticker) {

    public static final String DEADLINE = "junitsockets.deadline";
    public static final String DEADLINE_FACTOR = "junitsockets.deadline.factor";
    public static final String TRANSPORTS = "junitsockets.transports";
    public static final String SEED = "junitsockets.seed";

    private static final Function<String, @Nullable String> SYSTEM_PROPERTIES = new Function<>() {
        @Override
        public @Nullable String apply(String name) {
            return System.getProperty(name);
        }
    };

    /**
     * Reads the parameters from where the function finds them.
     *
     * @throws IllegalArgumentException if one has a value that it cannot have
     */
    public static Settings from(Function<String, @Nullable String> parameters) {
        double factor = factor(parameters.apply(DEADLINE_FACTOR));
        @Nullable String deadline = parameters.apply(DEADLINE);
        return new Settings(
                scale(deadline == null ? Duration.ofSeconds(5) : Durations.parse(DEADLINE, deadline), factor),
                factor,
                transport(parameters.apply(TRANSPORTS)),
                seed(parameters.apply(SEED)),
                Locations.from(parameters),
                TranscriptSettings.from(parameters),
                Ticker.SYSTEM);
    }

    /** The settings of code that runs without a test framework: those of the system properties. */
    public static Settings fromSystemProperties() {
        return from(SYSTEM_PROPERTIES);
    }

    /** The deadline a declaration states for itself, under this machine's factor. */
    public Duration scaled(Duration stated) {
        return scale(stated, factor);
    }

    public Deadline startDeadline() {
        return Deadline.after(deadline, ticker);
    }

    private static Duration scale(Duration duration, double factor) {
        if (factor == 1) {
            return duration;
        }
        long nanos = Math.round(duration.toNanos() * factor);
        return Durations.requireWait("the deadline times " + DEADLINE_FACTOR, Duration.ofNanos(nanos), nanos + " ns");
    }

    private static double factor(@Nullable String text) {
        if (text == null) {
            return 1; // without loading the arithmetic that reads one
        }
        try {
            double factor = new BigDecimal(text.trim()).doubleValue();
            if (factor > 0 && factor <= 1000) {
                return factor;
            }
        } catch (NumberFormatException e) {
            // said below, with what was expected
        }
        throw new IllegalArgumentException(
                DEADLINE_FACTOR + ": found '" + text + "' (expected: a number above 0 and up to 1000, such as 2.5)");
    }

    /** Of this run only where none is set: an error says which it was. */
    private static long seed(@Nullable String text) {
        if (text == null) {
            return (System.nanoTime() * 0x9E3779B97F4A7C15L) >>> 16;
        }
        try {
            return Long.parseLong(text.trim());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(SEED + ": found '" + text + "' (expected: a whole number)", e);
        }
    }

    private static Transport transport(@Nullable String text) {
        if (text == null) {
            return Transport.TCP;
        }
        try {
            return Transport.valueOf(text.trim().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    TRANSPORTS + ": found '" + text + "' (expected: one of " + Arrays.toString(Transport.values())
                            + "; the harness runs a suite over several, one after the other)",
                    e);
        }
    }
}
