package org.junitsockets.testcontainers.session;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsockets.Capability;
import org.junitsockets.Transport;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.ListeningEndpoint;
import org.junitsockets.testcontainers.engine.Child;
import org.junitsockets.testcontainers.engine.Docker;
import org.junitsockets.testcontainers.engine.Engine;
import org.junitsockets.testcontainers.engine.NetworkPath;

/** They need a container engine on this machine. */
class ContainerPlaceTests {

    private static final EndpointOptions OPTIONS = new EndpointOptions(8, 0, 0);

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"TCP", "UDP", "TLS"})
    void theContainersOwnAddressCarriesEverything(Transport transport) throws Exception {
        Docker.require();
        try (ContainerPlace place = place(NetworkPath.BRIDGE)) {
            assertThat(place.unavailableBecause(transport)).isEmpty();
            assertThat(place.lacking(transport)).isEmpty();
        }
    }

    @Test
    void overIpv6TheContainerHasAnAddressToo() throws Exception {
        try (Engine engine = Docker.engine()) {
            String container;
            try (ContainerPlace place = place(NetworkPath.BRIDGE)) {
                assertThat(place.unavailableBecause(Transport.TCP6)).isEmpty();
                assertThat(place.lacking(Transport.TCP6)).isEmpty();
                assertThat(place.unavailableBecause(Transport.UDP6)).isEmpty();
                container = place.agent().container();
                assertThat(networksOf(engine, container)).hasSizeLessThanOrEqualTo(1);
            }
            requireGone(engine, container);
        }
    }

    @Test
    void portsAtTheBridgesAddressCarryEverythingOverIpv4() throws Exception {
        Docker.require();
        try (ContainerPlace place = place(NetworkPath.GATEWAY)) {
            assertThat(place.unavailableBecause(Transport.TCP)).isEmpty();
            assertThat(place.lacking(Transport.TCP)).isEmpty();
            assertThat(place.unavailableBecause(Transport.UDP)).isEmpty();
            assertThat(place.unavailableBecause(Transport.TCP6))
                    .contains("the way to the container is gateway, ports published at an address of IPv4"
                            + " (expected: bridge)");
        }
    }

    @Test
    void aProxyInBetweenDoesNotCarryResets() throws Exception {
        Docker.require();
        try (ContainerPlace place = place(NetworkPath.LOOPBACK)) {
            assertThat(place.unavailableBecause(Transport.TCP)).isEmpty();
            assertThat(place.lacking(Transport.TCP)).containsExactly(Capability.RESET);
            assertThat(place.lacking(Transport.TLS)).containsExactly(Capability.RESET);
            assertThat(place.unavailableBecause(Transport.UDP)).isEmpty();
        }
    }

    @Test
    void portsArePublishedWhereTheEngineItselfIs() throws Exception {
        try (Engine engine = Docker.engine();
                ContainerPlace place = place(NetworkPath.LOOPBACK);
                ListeningEndpoint listener = place.listen(Transport.TCP, OPTIONS)) {
            assertThat(((InetSocketAddress) listener.localAddress()).getAddress())
                    .isEqualTo(engine.publishedAt(NetworkPath.LOOPBACK).orElseThrow())
                    .satisfies(
                            address -> assertThat(address.isAnyLocalAddress()).isFalse());
        }
    }

    @Test
    void theFirstWayThatLeadsThereIsTheContainersOwnAddress() throws Exception {
        Docker.require();
        try (ContainerPlace place = place(null)) {
            assertThat(place.agent().path()).isEqualTo(NetworkPath.BRIDGE);
        }
    }

    @Test
    void whatIsNoIpDoesNotLeadThere() throws Exception {
        try (ContainerPlace place = place(null)) {
            assertThat(place.unavailableBecause(Transport.UNIX))
                    .contains("AF_UNIX does not lead into a container (expected: AF_INET or AF_INET6)");
        }
    }

    @Test
    void anImageThatIsNotToBeHadIsNamed() throws Exception {
        Docker.require();
        try (ContainerPlace place = new ContainerPlace(new ContainerParameters("localhost:1/none:9", null))) {
            assertThat(place.unavailableBecause(Transport.TCP).orElseThrow())
                    .startsWith("the engine has no image localhost:1/none:9, and cannot pull it: ")
                    .endsWith("(junitsockets.container.image names another)");
        }
    }

    @Test
    void aContainerThatDiesSaysWhatItSaid() throws Exception {
        try (Engine engine = Docker.engine();
                ContainerPlace place = place(NetworkPath.BRIDGE)) {
            String container = place.agent().container();
            engine.client().killContainerCmd(container).exec();
            requireGone(engine, container);
            assertThatThrownBy(() -> place.listen(Transport.TCP, OPTIONS))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the connection to the agent at /")
                    .hasMessageEndingWith("; the container said: junit-sockets agent: control port 7457");
        }
    }

    @Test
    void nothingIsLeftWhenItEnds() throws Exception {
        try (Engine engine = Docker.engine();
                Child child = Child.start(SessionTestCases.class, Map.of())) {
            String container = child.line();
            assertThat(container).hasSize(64);
            assertThat(networksOf(engine, container)).hasSizeLessThanOrEqualTo(1);
            assertThat(child.end()).isZero();
            assertThatThrownBy(
                            () -> engine.client().inspectContainerCmd(container).exec())
                    .isInstanceOf(NotFoundException.class);
            assertThat(networksOf(engine, container)).isEmpty();
        }
    }

    @Test
    void aKilledJvmLeavesNoContainerAndItsNetworkToTheNextOne() throws Exception {
        try (Engine engine = Docker.engine();
                Child child = Child.start(SessionTestCases.class, Map.of())) {
            String container = child.line();
            assertThat(container).hasSize(64);
            child.kill();
            requireGone(engine, container);
            Ipv6Network.removeAbandoned(engine);
            assertThat(networksOf(engine, container)).isEmpty();
        }
    }

    @Test
    void afterItsEndItIsNotBegunAgain() throws Exception {
        ContainerPlace place = place(null);
        place.close();
        assertThat(place.unavailableBecause(Transport.TCP)).contains("the session of the container has ended");
        place.close();
    }

    private static ContainerPlace place(@Nullable NetworkPath path) {
        return new ContainerPlace(new ContainerParameters(null, path));
    }

    private static List<Network> networksOf(Engine engine, String container) {
        return engine.client()
                .listNetworksCmd()
                .withFilter("label", Set.of("org.junitsockets.network-of=" + container))
                .exec();
    }

    /**
     * Waits until the engine has removed it, by asking: what waits for a removal may come just after it, and
     * then waits for ever (Docker makes a new channel for later waiters).
     */
    private static void requireGone(Engine engine, String container) throws Exception {
        long begun = System.nanoTime();
        while (SECONDS.toNanos(60) > System.nanoTime() - begun) {
            try {
                engine.client().inspectContainerCmd(container).exec();
            } catch (NotFoundException e) {
                return;
            } catch (InternalServerErrorException e) {
                // it is just going, as Podman says it
            }
            new Semaphore(0).tryAcquire(20, MILLISECONDS);
        }
        throw new AssertionError(container + " is still there");
    }
}
