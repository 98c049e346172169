package org.junitsockets.testcontainers.endpoint;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Ports.Binding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junitsockets.testcontainers.engine.Engine;
import org.junitsockets.testcontainers.engine.NetworkPath;

/**
 * How the ports of a container are reached.
 *
 * @param engine where it runs
 * @param known whether the address has to be known before the container has one, as a certificate is made for it
 */
record Way(Engine engine, boolean known) {

    private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private NetworkPath path(ContainerPort port) {
        if (!engine.isBridgeHere() || port.isIpv6()) {
            return NetworkPath.LOOPBACK;
        }
        return known ? NetworkPath.GATEWAY : NetworkPath.BRIDGE;
    }

    /** Whether a port is to be published for it: the container's own address needs no such thing. */
    boolean isPublished(ContainerPort port) {
        return path(port).isPublished();
    }

    /** Where a port is published, if it is: never at all addresses. */
    InetAddress publishedAt(ContainerPort port) {
        NetworkPath path = path(port) == NetworkPath.BRIDGE ? NetworkPath.GATEWAY : path(port);
        try {
            InetAddress address = engine.publishedAt(path).orElseThrow();
            return port.isIpv6() && address.isLoopbackAddress() ? InetAddress.getByAddress(IPV6_LOOPBACK) : address;
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Whether whoever connects may be connected to a proxy, though nobody listens in the container. */
    boolean isProxied(ContainerPort port) {
        return path(port) == NetworkPath.LOOPBACK;
    }

    /**
     * Where a port is, of a container that runs.
     *
     * @return the address; empty if it can be reached at none
     */
    Optional<InetSocketAddress> address(InspectContainerResponse container, ContainerPort port) {
        if (!isPublished(port)) {
            Optional<String> own = own(container);
            if (own.isPresent()) {
                return Optional.of(new InetSocketAddress(literal(own.get()), port.number()));
            }
        }
        Map<?, Binding[]> bindings = container.getNetworkSettings().getPorts().getBindings();
        Binding @Nullable [] published = bindings.get(port.exposed());
        for (Binding binding : published == null ? new Binding[0] : published) {
            @Nullable String ip = binding.getHostIp();
            @Nullable InetAddress at = ip == null || ip.isEmpty() ? null : literal(ip);
            int number = Integer.parseInt(binding.getHostPortSpec());
            if (at == null || at.isAnyLocalAddress()) { // of somebody else's container
                if (!port.isIpv6()) {
                    return Optional.of(new InetSocketAddress(publishedAt(port), number));
                }
            } else if (at.equals(publishedAt(port))) {
                return Optional.of(new InetSocketAddress(at, number));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> own(InspectContainerResponse container) {
        return Stream.ofNullable(container.getNetworkSettings().getNetworks())
                .flatMap(networks -> networks.values().stream())
                .map(ContainerNetwork::getIpAddress)
                .filter(ip -> ip != null && !ip.isEmpty())
                .findFirst();
    }

    private static InetAddress literal(String numbers) {
        try {
            return InetAddress.getByName(numbers); // the engine writes numbers
        } catch (UnknownHostException e) {
            throw new IllegalStateException("found the address " + numbers + " (expected: numbers)", e);
        }
    }
}
