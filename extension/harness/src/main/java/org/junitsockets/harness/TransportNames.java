package org.junitsockets.harness;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junitsockets.Transport;

/** The transports by name. */
final class TransportNames {

    private TransportNames() {}

    /**
     * Returns the name as the tests know it.
     *
     * @param what is to have this value, in words
     * @param others what else it could be, for the message
     * @throws IllegalArgumentException if there is no such transport
     */
    static String canonical(String what, String name, String... others) {
        try {
            return Transport.valueOf(name.trim().toUpperCase(Locale.ROOT)).name();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    what + ": found '" + name + "' (expected: one of "
                            + Stream.concat(
                                            Arrays.stream(Transport.values()).map(Transport::name),
                                            Arrays.stream(others))
                                    .collect(Collectors.joining(", "))
                            + ")",
                    e);
        }
    }
}
