package org.junitsockets.harness;

import org.junitsockets.location.Locations;

/** The locations by name, of which the tests and the harness are told the same. */
final class LocationNames {

    private LocationNames() {}

    /**
     * Returns the name as the tests know it. What cannot be had is refused: a run in another place than
     * asked for would say nothing.
     *
     * @throws IllegalArgumentException if there is no such location, or nothing on the class path supplies it
     */
    static String canonical(String name) {
        return Locations.from(parameter -> parameter.equals(Locations.PARAMETER) ? name : null)
                .byDefault()
                .toString();
    }
}
