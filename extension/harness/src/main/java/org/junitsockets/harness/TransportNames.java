package org.junitsockets.harness;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junitsockets.Transport;

/** The transports by name. */
final class TransportNames {

    private TransportNames() {}

    /**
     * Returns the name as the tests know it.
     *
     * @param what is to have this value, in words
     * @throws IllegalArgumentException if there is no such transport
     */
    static String canonical(String what, String name) {
        try {
            return Transport.valueOf(name.trim().toUpperCase(Locale.ROOT)).name();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    what + ": found '" + name + "' (expected: one of "
                            + Arrays.stream(Transport.values())
                                    .map(Transport::name)
                                    .collect(Collectors.joining(", "))
                            + ")",
                    e);
        }
    }

    /** Returns those of a list with commas, none for a blank one. */
    static List<String> canonicalList(String what, String list) {
        return list.isBlank()
                ? List.of()
                : Arrays.stream(list.split(",", -1))
                        .map(name -> canonical(what, name))
                        .toList();
    }
}
