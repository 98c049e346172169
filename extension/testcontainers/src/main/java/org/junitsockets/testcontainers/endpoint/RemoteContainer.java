package org.junitsockets.testcontainers.endpoint;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Ports;
import java.io.Closeable;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Tls;
import org.testcontainers.containers.GenericContainer;

/**
 * A container that runs, and how it is reached.
 *
 * <p>It is removed, or left as it was found, by {@link #close()}, and where its start fails.
 */
final class RemoteContainer implements Closeable {

    private final GenericContainer<?> container;
    private final Way way;
    private final @Nullable Tls tls;
    private final String words;
    private final Runnable end;

    private RemoteContainer(GenericContainer<?> container, Way way, @Nullable Tls tls, String words, Runnable end) {
        this.container = container;
        this.way = way;
        this.tls = tls;
        this.words = words;
        this.end = end;
    }

    /**
     * What a start needs to know.
     *
     * @param ports all that have to be reached, which are waited for
     * @param greeting what the first one is waited for to say, {@code null} if a connection is enough
     * @param patience how long it may take
     * @param patienceText the same for messages
     */
    record Start(
            List<ContainerPort> ports,
            @Nullable Pattern greeting,
            Duration patience,
            String patienceText,
            String declaration) {}

    /** Prepares one that has not been started: nothing is published at all addresses. */
    static void publish(GenericContainer<?> container, List<ContainerPort> ports, Way way) {
        List<ContainerPort> published = ports.stream().filter(way::isPublished).toList();
        container.withCreateContainerCmdModifier(create -> publish(create, ports, published, way));
    }

    private static void publish(
            CreateContainerCmd create, List<ContainerPort> ports, List<ContainerPort> published, Way way) {
        Set<ExposedPort> exposed = new LinkedHashSet<>();
        Stream.ofNullable(create.getExposedPorts()).flatMap(Stream::of).forEach(exposed::add);
        ports.forEach(port -> exposed.add(port.exposed()));
        create.withExposedPorts(List.copyOf(exposed));
        HostConfig host = Objects.requireNonNullElseGet(create.getHostConfig(), HostConfig::newHostConfig);
        Ports bindings = Objects.requireNonNullElseGet(host.getPortBindings(), Ports::new);
        for (ContainerPort port : published) {
            bindings.bind(
                    port.exposed(), Ports.Binding.bindIp(way.publishedAt(port).getHostAddress()));
        }
        create.withHostConfig(host.withPortBindings(bindings));
    }

    /**
     * Starts it if need be, and waits until the program can be talked to.
     *
     * @param end what ends it again, which is called here if that fails
     */
    static RemoteContainer start(GenericContainer<?> container, Way way, @Nullable Tls tls, Start start, Runnable end) {
        RemoteContainer started = new RemoteContainer(
                container, way, tls, container.getClass().getSimpleName() + " of " + start.declaration(), end);
        boolean ready = false;
        try {
            started.run(start);
            long until = System.nanoTime() + start.patience().toNanos();
            for (ContainerPort port : start.ports()) {
                started.awaitContact(port, port.equals(start.ports().get(0)), start, until);
            }
            ready = true;
            return started;
        } finally {
            if (!ready) {
                started.close();
            }
        }
    }

    private void run(Start start) {
        try {
            synchronized (container) {
                container.start();
            }
        } catch (RuntimeException e) {
            Throwable root = Reasons.rootOf(e);
            throw new IllegalStateException(
                    start.declaration() + ": the container could not be started: " + Reasons.firstLine(root)
                            + (container.getContainerId() == null ? "" : "\n  " + log()),
                    root instanceof DockerException ? null : e);
        }
    }

    /** The greeting, and TLS, is the first port's. */
    private void awaitContact(ContainerPort port, boolean first, Start start, long until) {
        @Nullable Pattern greeting = first ? start.greeting() : null;
        FirstContact contact = new FirstContact(port, way.isProxied(port), greeting, first ? tls : null);
        String missing;
        do {
            InspectContainerResponse info = inspect(start.declaration());
            InspectContainerResponse.ContainerState state = info.getState();
            if (!Boolean.TRUE.equals(state.getRunning())) {
                throw new IllegalStateException(start.declaration() + ": found the container ended with exit code "
                        + state.getExitCodeLong() + " (expected: one that runs and listens on port " + port.number()
                        + ")\n  " + log());
            }
            missing = way.address(info, port).map(contact::missing).orElse("the port is not published");
            if (missing.isEmpty()) {
                return;
            }
            pause(start.declaration(), contact.pauseMillis());
        } while (System.nanoTime() - until < 0);
        throw new IllegalStateException(start.declaration() + ": found port " + port.number()
                + (port.isDatagram() ? " for datagrams" : "") + " of the container not ready within "
                + start.patienceText() + ": " + missing + " (expected: "
                + (greeting == null
                        ? "a program that listens on it at all addresses"
                        : "a greeting that begins with '" + greeting + "'")
                + ")\n  " + log());
    }

    /** Somebody else's program is waited for: nothing here could wake us. */
    private static void pause(String declaration, int millis) {
        try {
            new Semaphore(0).tryAcquire(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw Images.interrupted(declaration, e);
        }
    }

    private InspectContainerResponse inspect(String declaration) {
        try {
            return client().inspectContainerCmd(container.getContainerId()).exec();
        } catch (NotFoundException e) {
            throw new IllegalStateException(declaration + ": found the container removed (expected: one that runs)", e);
        }
    }

    /**
     * Returns where a port is.
     *
     * @throws IllegalStateException if it is not published, as it may be of a container that is not ours
     */
    InetSocketAddress address(ContainerPort port, String declaration) {
        return way.address(inspect(declaration), port)
                .orElseThrow(() -> new IllegalStateException(declaration + ": found port " + port.number()
                        + (port.isDatagram() ? "/udp" : "/tcp")
                        + " of the container not published, and no way to its own address (expected: withExposedPorts("
                        + port.number() + "))"));
    }

    private DockerClient client() {
        return way.engine().client();
    }

    GenericContainer<?> container() {
        return container;
    }

    Optional<Tls> tls() {
        return Optional.ofNullable(tls);
    }

    String log() {
        @Nullable String id = container.getContainerId();
        return id == null ? "" : ContainerLog.tail(client(), id, words);
    }

    @Override
    public void close() {
        end.run();
    }

    /** All ports of a declaration, the first one first. */
    static List<ContainerPort> ports(ContainerPort first, List<ContainerPort> further) {
        List<ContainerPort> all = new ArrayList<>(List.of(first));
        all.addAll(further);
        return List.copyOf(all);
    }
}
