package org.junitsockets.testcontainers.session;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Capability;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.Transport;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.ListeningEndpoint;
import org.junitsockets.spi.Place;
import org.junitsockets.spi.Relay;

/**
 * The place in the container of a session. Nothing is begun before it is asked for; what cannot be begun is
 * not tried again.
 */
final class ContainerPlace implements Place, Closeable {

    /**
     * How long an event may take on a network of one machine until it counts as lost. A bridge that is new
     * answers for its IPv6 address only once nobody else has claimed it (RFC 4862, section 5.4), so that the
     * first SYNs to a container on it may be in vain.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Set<Transport> INTERNET =
            EnumSet.of(Transport.TCP, Transport.TCP6, Transport.UDP, Transport.UDP6);

    private final ContainerParameters parameters;
    private final Map<Transport, Measurement> measured = new ConcurrentHashMap<>();
    private final Object measuring = new Object();
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

    /** Whoever asks for one that is known does not wait for another that is being measured. */
    private Measurement measured(Transport transport) {
        Transport carrier = transport == Transport.TLS ? Transport.TCP : transport; // what is under it
        @Nullable Measurement known = measured.get(carrier);
        if (known != null) {
            return known;
        }
        synchronized (measuring) {
            known = measured.get(carrier);
            if (known == null) {
                known = measure(carrier);
                measured.put(carrier, known);
            }
            return known;
        }
    }

    private Measurement measure(Transport transport) {
        if (!INTERNET.contains(transport)) {
            return Measurement.unavailable(
                    transport.family() + " does not lead into a container (expected: AF_INET or AF_INET6)");
        }
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
