package org.junitsockets.jupiter;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;

/** Clients of a server that is not the library's, injected. */
class ClientsTests {

    private static List<SocketClients> seen(Class<?> by) {
        return LifecycleTestCases.SEEN.getOrDefault(by, List.of()).stream()
                .map(SocketClients.class::cast)
                .toList();
    }

    /** Whatever was seen connects no more. */
    private static void assertEnded(Set<SocketClients> all) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            for (SocketClients clients : all) {
                assertThatThrownBy(() -> clients.connect(server.getLocalSocketAddress()))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageEndingWith("its scope has ended");
            }
        }
    }

    @Test
    void yourOwnServer(@WithSocketClients SocketClients clients) throws IOException {
        try (ServerSocket server = new ServerSocket()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketConnection client = clients.connect(server.getLocalSocketAddress());
            try (Socket accepted = server.accept()) {
                accepted.getOutputStream().write("220 ready\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            }
            client.expectLine("220 ready").expectEnd();
            assertThat(client)
                    .sentNothing()
                    .receivedExactly("220 ready\r\n")
                    .then()
                    .endedByFin();
        }
    }

    @Test
    void eachPlaceGetsItsOwnForAsLongAsAServerWouldLive() throws IOException {
        Run.of(ClientsTestCases.EachPlace.class).passes(2);
        Set<SocketClients> distinct = Set.copyOf(seen(ClientsTestCases.EachPlace.class));
        assertThat(distinct)
                .as("3 of the class; of each test 3 of lifecycle methods and itself, a field and a constructor")
                .hasSize(3 + 2 * (3 + 2));
        assertEnded(distinct);
    }

    @Test
    void perClass() throws IOException {
        Run.of(ClientsTestCases.PerClass.class).passes(2);
        List<SocketClients> seen = seen(ClientsTestCases.PerClass.class);
        assertThat(seen).hasSize(4);
        assertThat(seen.stream().collect(Collectors.groupingBy(clients -> clients, Collectors.counting())))
                .hasSize(2)
                .allSatisfy((clients, count) -> assertThat(count).isEqualTo(2));
        assertEnded(Set.copyOf(seen));
    }

    @Test
    void theNearestAnnotationSaysTheDeadline() {
        Run.of(ClientsTestCases.Deadlines.class).passes(4);
    }

    @Test
    void theDeadlineIsOneOfTheParametersAndScaled() {
        Run.of(
                        ClientsTestCases.DefaultDeadline.class,
                        Map.of("junitsockets.deadline", "70ms", "junitsockets.deadline.factor", "2"))
                .passes(2);
    }

    @Test
    void theyEndBeforeScriptsAreJudged() {
        Run.of(ClientsTestCases.EndBeforeTheVerdict.class).passes(1);
    }

    @Test
    void theyAreOpenUntilAfterEachHasRun() {
        Run.of(ClientsTestCases.OpenDuringAfterEach.class).passes(1);
    }

    @Test
    void clientsThatFailFailTheTest() {
        assertThat(Run.of(ClientsTestCases.ClientsThatFail.class).fails())
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("3 of 3 clients (run at ClientsTestCases.java:");
    }
}
