package org.junitsockets;

import static java.util.Objects.requireNonNull;
import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * Thrown where a server cannot be where it was to be, or what is between does not carry what was asked
 * for: there is no container engine, say, or its proxy turns a reset into an end.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class UnsupportedLocationException extends UnsupportedTransportException {

    private static final long serialVersionUID = 1L;

    /** Where the server was to be. */
    private final Location location;

    /**
     * Creates one that says what is not supported where, and why.
     *
     * @param location where the server was to be
     * @param transport over which it was to be reached
     * @param message what was asked for, and why it cannot be had there
     */
    public UnsupportedLocationException(Location location, Transport transport, String message) {
        super(transport, message);
        this.location = requireNonNull(location, "location");
    }

    /**
     * Returns the location that it is about.
     *
     * @return the location
     */
    public Location location() {
        return location;
    }
}
