package org.junitsockets.supplied;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junitsockets.Location;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedLocationException;
import org.junitsockets.UnsupportedTransportException;
import org.junitsockets.location.Locations;
import org.junitsockets.server.Server;
import org.junitsockets.spec.Choice;
import org.junitsockets.spec.Declaration;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.verdict.Outcome;
import org.junitsockets.verdict.Scope;

/** A server somewhere else, of which nothing is known until somebody asks there. */
class LocationTests {

    private static SocketServer.Builder server() {
        return SocketServer.builder().name("db").location(Location.CONTAINER);
    }

    @Test
    void aCountRightAfterAConnectIsRight() {
        try (SocketServer server = server().start();
                SocketClients clients = SocketClients.open()) {
            assertThat(server.connectionCount()).isZero();
            SocketConnection client = clients.connect(server.address());
            assertThat(server.connectionCount()).isEqualTo(1);
            SocketConnection second = clients.connect(server.address());
            assertThat(server.connection(2).remoteAddress()).isEqualTo(second.localAddress());
            clients.connect(server.address());
            assertThat(server.transcript().entries()).hasSize(3);
            assertThat(server.accept().remoteAddress()).isEqualTo(client.localAddress());
        }
    }

    @Test
    void whoConnectsWhereNobodyIsToIsFound() {
        try (SocketServer server = server().start();
                SocketClients clients = SocketClients.open()) {
            server.expectNoConnections(Duration.ofMillis(1));
            clients.connect(server.address());
            assertThatThrownBy(() -> server.expectNoConnections(Duration.ofHours(1)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("expectNoConnections(3600 s) of " + server + ": a connection was made");
        }
    }

    @Test
    void aVerdictAsksThereFirst() {
        Settings settings = Settings.from(Map.of(Locations.PARAMETER, "container")::get);
        Scope scope = new Scope(settings, List.of());
        Server server = scope.open(spec(settings, Choice.byDefault(Transport.TCP)));
        server.onConnection(peer -> peer.expectLine("PING"));
        try (SocketClients clients = SocketClients.open()) {
            clients.connect(server.address()).write("PONG\r\n");
            assertThatThrownBy(() -> scope.close(Outcome.PASSED))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("expectLine(\"PING\"): something else came");
        }
    }

    @Test
    void whereNobodyAnswersTheVerdictSaysSo() {
        Settings settings = Settings.from(Map.of(Locations.PARAMETER, "container", Elsewhere.CUT_OFF, "0")::get);
        Scope scope = new Scope(settings, List.of());
        scope.open(spec(settings, Choice.byDefault(Transport.TCP)));
        assertThatThrownBy(() -> scope.close(Outcome.PASSED))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("accepting failed, so no more connections are taken: nobody answers there");
    }

    @Test
    void whereNobodyAnswersTheVerdictSaysSoAlsoOfOneThatTakesNobody() {
        Settings settings = Settings.from(Map.of(Locations.PARAMETER, "container", Elsewhere.CUT_OFF, "1")::get);
        Scope scope = new Scope(settings, List.of());
        scope.open(spec(settings, Choice.byDefault(Transport.TCP))).pauseAccepting();
        assertThatThrownBy(() -> scope.close(Outcome.PASSED))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(
                        "where it is nobody answers, so what has happened there is unknown: nobody answers there")
                .hasMessageNotContaining("failures");
    }

    @Test
    void whatGetsLostOnTheWayIsSaid() {
        SocketServer server = server().start();
        try (SocketClients clients = SocketClients.open()) {
            clients.connect(server.address());
            SocketConnection peer = server.connection(1);
            assertThatExceptionOfType(UnsupportedLocationException.class)
                    .isThrownBy(peer::rst)
                    .withMessage("rst() on " + peer + ": found TCP in the location container, where the way to it"
                            + " loses a reset, as was measured (expected: a way that carries it)")
                    .satisfies(thrown -> assertThat(thrown.location()).isEqualTo(Location.CONTAINER));
        }
        server.close();
    }

    @Test
    void whatCannotBeThereIsSaid() {
        assertThatExceptionOfType(UnsupportedLocationException.class)
                .isThrownBy(() -> server().transport(Transport.UDP).start())
                .withMessage(
                        "UDP (AF_INET, SOCK_DGRAM) is not available in the location container: no datagrams there");
        assertThatExceptionOfType(UnsupportedTransportException.class)
                .isThrownBy(() -> server().transport(Transport.UNIX).start())
                .withMessage("UNIX (AF_UNIX, SOCK_STREAM) in the location container: found no way there (expected: a"
                        + " transport with an IP address and a port, which goes over its network)");
    }

    private static ServerSpec spec(Settings settings, Choice choice) {
        return new ServerSpec(
                "",
                choice.at(settings.locations().whereByDefault()),
                null,
                ServerSpec.DEFAULT_BACKLOG,
                0,
                0,
                settings.deadline(),
                null,
                new Declaration("declared here"));
    }
}
