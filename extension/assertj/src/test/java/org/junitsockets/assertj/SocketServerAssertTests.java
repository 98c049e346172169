package org.junitsockets.assertj;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.testing.Failures.assertFails;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsockets.Echo;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.Transport;

class SocketServerAssertTests {

    private static final Duration SHORT = Duration.ofMillis(20);

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"TCP", "TCP6"})
    void connections(Transport transport) throws IOException {
        try (SocketServer server = SocketServer.builder().transport(transport).start()) {
            assertThat(server).hasNoConnections();
            try (Socket first = connect(server);
                    Socket second = connect(server)) {
                assertThat(server).receivedConnections(2);
                assertThat(first).isConnectedTo(server.address());
                assertThat(second).isConnectedTo(server.address());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"UNIX", "UDP", "UDP6"})
    void whatIsSaidOverOtherTransports(Transport transport) {
        try (SocketServer server = SocketServer.builder()
                        .transport(transport)
                        .handler(new Echo())
                        .start();
                SocketClients clients = SocketClients.open().transport(transport)) {
            assertThat(server).hasNoConnections();
            SocketConnection client = clients.connect(server.socketAddress());
            client.write("ping").expect("ping");
            assertThat(server).receivedConnections(1);
            assertThat(server.connection(1)).received("ping").then().sent("ping");
            assertThat(client).sent("ping").then().received("ping");
        }
    }

    @Test
    void connectionsAreWaitedFor() throws Exception {
        try (SocketServer server =
                SocketServer.builder().name("db").handler(new Echo()).start()) {
            Thread later = new Thread(() -> {
                try (Socket socket = connect(server)) {
                    socket.getOutputStream().write('x');
                    socket.getInputStream().read();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            later.start();
            assertThat(server)
                    .receivedConnections(1)
                    .receivedContaining("x")
                    .sentContaining("x")
                    .receivedBytes(1)
                    .sentBytes(1)
                    .doesNotContain("secret")
                    .connection(1)
                    .received("x")
                    .then()
                    .sent("x")
                    .then()
                    .endedByFin();
            later.join();
        }
    }

    @Test
    void tooFewConnections() throws IOException {
        try (SocketServer server = SocketServer.builder().name("db").start();
                Socket client = connect(server)) {
            assertThat(client).isConnected();
            assertFails(() -> assertThat(server).within(SHORT).receivedConnections(2), """
                receivedConnections(2) on server 'db' (built at <place>): too few within 20 ms
                  expected: 2 connections
                   but was: 1 connection
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted""");
            assertFails(() -> assertThat(server).hasNoConnections(), """
                hasNoConnections() on server 'db' (built at <place>): there are some
                  expected: 0 connections
                   but was: 1 connection
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted""");
            assertFails(() -> assertThat(server).within(SHORT).connection(2), """
                connection(2) on server 'db' (built at <place>): it was not made within 20 ms
                  expected: at least 2 connections
                   but was: 1 connection
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted""");
        }
    }

    @Test
    void tooManyConnectionsAreNotWaitedFor() throws IOException {
        try (SocketServer server = SocketServer.builder().name("db").start();
                Socket first = connect(server);
                Socket second = connect(server)) {
            assertThat(first).isOpen();
            assertThat(second).isOpen();
            assertFails(() -> assertThat(server).receivedConnections(1), """
                receivedConnections(1) on server 'db' (built at <place>): too many
                  expected: 1 connection
                   but was: 2 connections
                connection 1
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                connection 2
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted""");
        }
    }

    @Test
    void theDeadlineIsTheServers() {
        try (SocketServer server =
                SocketServer.builder().name("db").deadline(SHORT).start()) {
            assertFails(() -> assertThat(server).receivedConnections(1), """
                receivedConnections(1) on server 'db' (built at <place>): too few within 20 ms
                  expected: 1 connection
                   but was: 0 connections
                            (no connection was made)""");
            assertFails(() -> assertThat(server).receivedContaining("x"), """
                receivedContaining() on server 'db' (built at <place>): it was received on none of 0 connections within 20 ms
                  expected: 1 byte "x" [78]
                            (no connection was made)""");
            assertFails(() -> assertThat(server).reachedCheckpoint("here"), """
                reachedCheckpoint() on server 'db' (built at <place>): it was not within 20 ms
                  expected: 'here'
                   but was: none was reached
                            (no connection was made)""");
            assertFails(() -> assertThat(server).timedOut(), """
                timedOut() on server 'db' (built at <place>): it did not happen within 20 ms
                  expected: a call that timed out
                   but was: 0 connections
                            (no connection was made)""");
        }
    }

    @Test
    void checkpointsOfTheServerAndOfItsConnections() {
        try (SocketServer server = SocketServer.builder()
                        .name("db")
                        .handler(peer -> peer.checkpoint("served"))
                        .start();
                SocketClients clients = SocketClients.open()) {
            server.checkpoint("started");
            clients.connect(server.address()).expectEnd();
            assertThat(server).reachedCheckpoint("started").reachedCheckpoint("served");
            assertThat(server.connection(1)).reachedCheckpoint("served");
            assertFails(() -> assertThat(server).within(SHORT).reachedCheckpoint("stopped"), """
                reachedCheckpoint() on server 'db' (built at <place>): it was not within 20 ms
                  expected: 'stopped'
                   but was: 'started', 'served'
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |                                                                |  server: served by the handler on <thread>
                        ms    |                                                                |  server: checkpoint 'served'
                        ms    |<-------------------------------------------------------- FIN --|  server: the return of its handler""");
        }
    }

    @Test
    void afterTheServerWasClosed() throws IOException {
        SocketServer server = SocketServer.builder().name("db").start();
        try (server;
                SocketClients clients = SocketClients.open()) {
            SocketConnection client = clients.connect(server.address());
            try (SocketConnection peer = server.accept()) {
                client.write("x");
                peer.expect("x");
            }
        }
        assertThat(server).receivedConnections(1).receivedContaining("x");
        assertFails(() -> assertThat(server).receivedContaining("y"), """
                receivedContaining() on server 'db' (built at <place>): it was not received
                  expected: 1 byte "y" [79]
                   but was: 1 byte "x" [78]
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 1 byte "x" ------------------------------------------------->|
                        ms    |<-------------------------------------------------------- FIN --|  server: close()
                        ms    |-- FIN -------------------------------------------------------->|""");
    }

    @Test
    void descriptionsGoOnWithTheConnection() throws IOException {
        try (SocketServer server = SocketServer.builder().name("db").start();
                Socket client = connect(server)) {
            assertThat(client).isOpen();
            assertFails(
                    () -> assertThat(server)
                            .as("the %s", "primary")
                            .within(SHORT)
                            .connection(1)
                            .received("x"),
                    """
                [the primary] received() on connection 1 of server 'db' (built at <place>): nothing came within 20 ms
                  expected: 1 byte "x" [78]
                   but was: 0 bytes
                  first difference at byte 0
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted""");
        }
    }

    @Test
    void nonsense() {
        try (SocketServer server = SocketServer.builder().start()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> assertThat(server).receivedConnections(0))
                    .withMessage("count: found 0 (expected: at least 1; hasNoConnections() is for none)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> assertThat(server).connection(0))
                    .withMessage("number: found 0 (expected: from 1)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> assertThat(server).within(Duration.ZERO))
                    .withMessage("within: found 'PT0S' (expected: between 1 ms and a day)");
        }
        assertFails(() -> assertThat((SocketServer) null).hasNoConnections(), """

                Expecting actual not to be null""");
    }

    private static Socket connect(SocketServer server) throws IOException {
        return new Socket(server.address().getAddress(), server.port());
    }
}
