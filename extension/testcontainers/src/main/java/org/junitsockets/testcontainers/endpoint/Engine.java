package org.junitsockets.testcontainers.endpoint;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Network;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Location;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedLocationException;
import org.testcontainers.DockerClientFactory;

/**
 * The container engine, as Testcontainers finds it.
 *
 * @param host the address at which its published ports are reached
 * @param gateway this machine's own address on the engine's bridge, where there is one: containers are then
 *     reached without a proxy
 */
record Engine(DockerClient client, InetAddress host, Optional<InetAddress> gateway) {

    private static final String DEFAULT_NETWORK = "bridge";

    /** The option of a network with its driver {@code bridge}. */
    private static final String BRIDGE_NAME = "com.docker.network.bridge.name";

    /**
     * Finds it.
     *
     * @param declaration that needs it
     * @throws UnsupportedLocationException if there is none
     */
    static Engine require(Transport transport, String declaration) {
        try {
            DockerClientFactory factory = DockerClientFactory.instance();
            DockerClient client = factory.client();
            InetAddress host = InetAddress.getByName(literal(factory.dockerHostIpAddress()));
            return new Engine(
                    client, host, gateway(client, factory.getTransportConfig().getDockerHost()));
        } catch (RuntimeException | UnknownHostException e) { // also where its reaper cannot be had
            UnsupportedLocationException unsupported = new UnsupportedLocationException(
                    Location.CONTAINER,
                    transport,
                    declaration + ": found no container engine that can be used (expected: one that Testcontainers finds,"
                            + " such as by DOCKER_HOST): " + firstLine(e));
            unsupported.initCause(e);
            throw unsupported;
        }
    }

    /** Not the name, which may be an address of a family that nothing is published at. */
    private static String literal(String host) {
        return host.equals("localhost") ? "127.0.0.1" : host;
    }

    private static Optional<InetAddress> gateway(DockerClient client, URI engine) {
        if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux") || !isOfThisMachine(engine)) {
            return Optional.empty();
        }
        return client.listNetworksCmd().withNameFilter(DEFAULT_NETWORK).exec().stream()
                .filter(network -> DEFAULT_NETWORK.equals(network.getName()))
                .flatMap(network -> Stream.concat(declared(network), ofInterface(network)))
                .findFirst();
    }

    /** What the engine says that the gateway is, which some do only where it was configured. */
    private static Stream<InetAddress> declared(Network network) {
        return Stream.ofNullable(network.getIpam())
                .flatMap(ipam -> Stream.ofNullable(ipam.getConfig()))
                .flatMap(List::stream)
                .flatMap(config -> Stream.ofNullable(config.getGateway()))
                .flatMap(Engine::ofThisMachine);
    }

    /** The address of the interface that is the bridge. */
    private static Stream<InetAddress> ofInterface(Network network) {
        try {
            @Nullable
            String name =
                    network.getOptions() == null ? null : network.getOptions().get(BRIDGE_NAME);
            @Nullable NetworkInterface bridge = name == null ? null : NetworkInterface.getByName(name);
            return bridge == null ? Stream.empty() : bridge.inetAddresses().filter(Inet4Address.class::isInstance);
        } catch (SocketException e) {
            return Stream.empty();
        }
    }

    private static boolean isOfThisMachine(URI engine) {
        try {
            return engine.getHost() == null
                    || InetAddress.getByName(engine.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The address, if an interface here has it: in a container, or beside a virtual machine, none has. */
    private static Stream<InetAddress> ofThisMachine(String gateway) {
        try {
            InetAddress address = InetAddress.getByName(gateway);
            return NetworkInterface.getByInetAddress(address) == null ? Stream.empty() : Stream.of(address);
        } catch (UnknownHostException | SocketException e) {
            return Stream.empty();
        }
    }

    /** What the failure says, without the stack of whoever was tried. */
    static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).strip().lines().findFirst().orElse("");
    }
}
