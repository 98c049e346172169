package org.junitsockets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junitsockets.spec.Declaration;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.testing.Background;
import org.junitsockets.testing.OnEachInternetTransport;
import org.junitsockets.testing.OnEachTransport;
import org.junitsockets.testing.Raw;
import org.junitsockets.testing.RawServer;
import org.junitsockets.verdict.Outcome;
import org.junitsockets.verdict.Scope;
import org.junitsockets.verdict.ScopedClients;

/** Clients of servers that are not ours: connecting, and being closed. */
class SocketClientsTests {

    private static final int SMALL = 4096;
    private static final int LARGE = 4 * 1024 * 1024;

    private static String literal(SocketAddress address) {
        return address instanceof InetSocketAddress ? address.toString().substring(1) : address.toString();
    }

    // -- connecting --------------------------------------------------------------------------------

    @OnEachTransport
    void aClientTalksToAServerThatIsNotOurs(Transport transport) throws Exception {
        try (RawServer server = RawServer.listen(transport);
                SocketClients clients = SocketClients.open();
                SocketConnection client = clients.connect(server.address());
                Socket accepted = server.accept()) {
            client.write("ping\n");
            assertThat(Raw.read(accepted, 5)).isEqualTo("ping\n");
            Raw.write(accepted, "pong\n");
            client.expectLine("pong");
            assertThat(client.remoteAddress()).isEqualTo(server.address());
            assertThat(client.localAddress()).isEqualTo(accepted.getRemoteSocketAddress());
            assertThat(client.toString())
                    .matches("client 1 of " + Pattern.quote(literal(server.address()))
                            + " \\(connected at SocketClientsTests\\.java:\\d+\\)");
        }
    }

    @OnEachTransport
    void severalAreNumberedInTheOrderInWhichTheyWereConnected(Transport transport) throws Exception {
        try (RawServer server = RawServer.listen(transport);
                SocketClients clients = SocketClients.open()) {
            clients.connect(server.address());
            List<SocketConnection> more = clients.connect(server.address(), 3);
            assertThat(more).extracting(SocketConnection::number).containsExactly(2, 3, 4);
            server.accept().close();
            for (SocketConnection client : more) {
                try (Socket accepted = server.accept()) {
                    assertThat(accepted.getRemoteSocketAddress()).isEqualTo(client.localAddress());
                }
            }
        }
    }

    /** A thread that keeps its selector must not keep a channel in it that somebody else will close. */
    @OnEachInternetTransport
    void aClientThatAHandlerHadToWaitForCanBeReset(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        CountDownLatch seen = new CountDownLatch(1);
        try (SocketServer full =
                        SocketServer.builder().transport(transport).backlog(1).start();
                SocketServer server = SocketServer.builder().start();
                SocketClients clients = SocketClients.open().deadline(Duration.ofSeconds(20));
                Socket one = Raw.connect(full);
                Socket another = Raw.connect(full)) {
            server.onConnection(peer -> {
                clients.connect(full.socketAddress()).rst();
                seen.await(); // not in its selector
            });
            try (Socket client = Raw.connect(server)) {
                Background.await("the connect to wait", () -> isConnecting());
                assertThat(one.isConnected() && another.isConnected() && client.isConnected())
                        .isTrue();
                full.awaitConnections(3); // which makes room; the system tries again after a second
                full.connection(3).expectReset();
            } finally {
                seen.countDown();
            }
        }
    }

    private static boolean isConnecting() {
        return Thread.getAllStackTraces().values().stream()
                .anyMatch(stack -> List.of(stack).stream()
                        .anyMatch(frame -> frame.getClassName().endsWith(".raw.Clients")
                                && frame.getMethodName().equals("connection")));
    }

    @OnEachInternetTransport
    void aRefusedConnectIsAnIoFailureThatNamesItsPlace(Transport transport) {
        Raw.assumeAvailable(transport);
        try (DeadEnd refused = DeadEnd.refused(transport);
                SocketClients clients = SocketClients.open()) {
            for (int number = 1; number <= 2; number++) {
                assertThatThrownBy(() -> clients.connect(refused.address()))
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageMatching(
                                "connecting client " + number + " to " + Pattern.quote(literal(refused.address()))
                                        + " \\(at SocketClientsTests\\.java:\\d+\\): Connection refused.*")
                        .hasCauseInstanceOf(ConnectException.class);
            }
            assertThatThrownBy(() -> clients.connect(refused.address(), 3))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("connecting client 3 to ");
            assertThatThrownBy(() -> clients.run(refused.address(), 3, client -> {}))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("connecting client 4 to ");
        }
    }

    @OnEachInternetTransport
    void aConnectThatDoesNotCompleteEndsByTheDeadline(Transport transport) {
        Raw.assumeAvailable(transport);
        try (DeadEnd unresponsive = DeadEnd.unresponsive(transport);
                SocketClients clients = SocketClients.open().deadline(Duration.ofMillis(50))) {
            assertThatThrownBy(() -> clients.connect(unresponsive.address()))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageMatching("connecting client 1 to " + Pattern.quote(literal(unresponsive.address()))
                            + " \\(at SocketClientsTests\\.java:\\d+\\): not connected within 50 ms")
                    .hasCauseInstanceOf(SocketTimeoutException.class);
            assertThatThrownBy(() -> clients.connect(unresponsive.address(), 100))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("client 2 ")
                    .hasMessageEndingWith("not connected within 50 ms");
        }
    }

    @Test
    void anInterruptedConnectFailsAndTheThreadStaysInterrupted() throws Exception {
        try (RawServer server = RawServer.listen(Transport.TCP);
                SocketClients clients = SocketClients.open()) {
            Background<Boolean> interrupted = Background.call(() -> {
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> clients.connect(server.address()))
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageEndingWith(": the thread was interrupted")
                        .hasCauseInstanceOf(InterruptedIOException.class);
                return Thread.currentThread().isInterrupted();
            });
            assertThat(interrupted.get()).isTrue();
        }
    }

    @Test
    void theDeadlineIsThatOfTheCallsToo() throws Exception {
        try (RawServer server = RawServer.listen(Transport.TCP);
                SocketClients clients = SocketClients.open()) {
            SocketConnection patient = clients.connect(server.address());
            clients.deadline(Duration.ofMillis(50));
            SocketConnection impatient = clients.connect(server.address());
            assertThatThrownBy(impatient::readLine)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("readLine() on client 2 of ")
                    .hasMessageContaining("): nothing came within 50 ms; the other side still holds");
            Background<String> reading = Background.call(patient::readLine);
            try (Socket accepted = server.accept()) {
                Raw.write(accepted, "late\n");
                assertThat(reading.get()).isEqualTo("late");
            }
        }
    }

    // -- what cannot be ----------------------------------------------------------------------------

    @Test
    void onlyAResolvedAddressCanBeConnectedToAndOnlyAKnownOneWithoutATransport() {
        try (SocketClients clients = SocketClients.open()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> clients.connect(InetSocketAddress.createUnresolved("example", 80)))
                    .withMessageMatching("address: found example/<unresolved>:80 \\(InetSocketAddress\\)"
                            + " \\(expected: an InetSocketAddress that is resolved\\)");
            SocketAddress other = new SocketAddress() {
                @Override
                public String toString() {
                    return "somewhere";
                }
            };
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> clients.run(other, 2, client -> {}))
                    .withMessage("address: found somewhere () and no transport (expected: transport(...) for an address"
                            + " that is neither an InetSocketAddress nor a UnixDomainSocketAddress)");
        }
    }

    @Test
    void settingsThatCannotBe() throws Exception {
        try (RawServer server = RawServer.listen(Transport.TCP);
                SocketClients clients = SocketClients.open()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> clients.connect(server.address(), 0))
                    .withMessage("count: found 0 (expected: at least 1)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> clients.run(server.address(), -1, client -> {}))
                    .withMessage("count: found -1 (expected: at least 1)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> clients.receiveBuffer(-1))
                    .withMessage("receiveBuffer: found -1 (expected: a size in bytes, or 0 for the default)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> clients.sendBuffer(-2))
                    .withMessage("sendBuffer: found -2 (expected: a size in bytes, or 0 for the default)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> clients.deadline(Duration.ZERO))
                    .withMessage("deadline: found 'PT0S' (expected: between 1 ms and a day)");
        }
    }

    // -- buffers -----------------------------------------------------------------------------------

    @OnEachTransport
    void aSmallReceiveBufferSoonHoldsUpTheServer(Transport transport) throws Exception {
        try (SocketServer server = SocketServer.builder()
                        .transport(transport)
                        .sendBuffer(SMALL)
                        .deadline(Duration.ofMillis(200))
                        .start();
                SocketClients clients = SocketClients.open().receiveBuffer(SMALL)) {
            SocketConnection client = clients.connect(server.socketAddress());
            SocketConnection peer = server.accept();
            assertThatThrownBy(() -> peer.write(new byte[LARGE]))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("the other side took ");
            peer.fin();
            assertThat(client.readToEnd()).hasSizeLessThan(LARGE / 10);
        }
    }

    @OnEachTransport
    void aSmallSendBufferSoonHoldsUpTheClient(Transport transport) throws Exception {
        try (RawServer server = RawServer.listen(transport, SMALL);
                SocketClients clients = SocketClients.open().sendBuffer(SMALL).deadline(Duration.ofMillis(200))) {
            SocketConnection client = clients.connect(server.address());
            try (Socket accepted = server.accept()) {
                assertThatThrownBy(() -> client.write(new byte[LARGE]))
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("the other side took ");
                client.fin();
                assertThat(accepted.getInputStream().readAllBytes()).hasSizeLessThan(LARGE / 10);
            }
        }
    }

    // -- the end -----------------------------------------------------------------------------------

    @OnEachTransport
    void closingEndsThoseThatAreOpenAndNoneConnectsAfterwards(Transport transport) throws Exception {
        try (RawServer server = RawServer.listen(transport)) {
            SocketAddress address = server.address();
            SocketClients clients = SocketClients.open();
            List<SocketConnection> both = clients.connect(address, 2);
            try (Socket reset = server.accept();
                    Socket open = server.accept()) {
                Raw.write(reset, "unread"); // without which UNIX has no reset
                both.get(0).rst();
                both.get(1).write("last words");
                clients.close();
                clients.close();
                Raw.assertReset(reset);
                assertThat(Raw.readToEnd(open)).isEqualTo("last words");
            }
            assertThatThrownBy(() -> both.get(1).write("x"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageEndingWith(": already ended here by close()");
            for (Runnable connect : List.<Runnable>of(
                    () -> clients.connect(address),
                    () -> clients.connect(address, 2),
                    () -> clients.run(address, 2, client -> {}))) {
                assertThatThrownBy(connect::run)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("connecting to " + literal(address)
                                + ": these clients have been closed (expected: a connect before their close())");
            }
        }
    }

    /** Else it would wait for an end that only the end of the scope brings. */
    @OnEachTransport
    void theEndOfTheirScopeEndsThemBeforeScriptsAreJudged(Transport transport) {
        Settings settings = Settings.from(name -> null);
        Raw.assumeAvailable(transport);
        Scope scope = new Scope(settings, List.of());
        SocketServer server = scope.open(
                new ServerSpec("db", transport, null, 50, 0, 0, settings.deadline(), new Declaration("declared here")));
        server.onConnection(
                peer -> peer.expectLine("hello").write("no answer to it").expectEnd());
        SocketClients clients = ScopedClients.open(scope, settings.deadline());
        clients.connect(server.socketAddress()).write("hello\n");
        scope.close(Outcome.PASSED);
        assertThatThrownBy(() -> clients.connect(server.socketAddress())).isInstanceOfAny(UncheckedIOException.class);
    }

    @Test
    void nothingConnectsInAScopeThatHasEnded() throws Exception {
        Scope scope = new Scope(Settings.from(name -> null), List.of());
        SocketClients clients = ScopedClients.open(scope, Duration.ofSeconds(5));
        scope.close(Outcome.PASSED);
        try (RawServer server = RawServer.listen(Transport.TCP)) {
            assertThatThrownBy(() -> clients.connect(server.address()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageEndingWith(": its scope has ended");
            try (Socket accepted = server.accept()) {
                assertThat(new String(accepted.getInputStream().readAllBytes(), UTF_8))
                        .isEmpty();
            }
        }
    }
}
