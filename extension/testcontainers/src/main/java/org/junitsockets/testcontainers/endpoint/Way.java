package org.junitsockets.testcontainers.endpoint;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Ports.Binding;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the ports of a container are reached.
 *
 * @param engine where it runs
 * @param known whether the address has to be known before the container has one, as a certificate is made for it
 */
record Way(Engine engine, boolean known) {

    private static final String IPV6_LOOPBACK = "::1";

    /** Whether a port is to be published for it: the container's own address needs no such thing. */
    boolean isPublished(ContainerPort port) {
        return known || engine.gateway().isEmpty() || port.isIpv6();
    }

    /** Where a port is published: never at all addresses. */
    InetAddress publishedAt(ContainerPort port) throws UnknownHostException {
        if (port.isIpv6() && engine.host().isLoopbackAddress()) {
            return InetAddress.getByName(IPV6_LOOPBACK);
        }
        return engine.gateway().orElse(engine.host());
    }

    /** Whether whoever connects may be connected to a proxy, though nobody listens in the container. */
    boolean isProxied(ContainerPort port) {
        return engine.gateway().isEmpty() || port.isIpv6();
    }

    /**
     * Where a port is, of a container that runs.
     *
     * @return the address; empty if it can be reached at none
     */
    Optional<InetSocketAddress> address(InspectContainerResponse container, ContainerPort port)
            throws UnknownHostException {
        if (!isPublished(port)) {
            Optional<String> own = own(container);
            if (own.isPresent()) {
                return Optional.of(new InetSocketAddress(InetAddress.getByName(own.get()), port.number()));
            }
        }
        Map<?, Binding[]> bindings = container.getNetworkSettings().getPorts().getBindings();
        Binding @Nullable [] published = bindings.get(port.exposed());
        for (Binding binding : published == null ? new Binding[0] : published) {
            @Nullable String ip = binding.getHostIp();
            InetAddress at = ip == null || ip.isEmpty() ? null : InetAddress.getByName(ip);
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
}
