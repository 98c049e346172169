package org.junitsockets.location;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Location;
import org.junitsockets.spi.LocationProvider;

/**
 * Where servers are to be, as the configuration parameters have it.
 *
 * @param byDefault of a server that does not say
 * @param parameters of the place
 */
public record Locations(Location byDefault, Function<String, @Nullable String> parameters) {

    public static final String PARAMETER = "junitsockets.location";

    /** The artifact that has containers. */
    private static final String ARTIFACT = "org.junitsockets:junit-sockets-testcontainers";

    /** Looked for when another location than this process is asked for. */
    private static final class Others {
        private static final Map<Location, LocationProvider> FOUND = new EnumMap<>(Location.class);

        static {
            for (LocationProvider provider :
                    ServiceLoader.load(LocationProvider.class, Locations.class.getClassLoader())) {
                FOUND.putIfAbsent(provider.location(), provider);
            }
        }
    }

    /**
     * Reads the parameter. Running here what was meant for a container would be a pass that says nothing.
     *
     * @throws IllegalArgumentException if it is no location, or one that nothing supplies
     */
    public static Locations from(Function<String, @Nullable String> parameters) {
        @Nullable String text = parameters.apply(PARAMETER);
        Location location = text == null ? Location.IN_PROCESS : parse(text);
        if (location != Location.IN_PROCESS) {
            provider(location, PARAMETER);
        }
        return new Locations(location, parameters);
    }

    private static Location parse(String text) {
        String wanted = text.trim().toLowerCase(Locale.ROOT);
        return Arrays.stream(Location.values())
                .filter(location -> location.toString().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(PARAMETER + ": found '" + text + "' (expected: one of "
                        + Arrays.stream(Location.values())
                                .map(Location::toString)
                                .collect(Collectors.joining(", "))
                        + ")"));
    }

    /**
     * Where a server is to be.
     *
     * @param what states it, for messages
     * @throws IllegalArgumentException if nothing supplies it
     */
    public Where where(Location location, String what) {
        return location == Location.IN_PROCESS
                ? Where.HERE
                : new Where(location, provider(location, what).place(parameters));
    }

    /** Where a server is that does not say. */
    public Where whereByDefault() {
        return where(byDefault, PARAMETER);
    }

    private static LocationProvider provider(Location location, String what) {
        @Nullable LocationProvider provider = Others.FOUND.get(location);
        if (provider == null) {
            throw new IllegalArgumentException(what + ": found '" + location + "', which needs the artifact " + ARTIFACT
                    + ", and that is not on the class path (expected: " + Location.IN_PROCESS + ")");
        }
        return provider;
    }
}
