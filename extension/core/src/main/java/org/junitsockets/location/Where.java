package org.junitsockets.location;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Capability;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.Location;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedLocationException;
import org.junitsockets.spec.IncapableTransportException;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.ListeningEndpoint;
import org.junitsockets.spi.Place;
import org.junitsockets.transport.Transports;

/**
 * Where one server is.
 *
 * @param place {@code null} for this process
 */
public record Where(Location location, @Nullable Place place) {

    /** In this process. */
    public static final Where HERE = new Where(Location.IN_PROCESS, null);

    public boolean isHere() {
        return place == null;
    }

    /** The place, of one that is not here. */
    public Place elsewhere() {
        return requireNonNull(place, "it is here");
    }

    /**
     * Opens a listening endpoint.
     *
     * @throws org.junitsockets.UnsupportedTransportException if the transport is not to be had there
     */
    public ListeningEndpoint listen(Transport transport, EndpointOptions options) throws IOException {
        if (isHere()) {
            return Transports.require(transport).listen(transport, options);
        }
        require(transport);
        return elsewhere().listen(transport, options);
    }

    /**
     * Makes sure that the transport is to be had there.
     *
     * @throws org.junitsockets.UnsupportedTransportException if it is not, with the reason
     */
    public void require(Transport transport) {
        if (!isHere() && !transport.has(Capability.IP_ADDRESS)) {
            throw new IncapableTransportException(
                    transport,
                    transport + " (" + transport.family() + ", " + transport.type() + ") in the location " + location
                            + ": found no way there (expected: a transport with " + Capability.IP_ADDRESS.words()
                            + ", which goes over its network)");
        }
        if (isHere() || transport.has(Capability.TLS)) {
            Transports.require(transport);
        }
        if (!isHere()) {
            Optional<String> reason = elsewhere().unavailableBecause(transport);
            if (reason.isPresent()) {
                throw new UnsupportedLocationException(
                        location,
                        transport,
                        transport + " (" + transport.family() + ", " + transport.type()
                                + ") is not available in the location " + location + ": " + reason.get());
            }
        }
    }

    /** Under which addresses and names it is reached besides those of the loopback interface. */
    public List<String> hosts(Transport transport) {
        if (isHere()) {
            return List.of();
        }
        require(transport);
        return elsewhere().hosts();
    }

    /** Whether the way there loses something that the transport has. */
    public boolean lacks(Transport transport, Capability capability) {
        return !isHere() && elsewhere().lacking(transport).contains(capability);
    }

    /** Who serves there instead of a handler, if that can run there; else it serves from here. */
    public Optional<ConnectionHandler> handler(Class<? extends ConnectionHandler> type, Transport transport) {
        return isHere() ? Optional.empty() : elsewhere().handler(type, transport);
    }
}
