package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.util.Locale;
import org.apiguardian.api.API;

/**
 * Where a server of a test is.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public enum Location {

    /** In the process of the test, on the loopback interface. */
    IN_PROCESS,

    /** In a container, which clients reach over its network; the artifact {@code junit-sockets-testcontainers} has it. */
    CONTAINER;

    /**
     * Returns what parameters and messages call it.
     *
     * @return the name, such as {@code in-process}
     */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
