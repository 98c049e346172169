package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * Thrown where this system cannot do what was asked for, such as IPv6 on a host without it.
 *
 * <p>The Jupiter extension turns it into a skip that shows the reason. Without JUnit it is an
 * exception like any other.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class UnsupportedTransportException extends UnsupportedOperationException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates one that says what is not supported and why.
     *
     * @param message what was asked for, and why this system cannot do it
     */
    public UnsupportedTransportException(String message) {
        super(message);
    }
}
