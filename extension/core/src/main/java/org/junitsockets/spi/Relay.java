package org.junitsockets.spi;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.io.Closeable;
import java.net.SocketAddress;
import org.apiguardian.api.API;

/**
 * An address at a {@link Place} that leads to a server here. Closing it ends the connections over it.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public interface Relay extends Closeable {

    /**
     * Returns the address that clients here connect to.
     *
     * @return the address, also after it was closed
     */
    SocketAddress address();

    /**
     * Returns the address for clients that are at the place themselves.
     *
     * @return the address, also after it was closed; the same as from here by default
     */
    default SocketAddress addressThere() {
        return address();
    }
}
