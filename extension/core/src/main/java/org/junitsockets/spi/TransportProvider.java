package org.junitsockets.spi;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.junitsockets.Transport;

/**
 * Supplies one transport or several. Found by {@link java.util.ServiceLoader}, through a file {@code
 * META-INF/services/org.junitsockets.spi.TransportProvider} or {@code provides} of a module; it needs a
 * public constructor without parameters.
 *
 * <p>Its methods may be called from any thread.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public interface TransportProvider {

    /**
     * Returns what it supplies. The first provider of a transport is asked for it.
     *
     * @return the transports, the same at each call
     */
    Set<Transport> transports();

    /**
     * Tells why this system lacks a transport that this provider could otherwise supply, found by
     * trying. It is asked once per JVM and transport.
     *
     * @param transport one of {@link #transports()}
     * @return the reason, or empty where it can be used
     */
    Optional<String> unavailableBecause(Transport transport);

    /**
     * Opens a listening endpoint at an ephemeral address that nobody else has: on the loopback
     * interface, or in a directory that only its owner may enter.
     *
     * @param transport one of {@link #transports()}
     * @param options what it is to be like
     * @return the endpoint, bound and listening; the caller closes it
     * @throws IOException if there is no address to be had
     */
    ListeningEndpoint listen(Transport transport, EndpointOptions options) throws IOException;

    /**
     * Opens an endpoint and begins to connect it.
     *
     * @param transport one of {@link #transports()}
     * @param address of a listening endpoint, here or in another process
     * @param options what it is to be like, before it connects
     * @return the endpoint, which is connected once {@link ConnectionEndpoint#finishConnect()} says so;
     *     the caller closes it
     * @throws IOException if the connect fails at once, such as {@link java.net.ConnectException} where
     *     it is refused
     */
    ConnectionEndpoint connect(Transport transport, SocketAddress address, EndpointOptions options) throws IOException;
}
