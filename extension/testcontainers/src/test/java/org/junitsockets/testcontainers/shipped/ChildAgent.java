package org.junitsockets.testcontainers.shipped;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junitsockets.Capability;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.SocketServer;
import org.junitsockets.Transport;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.ListeningEndpoint;
import org.junitsockets.spi.Place;
import org.junitsockets.spi.Relay;
import org.junitsockets.testcontainers.agent.Agent;
import org.junitsockets.testcontainers.carried.AgentClient;

/** An agent in a JVM of its own, whose class path has nothing of the tests, and the way to it as a place. */
@SuppressWarnings("AddressSelection") // it is a literal
final class ChildAgent implements Place {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** One for all, as in a session; it ends with the connection to it. */
    static final ChildAgent SHARED = start();

    private final AgentClient client;
    private final long pid;

    private ChildAgent(AgentClient client, long pid) {
        this.client = client;
        this.pid = pid;
    }

    static ChildAgent start() {
        try {
            byte[] secret = new byte[32];
            new SecureRandom().nextBytes(secret);
            Path file = Files.createTempFile("junit-sockets", ".secret");
            try {
                Files.write(file, secret);
                Process process = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                pathOf(SocketServer.class) + File.pathSeparator + pathOf(Agent.class),
                                Agent.class.getName(),
                                "--control",
                                "0",
                                "--secret",
                                file.toString(),
                                "--bind",
                                "127.0.0.1")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                String said = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
                int port = Integer.parseInt(said.substring(said.lastIndexOf(' ') + 1));
                InetSocketAddress control = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
                return new ChildAgent(
                        AgentClient.connect(control, secret, (transport, address) -> address, PATIENCE), process.pid());
            } finally {
                Files.delete(file);
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pathOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    long pid() {
        return pid;
    }

    AgentClient client() {
        return client;
    }

    void end() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<String> unavailableBecause(Transport transport) {
        return Optional.empty();
    }

    @Override
    public Set<Capability> lacking(Transport transport) {
        return Set.of();
    }

    @Override
    public List<String> hosts() {
        return List.of();
    }

    @Override
    public ListeningEndpoint listen(Transport transport, EndpointOptions options) throws IOException {
        return client.listen(transport, options);
    }

    @Override
    public Optional<ConnectionHandler> handler(Class<? extends ConnectionHandler> type, Transport transport) {
        return client.handler(type, transport);
    }

    @Override
    public Relay relay(Transport transport, SocketAddress server) {
        throw new UnsupportedOperationException("nobody here needs one");
    }
}
