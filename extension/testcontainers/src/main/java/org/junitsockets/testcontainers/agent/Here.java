package org.junitsockets.testcontainers.agent;

import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junitsockets.Capability;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.Transport;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.ListeningEndpoint;
import org.junitsockets.spi.Place;
import org.junitsockets.spi.Relay;

/** Where a handler in the agent is, as it looks from the test; nothing is opened by it. */
record Here(Set<Capability> lacking) implements Place {

    @Override
    public Optional<String> unavailableBecause(Transport transport) {
        return Optional.empty();
    }

    @Override
    public Set<Capability> lacking(Transport transport) {
        return lacking;
    }

    @Override
    public List<String> hosts() {
        return List.of();
    }

    @Override
    public ListeningEndpoint listen(Transport transport, EndpointOptions options) {
        throw new UnsupportedOperationException("the test opens what there is here");
    }

    @Override
    public Optional<ConnectionHandler> handler(Class<? extends ConnectionHandler> type, Transport transport) {
        return Optional.empty();
    }

    @Override
    public Relay relay(Transport transport, SocketAddress server) {
        throw new UnsupportedOperationException("the test opens what there is here");
    }
}
