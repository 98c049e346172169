package org.junitsockets.testcontainers.session;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Transport;
import org.junitsockets.testcontainers.carried.AgentClient;
import org.junitsockets.testcontainers.carried.Reach;
import org.junitsockets.testcontainers.engine.Engine;
import org.junitsockets.testcontainers.engine.NetworkPath;
import org.junitsockets.testcontainers.protocol.Handshake;

/**
 * An agent in a container, and the way to it that was found.
 */
final class ReachedAgent implements Closeable {

    /** How long an agent may take for an answer, on a machine that is busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Engine engine;
    private final AgentContainer container;
    private final NetworkPath path;
    private final AgentClient client;
    private @Nullable InetAddress ipv6;
    private @Nullable Ipv6Network network;

    private ReachedAgent(Engine engine, AgentContainer container, NetworkPath path, byte[] secret) throws IOException {
        this.engine = engine;
        this.container = container;
        this.path = path;
        this.client = AgentClient.connect(container.control(), secret, new Ways(), PATIENCE);
    }

    /**
     * Starts a container and finds the way to it.
     *
     * @param only the one way to try; {@code null} for all of them, the best first
     * @return the agent, which the caller closes before the engine
     * @throws IOException if the agent does not begin, or none of the ways leads to it
     */
    static ReachedAgent start(Engine engine, RuntimeImage image, @Nullable NetworkPath only) throws IOException {
        byte[] secret = new byte[Handshake.SECRET];
        new SecureRandom().nextBytes(secret);
        List<String> reasons = new ArrayList<>();
        for (NetworkPath path : only == null ? NetworkPath.values() : new NetworkPath[] {only}) {
            @Nullable AgentContainer container = null;
            try {
                container = AgentContainer.start(
                        engine, image, secret, path, engine.publishedAt(path).orElse(null));
            } catch (IOException e) {
                if (!path.isPublished()) {
                    throw e; // it has nothing to do with the way
                }
                reasons.add(path + ": " + e.getMessage());
            }
            if (container != null) {
                try {
                    return reach(engine, container, path, secret);
                } catch (IOException e) {
                    reasons.add(path + ": " + e.getMessage());
                }
            }
        }
        throw new IOException("no way leads to an agent in a container: " + String.join("; ", reasons));
    }

    private static ReachedAgent reach(Engine engine, AgentContainer container, NetworkPath path, byte[] secret)
            throws IOException {
        boolean reached = false;
        try {
            ReachedAgent agent = new ReachedAgent(engine, container, path, secret);
            reached = true;
            return agent;
        } catch (IOException e) {
            throw explained(e, container);
        } finally {
            if (!reached) {
                container.close();
            }
        }
    }

    AgentClient client() {
        return client;
    }

    NetworkPath path() {
        return path;
    }

    /** The addresses by which it is reached, from here and from other containers. */
    List<String> hosts() {
        Set<String> hosts = new LinkedHashSet<>();
        try {
            hosts.add(container
                    .reached(AgentContainer.CONTROL, false)
                    .getAddress()
                    .getHostAddress());
            hosts.add(container.address().getHostAddress());
        } catch (IOException e) {
            // that one is not reached
        }
        synchronized (this) {
            if (ipv6 != null) { // no server is there before it was asked for
                hosts.add(ipv6.getHostAddress());
            }
        }
        return List.copyOf(hosts);
    }

    /** The engine's identifier of the container. */
    String container() {
        return container.id();
    }

    /** Adds what the container has said where the agent is gone. */
    IOException explained(IOException failure) {
        return client.failure().isEmpty() ? failure : explained(failure, container);
    }

    private static IOException explained(IOException failure, AgentContainer container) {
        return new IOException(failure.getMessage() + "; the container said: " + container.logged(), failure);
    }

    /** To what the agent opens: through published ports from here, and from other containers without. */
    private final class Ways implements Reach {

        @Override
        public InetSocketAddress translate(Transport transport, InetSocketAddress address) throws IOException {
            return switch (transport) {
                case TCP6, UDP6 -> new InetSocketAddress(ipv6(), address.getPort());
                default -> container.reached(address.getPort(), transport == Transport.UDP);
            };
        }

        @Override
        public InetSocketAddress translateForNeighbours(Transport transport, InetSocketAddress address)
                throws IOException {
            return switch (transport) {
                case TCP6, UDP6 -> new InetSocketAddress(ipv6(), address.getPort());
                default -> new InetSocketAddress(container.address(), address.getPort());
            };
        }
    }

    /**
     * The container's IPv6 address, which it gets if it has none.
     *
     * @throws IOException if it does not get one
     */
    private synchronized InetAddress ipv6() throws IOException {
        if (ipv6 == null) {
            ipv6 = Ipv6Network.address(engine, container.id());
            if (ipv6 == null) {
                network = Ipv6Network.connect(engine, container.id());
                ipv6 = network.address();
            }
        }
        return ipv6;
    }

    /** Returns when nothing of it is left on the engine. */
    @Override
    @SuppressWarnings("try") // what is closed last is opened first
    public void close() throws IOException {
        @Nullable Ipv6Network used;
        synchronized (this) {
            used = network;
            network = null;
        }
        try {
            client.close();
        } finally {
            try {
                container.close();
            } finally {
                if (used != null) {
                    used.close();
                }
            }
        }
    }
}
