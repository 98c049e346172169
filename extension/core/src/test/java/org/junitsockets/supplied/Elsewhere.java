package org.junitsockets.supplied;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Capability;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.Location;
import org.junitsockets.Transport;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.ListeningEndpoint;
import org.junitsockets.spi.LocationProvider;
import org.junitsockets.spi.Place;
import org.junitsockets.spi.Relay;
import org.junitsockets.transport.Transports;

/** A place where nothing is known of what has connected until somebody asks. */
public final class Elsewhere implements LocationProvider, Place {

    /** How often each of its servers can be asked, where the parameters say so. */
    static final String CUT_OFF = "test.cut.off";

    private int answers = Integer.MAX_VALUE;

    @Override
    public Location location() {
        return Location.CONTAINER;
    }

    @Override
    public Place place(Function<String, @Nullable String> parameters) {
        Elsewhere place = new Elsewhere();
        @Nullable String answers = parameters.apply(CUT_OFF);
        if (answers != null) {
            place.answers = Integer.parseInt(answers);
        }
        return place;
    }

    @Override
    public Optional<String> unavailableBecause(Transport transport) {
        return transport == Transport.UDP ? Optional.of("no datagrams there") : Optional.empty();
    }

    @Override
    public Set<Capability> lacking(Transport transport) {
        return EnumSet.of(Capability.RESET);
    }

    @Override
    public List<String> hosts() {
        return List.of();
    }

    @Override
    public ListeningEndpoint listen(Transport transport, EndpointOptions options) throws IOException {
        return new LateListener(Transports.require(transport).listen(transport, options), answers);
    }

    @Override
    public Optional<ConnectionHandler> handler(Class<? extends ConnectionHandler> type, Transport transport) {
        return Optional.empty();
    }

    @Override
    public Relay relay(Transport transport, SocketAddress server) {
        throw new UnsupportedOperationException("no raw server of these tests is there");
    }
}
