package org.junitsockets.jupiter;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Transport;

/** What may not be skipped, as the configuration parameter has it. */
record Required(Set<Transport> transports) {

    static final String PARAMETER = "junitsockets.require";

    /**
     * Reads the parameter.
     *
     * @throws IllegalArgumentException if it is no list of transports
     */
    static Required parse(@Nullable String text) {
        Set<Transport> transports = EnumSet.noneOf(Transport.class);
        if (text != null && !text.isBlank()) {
            for (String name : text.split(",", -1)) {
                transports.add(transport(name));
            }
        }
        return new Required(transports);
    }

    private static Transport transport(String name) {
        try {
            return Transport.valueOf(name.trim().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    PARAMETER + ": found '" + name.trim() + "' (expected: a list, with commas, of "
                            + Arrays.toString(Transport.values()) + ")",
                    e);
        }
    }
}
