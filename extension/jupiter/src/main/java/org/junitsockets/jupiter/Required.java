package org.junitsockets.jupiter;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Location;
import org.junitsockets.Transport;

/** What may not be skipped, as the configuration parameter has it. */
record Required(Set<Transport> transports, Set<Location> locations) {

    static final String PARAMETER = "junitsockets.require";

    /**
     * Reads the parameter.
     *
     * @throws IllegalArgumentException if it is no list of transports and locations
     */
    static Required parse(@Nullable String text) {
        Set<Transport> transports = EnumSet.noneOf(Transport.class);
        Set<Location> locations = EnumSet.noneOf(Location.class);
        if (text != null && !text.isBlank()) {
            for (String name : text.split(",", -1)) {
                add(name, transports, locations);
            }
        }
        return new Required(transports, locations);
    }

    private static void add(String name, Set<Transport> transports, Set<Location> locations) {
        if (name.trim().equalsIgnoreCase(Location.CONTAINER.toString())) {
            locations.add(Location.CONTAINER);
            return;
        }
        try {
            transports.add(Transport.valueOf(name.trim().toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    PARAMETER + ": found '" + name.trim() + "' (expected: a list, with commas, of "
                            + Arrays.toString(Transport.values()) + " and " + Location.CONTAINER + ")",
                    e);
        }
    }
}
