package org.junitsockets.testcontainers.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Network;
import java.io.Closeable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/**
 * A container engine, found as Testcontainers finds it, and talked to by a client of our own: nothing that
 * Testcontainers starts beside a client is needed for it, whose images would have to come from a registry.
 *
 * @param client of this engine only, which is closed with it
 * @param address where it is reached
 * @param info what it says of itself
 * @param gateway the engine's own IPv4 address on its bridge, where it has one
 * @param isBridgeHere whether an interface of this machine has that address: containers are then reached at
 *     their own ones
 */
public record Engine(DockerClient client, URI address, Info info, Optional<InetAddress> gateway, boolean isBridgeHere)
        implements Closeable {

    private static final String DOCKER_HOST = "DOCKER_HOST";

    /** Testcontainers' own, for those who know better how published ports are reached. */
    private static final String HOST_OVERRIDE = "TESTCONTAINERS_HOST_OVERRIDE";

    private static final String DEFAULT_NETWORK = "bridge";

    /** The option of a network with the driver {@code bridge}. */
    private static final String BRIDGE_NAME = "com.docker.network.bridge.name";

    private static final Path IN_A_CONTAINER = Path.of("/.dockerenv");

    /**
     * Finds the engine.
     *
     * @return the engine, which the caller closes
     * @throws IOException if there is none; the message says where it was looked for
     */
    public static Engine find() throws IOException {
        TransportConfig config;
        try {
            config = DockerClientFactory.instance().getTransportConfig();
        } catch (IllegalStateException e) {
            throw new IOException(none(System.getenv(DOCKER_HOST), System.getenv("XDG_RUNTIME_DIR")), e);
        }
        DockerClient client = DockerClientProviderStrategy.getClientForConfig(config);
        boolean found = false;
        try {
            Info info = client.infoCmd().exec();
            Optional<InetAddress> gateway = client.listNetworksCmd().withNameFilter(DEFAULT_NETWORK).exec().stream()
                    .filter(network -> DEFAULT_NETWORK.equals(network.getName()))
                    .flatMap(network -> Stream.of(declared(network), ofInterface(network), first(network))
                            .flatMap(addresses -> addresses))
                    .findFirst();
            URI address = config.getDockerHost();
            boolean here = isOfThisMachine(address)
                    && gateway.filter(Engine::isAnInterfaces).isPresent();
            found = true;
            return new Engine(client, address, info, gateway, here);
        } catch (RuntimeException e) {
            throw new IOException("the container engine at " + config.getDockerHost() + " fails: " + reason(e), e);
        } finally {
            if (!found) {
                client.close();
            }
        }
    }

    /** Says where one was looked for, and what is there. */
    static String none(@Nullable String dockerHost, @Nullable String runtimeDirectory) {
        List<String> places = new ArrayList<>();
        if (dockerHost != null) {
            places.add(DOCKER_HOST + "=" + dockerHost);
        }
        List<Path> sockets = new ArrayList<>(List.of(Path.of("/var/run/docker.sock")));
        if (runtimeDirectory != null) {
            sockets.add(Path.of(runtimeDirectory, "docker.sock"));
        }
        String home = System.getProperty("user.home");
        sockets.add(Path.of(home, ".docker", "run", "docker.sock"));
        sockets.add(Path.of(home, ".docker", "desktop", "docker.sock"));
        for (Path socket : sockets) {
            places.add(socket + (Files.exists(socket) ? "" : " (not there)"));
        }
        return "no container engine answers at " + String.join(", ", places)
                + " (expected: Docker, or one that is compatible; " + DOCKER_HOST + " says where)";
    }

    /**
     * Says what went wrong, without the exceptions around it.
     *
     * @return what the engine says, or else the innermost exception
     */
    public static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (!(innermost instanceof DockerException) && innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return String.valueOf(innermost.getMessage()).strip();
    }

    // -- its bridge ------------------------------------------------------------------------------

    private static Stream<Network.Ipam.Config> configs(Network network) {
        return Stream.ofNullable(network.getIpam())
                .flatMap(ipam -> Stream.ofNullable(ipam.getConfig()))
                .flatMap(List::stream);
    }

    /** What the engine says that the gateway is, which some do only where it was configured. */
    private static Stream<InetAddress> declared(Network network) {
        return configs(network)
                .flatMap(config -> Stream.ofNullable(config.getGateway()))
                .filter(Engine::isIpv4)
                .map(Engine::literal);
    }

    /** The address of the interface that is the bridge, if that is here. */
    private static Stream<InetAddress> ofInterface(Network network) {
        try {
            @Nullable Map<String, String> options = network.getOptions();
            @Nullable String name = options == null ? null : options.get(BRIDGE_NAME);
            @Nullable NetworkInterface bridge = name == null ? null : NetworkInterface.getByName(name);
            return bridge == null ? Stream.empty() : bridge.inetAddresses().filter(Inet4Address.class::isInstance);
        } catch (SocketException e) {
            return Stream.empty();
        }
    }

    /** The first address of its subnet, which is the gateway's unless the engine was told another. */
    private static Stream<InetAddress> first(Network network) {
        return configs(network)
                .flatMap(config -> Stream.ofNullable(config.getSubnet()))
                .filter(Engine::isIpv4)
                .map(Engine::first);
    }

    static InetAddress first(String subnet) {
        byte[] address = literal(subnet.substring(0, subnet.indexOf('/'))).getAddress();
        address[address.length - 1] |= 1;
        return bytes(address);
    }

    private static boolean isIpv4(String literal) {
        return !literal.isEmpty() && literal.indexOf(':') < 0;
    }

    private static InetAddress literal(String numbers) {
        try {
            return InetAddress.getByName(numbers); // the engine writes numbers
        } catch (IOException e) {
            throw new IllegalArgumentException("found the address " + numbers + " (expected: numbers)", e);
        }
    }

    private static InetAddress bytes(byte... address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (IOException e) {
            throw new IllegalArgumentException(e); // of another length
        }
    }

    /** In a container, or beside a virtual machine, the bridge of the engine has none. */
    private static boolean isAnInterfaces(InetAddress address) {
        try {
            return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")
                    && NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    /** Another machine's bridge may have the same address as one here. */
    private static boolean isOfThisMachine(URI engine) {
        try {
            return engine.getHost() == null
                    || InetAddress.getByName(engine.getHost()).isLoopbackAddress();
        } catch (IOException e) {
            return false;
        }
    }

    // -- its published ports ---------------------------------------------------------------------

    /**
     * Returns the address that ports are published at for a path.
     *
     * @return the address; empty for {@link NetworkPath#BRIDGE}, where none are
     * @throws IOException if the engine has no such address, or its name cannot be resolved
     */
    public Optional<InetAddress> publishedAt(NetworkPath path) throws IOException {
        return switch (path) {
            case BRIDGE -> Optional.empty();
            case GATEWAY ->
                Optional.of(gateway.orElseThrow(
                        () -> new IOException("the container engine's network bridge has no address of its own")));
            case LOOPBACK -> Optional.of(host());
        };
    }

    /** The address that ports can be published at and reached from here, where a container's network cannot be. */
    private InetAddress host() throws IOException {
        @Nullable String said = System.getenv(HOST_OVERRIDE);
        if (said != null && !said.isBlank()) {
            return ipv4(said.strip());
        }
        @Nullable String host = address.getHost();
        if (host != null
                && !address.getScheme().equals("unix")
                && !address.getScheme().equals("npipe")) {
            return ipv4(host);
        }
        if (!isBridgeHere && Files.exists(IN_A_CONTAINER)) { // the socket is of the machine around
            return ipv4(DockerClientFactory.instance().dockerHostIpAddress());
        }
        return bytes(new byte[] {127, 0, 0, 1});
    }

    private static InetAddress ipv4(String host) throws IOException {
        for (InetAddress one : InetAddress.getAllByName(host)) {
            if (one instanceof Inet4Address) {
                return one;
            }
        }
        throw new IOException("found no IPv4 address of " + host + ", where the container engine is (expected: one)");
    }

    /** Closes the client. */
    @Override
    public void close() throws IOException {
        client.close();
    }
}
