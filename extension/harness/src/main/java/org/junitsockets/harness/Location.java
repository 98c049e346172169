package org.junitsockets.harness;

/** Where the peers of the tests run. */
final class Location {

    static final String IN_PROCESS = "in-process";
    static final String CONTAINER = "container";

    private Location() {}

    /** Refuses what cannot be had: a run in another place than asked for would say nothing. */
    static void requireAvailable(String location) {
        if (location.equals(CONTAINER)) {
            throw new IllegalArgumentException("location: found '" + CONTAINER
                    + "', which needs the artifact junit-sockets-testcontainers, and that is not on the class path"
                    + " (expected: " + IN_PROCESS + ")");
        }
        if (!location.equals(IN_PROCESS)) {
            throw new IllegalArgumentException(
                    "location: found '" + location + "' (expected: " + IN_PROCESS + " or " + CONTAINER + ")");
        }
    }
}
