package org.junitsockets.harness;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junitsockets.Location;
import org.junitsockets.location.Locations;

/** The configuration parameters that the harness knows, and what they can be. */
final class Parameters {

    static final String TRANSPORTS = "junitsockets.transports";
    static final String REQUIRE = "junitsockets.require";
    static final String LOCATION = Locations.PARAMETER;
    static final String SEED = "junitsockets.seed";
    static final String DEADLINE = "junitsockets.deadline";

    private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m)");
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    private Parameters() {}

    /**
     * Refuses a value that would fail every test, before the first one runs.
     *
     * @throws IllegalArgumentException if the parameter is known and cannot have this value
     */
    static void requireValid(String key, String value) {
        switch (key) {
            case TRANSPORTS -> TransportNames.canonical("transport", value);
            case REQUIRE -> requireRequirable(value);
            case LOCATION -> LocationNames.canonical(value);
            case SEED -> requireLong(value);
            case DEADLINE -> requireWait(value);
            default -> {
                // somebody else's
            }
        }
    }

    private static void requireRequirable(String list) {
        String container = Location.CONTAINER.toString();
        for (String name : list.isBlank() ? new String[0] : list.split(",", -1)) {
            if (!name.trim().equalsIgnoreCase(container)) {
                TransportNames.canonical("require", name, container);
            }
        }
    }

    private static void requireLong(String value) {
        try {
            Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "seed: found '" + value + "' (expected: a whole number of up to 64 bits)", e);
        }
    }

    /** The same durations that the tests will accept. */
    private static void requireWait(String value) {
        Duration wait = parse(value);
        if (wait.compareTo(SHORTEST) < 0 || wait.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("deadline: found '" + value + "' (expected: between 1 ms and a day)");
        }
    }

    private static Duration parse(String value) {
        Matcher matcher = SHORT_DURATION.matcher(value.trim().toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                default -> Duration.ofMinutes(amount);
            };
        }
        try {
            return Duration.parse(value.trim());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "deadline: found '" + value + "' (expected: a duration such as 500ms, 5s, 2m or PT5S)", e);
        }
    }
}
