package org.junitsockets.spi;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.junitsockets.Capability;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.Transport;

/**
 * Where servers are opened that are not in this process. Clients are here, and connect to it as to any
 * other address.
 *
 * <p>Its methods may be called from any thread. The first may take as long as it takes to begin there.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public interface Place {

    /**
     * Tells why there is no such server there: nothing can be there at all, or the way to it does not
     * carry the transport; found by trying.
     *
     * @param transport over which it would be reached
     * @return the reason, or empty where it can be opened
     */
    Optional<String> unavailableBecause(Transport transport);

    /**
     * Tells what the transport can do here and not there, as was measured on the way to it. Only called
     * where it is available.
     *
     * @param transport over which a server is reached
     * @return a subset of the transport's capabilities
     */
    Set<Capability> lacking(Transport transport);

    /**
     * Tells under which addresses and names clients reach it, for whoever has to prove who he is. Only
     * called where a transport is available.
     *
     * @return IP addresses and DNS names
     */
    List<String> hosts();

    /**
     * Opens a listening endpoint there, at an address that can be reached from here. What happens at it
     * is carried here.
     *
     * @param transport over which it is reached, one that is available; of {@link Transport#TLS} what is
     *     under it
     * @param options what it is to be like
     * @return the endpoint, bound and listening; the caller closes it
     * @throws IOException if it cannot be opened
     */
    ListeningEndpoint listen(Transport transport, EndpointOptions options) throws IOException;

    /**
     * Has a handler run there instead of here. The one that is returned serves connections of endpoints
     * of this place, and has the class instantiated there, once for each server.
     *
     * @param type a class with a constructor without parameters
     * @param transport over which it serves
     * @return who serves instead, or empty where it has to run here
     */
    Optional<ConnectionHandler> handler(Class<? extends ConnectionHandler> type, Transport transport);

    /**
     * Makes an address there lead to a server here: each connection to it is carried here, and goes on to
     * the server.
     *
     * @param transport of both, one that is available
     * @param server where the server is, on the loopback interface
     * @return the way to it; the caller closes it
     * @throws IOException if it cannot be opened
     */
    Relay relay(Transport transport, SocketAddress server) throws IOException;
}
