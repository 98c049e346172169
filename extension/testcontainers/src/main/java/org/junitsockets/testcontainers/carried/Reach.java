package org.junitsockets.testcontainers.carried;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.junitsockets.Transport;

/** The way from here to what an agent has opened. */
@FunctionalInterface
public interface Reach {

    /**
     * Translates an address.
     *
     * @param transport over which it is reached
     * @param address as the agent sees it, which may be a wildcard
     * @return as it is seen from here
     * @throws IOException if no way leads there
     */
    InetSocketAddress translate(Transport transport, InetSocketAddress address) throws IOException;

    /**
     * Translates an address for whoever is in the same network as the agent, which may be nearer to it than
     * this process is.
     *
     * @param transport over which it is reached
     * @param address as the agent sees it, which may be a wildcard
     * @return as its neighbours see it
     * @throws IOException if no way leads there
     */
    default InetSocketAddress translateForNeighbours(Transport transport, InetSocketAddress address)
            throws IOException {
        return translate(transport, address);
    }
}
