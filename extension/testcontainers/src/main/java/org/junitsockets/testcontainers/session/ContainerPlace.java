package org.junitsockets.testcontainers.session;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Capability;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.Transport;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.ListeningEndpoint;
import org.junitsockets.spi.Place;
import org.junitsockets.spi.Relay;
import org.junitsockets.testcontainers.engine.Engine;
import org.junitsockets.testcontainers.engine.NetworkPath;

/**
 * The place in the container of a session. Nothing is begun before it is asked for; what cannot be begun is
 * not tried again.
 */
final class ContainerPlace implements Place, Closeable {

    /** How long an event may take on a network of one machine until it counts as lost. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ContainerParameters parameters;
    private final Map<Transport, Measurement> measured = new EnumMap<>(Transport.class);
    private @Nullable Engine engine;
    private @Nullable ReachedAgent agent;
    private @Nullable String failure;

    ContainerPlace(ContainerParameters parameters) {
        this.parameters = parameters;
    }

    @Override
    public Optional<String> unavailableBecause(Transport transport) {
        return measured(transport).unavailableBecause();
    }

    @Override
    public Set<Capability> lacking(Transport transport) {
        return measured(transport).lacking();
    }

    @Override
    public List<String> hosts() {
        try {
            return agent().hosts();
        } catch (IOException e) {
            return List.of(); // nobody reaches it
        }
    }

    @Override
    public ListeningEndpoint listen(Transport transport, EndpointOptions options) throws IOException {
        ReachedAgent there = agent();
        try {
            return there.client().listen(transport, options);
        } catch (IOException e) {
            throw there.explained(e);
        }
    }

    @Override
    public Optional<ConnectionHandler> handler(Class<? extends ConnectionHandler> type, Transport transport) {
        try {
            return agent().client().handler(type, transport);
        } catch (IOException e) {
            return Optional.empty(); // whoever listens there hears of it
        }
    }

    @Override
    public Relay relay(Transport transport, SocketAddress server) throws IOException {
        return agent().client().relay(transport, server);
    }

    private synchronized Measurement measured(Transport transport) {
        @Nullable Measurement before = measured.get(transport);
        if (before != null) {
            return before;
        }
        Measurement now = measure(transport);
        measured.put(transport, now);
        return now;
    }

    private Measurement measure(Transport transport) {
        return switch (transport) {
            case TLS -> measured(Transport.TCP); // what is under it
            case TCP, TCP6, UDP, UDP6 -> measureThere(transport);
            default ->
                Measurement.unavailable(
                        transport.family() + " does not lead into a container (expected: AF_INET or AF_INET6)");
        };
    }

    private Measurement measureThere(Transport transport) {
        ReachedAgent there;
        try {
            there = agent();
        } catch (IOException e) {
            return Measurement.unavailable(String.valueOf(e.getMessage()));
        }
        if (there.path().isPublished() && (transport == Transport.TCP6 || transport == Transport.UDP6)) {
            return Measurement.unavailable("the way to the container is " + there.path()
                    + ", ports published at an address of IPv4 (expected: " + NetworkPath.BRIDGE + ")");
        }
        return Measurement.of(transport, there.client()::listen, PATIENCE);
    }

    /**
     * The agent, which is started by the first who asks.
     *
     * @throws IOException if it cannot be, now or before
     */
    synchronized ReachedAgent agent() throws IOException {
        if (failure != null) {
            throw new IOException(failure);
        }
        if (agent == null) {
            try {
                agent = begin();
            } catch (IOException | RuntimeException e) {
                failure = String.valueOf(e.getMessage());
                throw e;
            }
        }
        return agent;
    }

    private ReachedAgent begin() throws IOException {
        Engine found = Engine.find();
        boolean begun = false;
        try {
            Ipv6Network.removeAbandoned(found);
            RuntimeImage image = RuntimeImage.of(found, parameters.image());
            ReachedAgent started = ReachedAgent.start(found, image, parameters.path());
            engine = found;
            begun = true;
            return started;
        } finally {
            if (!begun) {
                found.close();
            }
        }
    }

    /** Returns when nothing of it is left. */
    @Override
    @SuppressWarnings("try") // what is closed last is opened first
    public synchronized void close() throws IOException {
        @Nullable ReachedAgent there = agent;
        @Nullable Engine used = engine;
        agent = null;
        engine = null;
        failure = "the session of the container has ended";
        try {
            if (there != null) {
                there.close();
            }
        } finally {
            if (used != null) {
                used.close();
            }
        }
    }
}
