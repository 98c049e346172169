package org.junitsockets.testcontainers.session;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Info;
import java.io.Closeable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/**
 * A container engine, found as Testcontainers finds it, and talked to by a client of our own: a session
 * cleans up after itself, and so needs no reaper, whose image would have to come from a registry.
 *
 * @param client of this engine only, which is closed with it
 * @param address where it is reached
 * @param info what it says of itself
 */
record Engine(DockerClient client, URI address, Info info) implements Closeable {

    private static final String DOCKER_HOST = "DOCKER_HOST";

    /**
     * Finds the engine.
     *
     * @throws IOException if there is none; the message says where it was looked for
     */
    static Engine find() throws IOException {
        TransportConfig config;
        try {
            config = DockerClientFactory.instance().getTransportConfig();
        } catch (IllegalStateException e) {
            throw new IOException(none(System.getenv(DOCKER_HOST), System.getenv("XDG_RUNTIME_DIR")));
        }
        DockerClient client = DockerClientProviderStrategy.getClientForConfig(config);
        try {
            return new Engine(client, config.getDockerHost(), client.infoCmd().exec());
        } catch (RuntimeException e) {
            client.close();
            throw new IOException("the container engine at " + config.getDockerHost() + " fails: " + reason(e), e);
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

    /** What went wrong, in one line, without the exceptions around it. */
    static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (!(innermost instanceof DockerException) && innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return String.valueOf(innermost.getMessage()).strip();
    }

    /**
     * The address that ports can be published at and reached from here, where the container's network
     * cannot be.
     *
     * @throws IOException if the engine's name cannot be resolved
     */
    InetAddress publishing() throws IOException {
        @Nullable String host = address.getHost();
        if (host == null
                || address.getScheme().equals("unix")
                || address.getScheme().equals("npipe")) {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        }
        for (InetAddress one : InetAddress.getAllByName(host)) {
            if (one instanceof Inet4Address) {
                return one;
            }
        }
        throw new IOException("found no IPv4 address of " + host + ", where the container engine is (expected: one)");
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
