package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Thrown where this system cannot do what was asked for, such as IPv6 on a host without it, or where a
 * transport cannot that was chosen for the test and not by it.
 *
 * <p>The Jupiter extension turns it into a skip that shows the reason. Without JUnit it is an
 * exception like any other.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public class UnsupportedTransportException extends UnsupportedOperationException {

    private static final long serialVersionUID = 1L;

    /** The transport that it is about, if that is known. */
    private final @Nullable Transport transport;

    /**
     * Creates one that says what is not supported and why.
     *
     * @param message what was asked for, and why this system cannot do it
     */
    public UnsupportedTransportException(String message) {
        super(message);
        this.transport = null;
    }

    /**
     * Creates one that says what is not supported over which transport, and why.
     *
     * @param transport which cannot be had or used
     * @param message what was asked for, and why this system cannot do it
     */
    public UnsupportedTransportException(Transport transport, String message) {
        super(message);
        this.transport = transport;
    }

    /**
     * Returns the transport that it is about.
     *
     * @return the transport, or empty where it is not known
     */
    public final Optional<Transport> transport() {
        return Optional.ofNullable(transport);
    }
}
