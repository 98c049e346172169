package org.junitsockets.testcontainers.session;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Network;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junitsockets.testcontainers.engine.Engine;

/**
 * A network that gives a container an IPv6 address, where the engine's own does not: it has the prefix of a
 * random site (RFC 4193).
 *
 * <p>It is made when it is asked for, since it is all that a session may leave behind when its process is
 * killed. It names its container, so that the next session knows that it is no longer used.
 */
final class Ipv6Network implements Closeable {

    /** The container that a network is for. */
    private static final String LABEL = "org.junitsockets.network-of";

    /** The bytes of a network's prefix, /64. */
    private static final int PREFIX = 8;

    private static final long MOST_AWAITED_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int LOOK_AGAIN_MILLIS = 20;

    private final Engine engine;
    private final String id;
    private final Inet6Address address;

    private Ipv6Network(Engine engine, String id, Inet6Address address) {
        this.engine = engine;
        this.id = id;
        this.address = address;
    }

    /**
     * Makes one, and connects the container to it.
     *
     * @return the network; the caller closes it once the container is gone
     * @throws IOException if the engine does not do that
     */
    static Ipv6Network connect(Engine engine, String container) throws IOException {
        try {
            String id = create(engine, container);
            boolean connected = false;
            try {
                engine.client()
                        .connectToNetworkCmd()
                        .withNetworkId(id)
                        .withContainerId(container)
                        .exec();
                @Nullable Inet6Address address = address(engine, container);
                if (address == null) {
                    throw new IOException("the container engine gives no IPv6 address in a network of IPv6");
                }
                awaitSource(address);
                connected = true;
                return new Ipv6Network(engine, id, address);
            } finally {
                if (!connected) {
                    engine.client().removeNetworkCmd(id).exec();
                }
            }
        } catch (DockerException e) {
            throw new IOException("the container engine makes no network of IPv6: " + Engine.reason(e), e);
        }
    }

    /**
     * Waits until the bridge has its address in the network: it is new, and an address is none to send from
     * until nobody else has claimed it for a second or two (RFC 4862, section 5.4). Whoever connects before
     * does so from another address of this system, to which the container may have no way back. An engine
     * that is not on this system has no bridge here, and is not waited for much longer.
     */
    private static void awaitSource(Inet6Address address) throws IOException {
        long begun = System.nanoTime();
        try {
            while (!isSentFromTheSameNetwork(address) && System.nanoTime() - begun < MOST_AWAITED_NANOS) {
                new Semaphore(0).tryAcquire(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS); // the kernel tells nobody
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the bridge gets its address");
        }
    }

    /** Nothing is sent: a datagram socket is connected by itself. */
    private static boolean isSentFromTheSameNetwork(Inet6Address address) throws IOException {
        try (DatagramSocket probe = new DatagramSocket(null)) {
            probe.connect(new InetSocketAddress(address, 1));
            byte[] source = probe.getLocalAddress().getAddress();
            return Arrays.equals(source, 0, PREFIX, address.getAddress(), 0, Math.min(PREFIX, source.length));
        } catch (SocketException | UncheckedIOException e) {
            return false; // there is no way at all yet
        }
    }

    private static String create(Engine engine, String container) {
        byte[] site = new byte[5];
        new SecureRandom().nextBytes(site);
        String subnet = String.format("fd%02x:%02x%02x:%02x%02x::/64", site[0], site[1], site[2], site[3], site[4]);
        return engine.client()
                .createNetworkCmd()
                .withName("junit-sockets-" + container.substring(0, 12))
                .withDriver("bridge")
                .withEnableIpv6(true)
                .withIpam(new Network.Ipam().withConfig(new Network.Ipam.Config().withSubnet(subnet)))
                .withLabels(Map.of(LABEL, container))
                .exec()
                .getId();
    }

    /** The container's IPv6 address in any network it is in, if there is one. */
    static @Nullable Inet6Address address(Engine engine, String container) throws IOException {
        InspectContainerResponse found =
                engine.client().inspectContainerCmd(container).exec();
        for (ContainerNetwork network : found.getNetworkSettings().getNetworks().values()) {
            String literal = network.getGlobalIPv6Address();
            if (literal != null && !literal.isEmpty()) {
                return (Inet6Address) InetAddress.getByName(literal);
            }
        }
        return null;
    }

    /** Removes networks of containers that are gone: of sessions whose process was killed. */
    static void removeAbandoned(Engine engine) {
        for (Network network : engine.client()
                .listNetworksCmd()
                .withFilter("label", List.of(LABEL))
                .exec()) {
            @Nullable String container = network.getLabels().get(LABEL);
            if (container == null) {
                continue; // the engine has not listened to the filter
            }
            try {
                engine.client().inspectContainerCmd(container).exec();
            } catch (NotFoundException e) {
                try {
                    engine.client().removeNetworkCmd(network.getId()).exec();
                } catch (DockerException another) {
                    // another session removes it too
                }
            } catch (DockerException e) {
                // whether its container is gone cannot be told now: Podman says so where it is just going
            }
        }
    }

    Inet6Address address() {
        return address;
    }

    @Override
    public void close() throws IOException {
        try {
            engine.client().removeNetworkCmd(id).exec();
        } catch (NotFoundException e) {
            // somebody has
        } catch (DockerException e) {
            throw new IOException("the network " + id + " is not removed: " + Engine.reason(e), e);
        }
    }
}
