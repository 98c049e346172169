package org.junitsockets.it.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.Tls;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * A real server for a test class, that its tests may pause, kill and start again; each test finds it
 * running.
 *
 * <p>It is two containers: one that does nothing has the network, and the server shares it. So the
 * address is the same after a start, and while the server is dead the system refuses its clients, as it
 * does on a machine whose server has crashed: the address of a dead container is nobody's, and a packet
 * to it is lost. Clients connect to the address on the bridge, without a proxy between.
 */
final class ServerContainer implements ExecutionCondition, BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private static final String IMAGES = "junit-sockets-it/";
    private static final String REQUIRE = "junitsockets.require";
    private static final String REQUIRED = "container";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final int port;
    private final Predicate<SocketConnection> greeting;
    private final GenericContainer<?> network;
    private final GenericContainer<?> server;
    private final List<FileToCopy> files = new ArrayList<>();

    private Tls tls;

    private record FileToCopy(String path, int mode, Function<InetAddress, String> content) {}

    private ServerContainer(String image, int port, Predicate<SocketConnection> greeting) {
        this.port = port;
        this.greeting = greeting;
        this.network = new GenericContainer<>(DockerImageName.parse(IMAGES + "network"));
        this.server = new GenericContainer<>(DockerImageName.parse(IMAGES + image));
    }

    /**
     * @param greeting what a client does that wants to know whether the server is there already; that the
     *     system has accepted it does not say so of each server
     */
    static ServerContainer of(String image, int port, Predicate<SocketConnection> greeting) {
        return new ServerContainer(image, port, greeting);
    }

    /** A file that the server finds when it starts; the content may depend on the server's address. */
    ServerContainer file(String path, int mode, Function<InetAddress, String> content) {
        files.add(new FileToCopy(path, mode, content));
        return this;
    }

    /** A certificate for the server's address, where the server looks for it. */
    ServerContainer tls(String certificatePath, String keyPath) {
        return file(certificatePath, 0444, address -> tls().chainPem())
                .file(keyPath, 0444, address -> tls().keyPem());
    }

    /** What has the address, for {@code @WithRemoteEndpoint(container = ...)}. */
    GenericContainer<?> network() {
        return network;
    }

    // -- for tests -------------------------------------------------------------------------------

    InetSocketAddress address() {
        return address(port);
    }

    InetSocketAddress address(int otherPort) {
        return new InetSocketAddress(inetAddress(), otherPort);
    }

    /** The address as a number. */
    String host() {
        return inetAddress().getHostAddress();
    }

    /** What its clients trust. */
    synchronized Tls tls() {
        if (tls == null) {
            tls = Tls.builder().names(host()).create();
        }
        return tls;
    }

    /** All of its processes stand still; the system goes on accepting connections and bytes for it. */
    void pause() {
        engine().pauseContainerCmd(server.getContainerId()).exec();
    }

    void unpause() {
        engine().unpauseContainerCmd(server.getContainerId()).exec();
    }

    /** By SIGKILL; when it returns, the system has closed all that the server had. */
    void kill() {
        engine().killContainerCmd(server.getContainerId()).exec();
        engine().waitContainerCmd(server.getContainerId())
                .exec(new WaitContainerResultCallback())
                .awaitStatusCode(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** At the same address. */
    void start() {
        engine().startContainerCmd(server.getContainerId()).exec();
        awaitGreeting();
    }

    // -- its life --------------------------------------------------------------------------------

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (DockerClientFactory.instance().isDockerAvailable()) {
            return ConditionEvaluationResult.enabled("there is a container engine");
        }
        String reason = "no container engine answers";
        String required = context.getConfigurationParameter(REQUIRE).orElse("");
        if (List.of(required.split(",")).contains(REQUIRED)) {
            throw new AssertionError(reason + ", though " + REQUIRE + " names '" + REQUIRED + "'");
        }
        return ConditionEvaluationResult.disabled(reason);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        network.start();
        server.withNetworkMode("container:" + network.getContainerId());
        files.forEach(file -> server.withCopyToContainer(
                Transferable.of(file.content().apply(inetAddress()).getBytes(UTF_8), file.mode()), file.path()));
        server.start();
        awaitGreeting();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        InspectContainerResponse.ContainerState state =
                engine().inspectContainerCmd(server.getContainerId()).exec().getState();
        if (Boolean.TRUE.equals(state.getPaused())) {
            unpause();
        } else if (!Boolean.TRUE.equals(state.getRunning())) {
            start();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        try {
            server.stop();
        } finally {
            network.stop();
        }
    }

    private DockerClient engine() {
        return server.getDockerClient();
    }

    private InetAddress inetAddress() {
        String address = network.getContainerInfo()
                .getNetworkSettings()
                .getNetworks()
                .get("bridge")
                .getIpAddress();
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new AssertionError("found '" + address + "' (expected: an address on the bridge)", e);
        }
    }

    /** Nobody tells when a server has begun to listen, so it is asked until it answers. */
    private void awaitGreeting() {
        long begin = System.nanoTime();
        String last;
        do {
            try (SocketClients clients = SocketClients.open();
                    SocketConnection client = clients.connect(address())) {
                if (greeting.test(client)) {
                    return;
                }
                last = "it is not ready for clients";
            } catch (UncheckedIOException e) {
                last = e.getMessage();
            }
            LockSupport.parkNanos(INTERVAL_NANOS);
        } while (System.nanoTime() - begin < PATIENCE.toNanos());
        throw new AssertionError("the server in " + server.getDockerImageName() + " at " + address()
                + " did not come up within " + PATIENCE.toSeconds() + " s (last: " + last + "); it said:\n"
                + server.getLogs());
    }
}
