package org.junitsockets.testcontainers.session;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.NetworkSettings;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junitsockets.testcontainers.agent.Agent;
import org.junitsockets.testcontainers.engine.Engine;
import org.junitsockets.testcontainers.engine.NetworkPath;

/** A container in which an agent runs. The engine removes it once the agent has ended. */
final class AgentContainer implements Closeable {

    /** What all containers of sessions have. */
    static final String LABEL = "org.junitsockets.agent";

    /** How long the agent may take to begin, on whatever machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How long the engine may take to remove what has ended. */
    private static final Duration REMOVAL = Duration.ofSeconds(15);

    private static final int LOOK_AGAIN_MILLIS = 20;

    /** Those of the container, whose network is its own; the agent would listen on the loopback address. */
    private static final String ALL_ADDRESSES = "0.0.0.0";

    static final int CONTROL = 7457;

    /** The ports for data, where they have to be chosen when the container is made. */
    private static final int FIRST_DATA = 7500;

    private static final int DATA = 32;

    private final Engine engine;
    private final String id;
    private final NetworkPath path;
    private final AgentLog log = new AgentLog();
    private @Nullable InspectContainerResponse running;

    private AgentContainer(Engine engine, String id, NetworkPath path) {
        this.engine = engine;
        this.id = id;
        this.path = path;
    }

    /**
     * Starts one, and waits until the agent listens there.
     *
     * @param secret that the agent gets
     * @param path how it will be reached
     * @param published where ports are published for that; {@code null} where none are
     * @return the container, which the caller closes
     * @throws IOException if the engine does not start it, or the agent does not begin; the message has
     *     what the container said
     */
    static AgentContainer start(
            Engine engine, RuntimeImage image, byte[] secret, NetworkPath path, @Nullable InetAddress published)
            throws IOException {
        byte[] files = AgentFiles.archive(secret);
        String id;
        try {
            id = creation(engine, image, published).exec().getId();
        } catch (DockerException e) {
            throw new IOException(
                    "the container engine makes no container of " + image.name() + ": " + Engine.reason(e), e);
        }
        AgentContainer container = new AgentContainer(engine, id, path);
        boolean started = false;
        try {
            container.start(files);
            started = true;
            return container;
        } catch (DockerException e) {
            throw new IOException(
                    "the container engine does not start the container of " + image.name() + ": " + Engine.reason(e),
                    e);
        } finally {
            if (!started) {
                container.close();
            }
        }
    }

    private static CreateContainerCmd creation(Engine engine, RuntimeImage image, @Nullable InetAddress published) {
        HostConfig host = HostConfig.newHostConfig()
                .withAutoRemove(true)
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"));
        if (published == null && Files.exists(Path.of("/proc/net/if_inet6"))) {
            // Else the runtime decides at its start that there is no IPv6, before it gets an address.
            host.withSysctls(Map.of("net.ipv6.conf.all.disable_ipv6", "0"));
        }
        CreateContainerCmd creation = engine.client()
                .createContainerCmd(image.name())
                .withHostConfig(host)
                .withLabels(Map.of(LABEL, String.valueOf(ProcessHandle.current().pid())))
                .withUser("0:0")
                .withWorkingDir("/")
                .withEntrypoint(image.java())
                .withCmd(command(published != null));
        if (published != null) {
            List<ExposedPort> ports = new ArrayList<>(List.of(ExposedPort.tcp(CONTROL)));
            for (int port = FIRST_DATA; port < FIRST_DATA + DATA; port++) {
                ports.add(ExposedPort.tcp(port));
                ports.add(ExposedPort.udp(port));
            }
            creation.withExposedPorts(ports);
            Ports.Binding somewhere = Ports.Binding.bindIp(published.getHostAddress());
            host.withPortBindings(
                    ports.stream().map(port -> new PortBinding(somewhere, port)).toList());
        }
        return creation;
    }

    /** The runtime is to be there at once, and to have the same defaults as this one. */
    private static List<String> command(boolean published) {
        Locale locale = Locale.getDefault();
        List<String> command = new ArrayList<>(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-Xms16m",
                "-Xmx256m",
                "-Dfile.encoding=" + Charset.defaultCharset(),
                "-Duser.language=" + locale.getLanguage(),
                "-Duser.country=" + locale.getCountry(),
                "-Duser.timezone=" + TimeZone.getDefault().getID(),
                "-cp",
                AgentFiles.CLASS_PATH,
                Agent.class.getName(),
                "--control",
                String.valueOf(CONTROL),
                "--secret",
                AgentFiles.SECRET,
                "--bind",
                ALL_ADDRESSES));
        if (published) {
            command.addAll(List.of("--ports", FIRST_DATA + "-" + (FIRST_DATA + DATA - 1)));
        }
        return command;
    }

    private void start(byte[] files) throws IOException {
        engine.client()
                .copyArchiveToContainerCmd(id)
                .withRemotePath("/")
                .withTarInputStream(new ByteArrayInputStream(files))
                .exec();
        engine.client().startContainerCmd(id).exec();
        engine.client()
                .logContainerCmd(id)
                .withStdOut(true)
                .withStdErr(true)
                .withFollowStream(true)
                .exec(log);
        log.awaitAgent(PATIENCE);
        running = engine.client().inspectContainerCmd(id).exec();
    }

    String id() {
        return id;
    }

    /** What the agent has said, such as why it ended. */
    String logged() {
        return log.said();
    }

    /**
     * Where the agent waits for the test, as it is reached from here.
     *
     * @throws IOException if the container has no such address
     */
    InetSocketAddress control() throws IOException {
        return reached(CONTROL, false);
    }

    /**
     * Translates a port.
     *
     * @param port in the container
     * @param datagrams whether it is one of UDP
     * @return where it is reached from here, over IPv4
     * @throws IOException if the engine has not published it, or the container has no address
     */
    InetSocketAddress reached(int port, boolean datagrams) throws IOException {
        if (!path.isPublished()) {
            return new InetSocketAddress(address(), port);
        }
        ExposedPort exposed = datagrams ? ExposedPort.udp(port) : ExposedPort.tcp(port);
        Ports.Binding @Nullable [] bindings =
                settings().getPorts().getBindings().get(exposed);
        if (bindings == null || bindings.length == 0) {
            throw new IOException("the container engine has not published " + exposed);
        }
        return new InetSocketAddress(literal(bindings[0].getHostIp()), Integer.parseInt(bindings[0].getHostPortSpec()));
    }

    private NetworkSettings settings() {
        if (running == null) {
            throw new IllegalStateException("it has not been started");
        }
        return running.getNetworkSettings();
    }

    /**
     * The address that it had when it was started, in the engine's network.
     *
     * @throws IOException if it has none
     */
    InetAddress address() throws IOException {
        for (ContainerNetwork network : settings().getNetworks().values()) {
            String address = network.getIpAddress();
            if (address != null && !address.isEmpty()) {
                return literal(address);
            }
        }
        throw new IOException("the container has no address of its own");
    }

    private static InetAddress literal(String address) throws IOException {
        return InetAddress.getByName(address); // the engine writes numbers
    }

    /** Ends it, and returns when the engine has removed it. */
    @Override
    public void close() throws IOException {
        try {
            engine.client().removeContainerCmd(id).withForce(true).exec();
        } catch (NotFoundException e) {
            // the engine has removed it
        } catch (DockerException e) {
            awaitRemoval(e);
        } finally {
            log.close();
        }
    }

    /**
     * The engine is at it by itself, most likely, which each engine says in its own way. It is asked, and not
     * waited for: Docker never answers a wait for a removal that comes just after it.
     */
    private void awaitRemoval(DockerException refused) throws IOException {
        long begun = System.nanoTime();
        try {
            while (!isRemoved()) {
                if (System.nanoTime() - begun > REMOVAL.toNanos()) {
                    throw notRemoved(refused);
                }
                new Semaphore(0).tryAcquire(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notRemoved(refused);
        }
    }

    private boolean isRemoved() {
        try {
            engine.client().inspectContainerCmd(id).exec();
            return false;
        } catch (NotFoundException e) {
            return true;
        } catch (DockerException e) {
            return false; // it is just going, as Podman says it
        }
    }

    private IOException notRemoved(DockerException refused) {
        return new IOException("the container " + id + " is not removed: " + Engine.reason(refused), refused);
    }
}
