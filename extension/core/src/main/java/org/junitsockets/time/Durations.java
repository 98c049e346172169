package org.junitsockets.time;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as users write and read them. */
public final class Durations {

    /**
     * The longest wait anybody can ask for. It keeps what is computed from it (milliseconds as an
     * {@code int}, a scaled value) clear of overflow.
     */
    private static final Duration LONGEST = Duration.ofDays(1);

    private Durations() {}

    /**
     * Reads {@code 500ms}, {@code 5s}, {@code 2m} or the ISO-8601 form.
     *
     * @throws IllegalArgumentException if the text is neither, or not between 1 ms and a day
     */
    public static Duration parse(String what, String text) {
        return requireWait(what, parseAny(what, text), text);
    }

    /** Returns the wait, if it is one. */
    public static Duration requireWait(String what, Duration wait, Object found) {
        if (wait.compareTo(Duration.ofMillis(1)) < 0 || wait.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + ": found '" + found + "' (expected: between 1 ms and a day)");
        }
        return wait;
    }

    /** Loaded when somebody states a duration: most tests do not. */
    private static final class Brief {
        static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*(ms|s|m)");
    }

    private static Duration parseAny(String what, String text) {
        Matcher matcher = Brief.FORM.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                default -> Duration.ofMinutes(amount);
            };
        }
        try {
            return Duration.parse(text.trim());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    what + ": found '" + text + "' (expected: a duration such as 500ms, 5s, 2m or PT5S)", e);
        }
    }

    /** Writes a duration the short way, such as {@code 200 ms} or {@code 1.5 s}. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis % 1000 == 0) {
            return millis / 1000 + " s";
        }
        return millis / 1000 + "."
                + String.format(Locale.ROOT, "%03d", millis % 1000).replaceAll("0+$", "") + " s";
    }
}
