package org.junitsockets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junitsockets.testing.Background;
import org.junitsockets.testing.OnEachInternetTransport;
import org.junitsockets.testing.OnEachTransport;
import org.junitsockets.testing.Raw;

class TakingConnectionsTests {

    private static SocketServer.Builder on(Transport transport) {
        Raw.assumeAvailable(transport);
        return SocketServer.builder().name("db").transport(transport);
    }

    // -- order -------------------------------------------------------------------------------------

    @OnEachTransport
    void connectionsGoToWhoeverAskedFirstAlsoThoseThatWereThereBefore(Transport transport) throws Exception {
        try (SocketServer server = on(transport).start()) {
            try (Socket first = Raw.connect(server);
                    Socket second = Raw.connect(server);
                    Socket third = Raw.connect(server)) {
                server.onConnection(peer -> peer.write("script"));
                try (SocketConnection accepted = server.accept()) {
                    server.onEachConnection(peer -> peer.write("handler"));
                    assertThat(accepted.number()).isEqualTo(2);
                    assertThat(accepted.remoteAddress()).isEqualTo(second.getLocalSocketAddress());
                    accepted.write("accept");
                    accepted.fin();
                }
                assertThat(Raw.readToEnd(first)).isEqualTo("script");
                assertThat(Raw.readToEnd(second)).isEqualTo("accept");
                assertThat(Raw.readToEnd(third)).isEqualTo("handler");
            }
        }
    }

    @OnEachTransport
    void scriptsComeFirstInTheirOrderAndTheHandlerTakesTheRest(Transport transport) throws Exception {
        try (SocketServer server =
                on(transport).handler(peer -> peer.write("handler")).start()) {
            for (int i = 1; i <= 3; i++) {
                String text = "script " + i;
                server.onConnection(peer -> peer.write(text));
            }
            List<String> answers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                try (Socket client = Raw.connect(server)) {
                    answers.add(Raw.readToEnd(client));
                }
            }
            assertThat(answers).containsExactly("script 1", "script 2", "script 3", "handler", "handler");
        }
    }

    @OnEachTransport
    void aCallerOfAcceptWhoWaitsComesBeforeALaterScript(Transport transport) throws Exception {
        try (SocketServer server = on(transport).start()) {
            Background<SocketConnection> accepting = Background.call(server::accept);
            Background.await("accept() to wait", () -> isIn(accepting, "awaitChange"));
            server.onConnection(peer -> peer.write("script"));
            try (Socket first = Raw.connect(server);
                    Socket second = Raw.connect(server)) {
                assertThat(accepting.get().remoteAddress()).isEqualTo(first.getLocalSocketAddress());
                assertThat(Raw.readToEnd(second)).isEqualTo("script");
            }
        }
    }

    @OnEachTransport
    void manyClientsAreServedAtTheSameTime(Transport transport) throws Exception {
        int count = 20;
        CountDownLatch allThere = new CountDownLatch(count);
        try (SocketServer server = on(transport)
                .handler(peer -> {
                    allThere.countDown();
                    allThere.await();
                    peer.write("together");
                })
                .start()) {
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                clients.add(Raw.connect(server));
            }
            for (Socket client : clients) {
                assertThat(Raw.readToEnd(client)).isEqualTo("together");
                client.close();
            }
        }
    }

    // -- counting ------------------------------------------------------------------------------------

    @OnEachTransport
    void aCountRightAfterAConnectContainsIt(Transport transport) throws Exception {
        try (SocketServer server = on(transport).start()) {
            assertThat(server.connectionCount()).isZero();
            for (int i = 1; i <= 200; i++) {
                Raw.drop(Raw.connect(server));
                assertThat(server.connectionCount()).isEqualTo(i);
            }
        }
    }

    @OnEachTransport
    void aConnectionIsFoundByItsNumberWhoeverServesIt(Transport transport) throws Exception {
        try (SocketServer server = on(transport).start()) {
            server.onConnection(SocketConnection::holdOpen);
            try (Socket first = Raw.connect(server);
                    Socket second = Raw.connect(server)) {
                assertThat(server.connection(1).remoteAddress()).isEqualTo(first.getLocalSocketAddress());
                assertThat(server.connection(2).remoteAddress()).isEqualTo(second.getLocalSocketAddress());
                assertThat(server.accept()).isSameAs(server.connection(2));
                assertThatThrownBy(() -> server.connection(3))
                        .isInstanceOf(AssertionError.class)
                        .hasMessage("connection(3) of " + server + ": no such connection; 2 were made so far");
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> server.connection(0))
                    .withMessage("number: found 0 (expected: from 1)");
        }
    }

    @OnEachTransport
    void connectionsCanBeAwaited(Transport transport) throws Exception {
        try (SocketServer server = on(transport).start()) {
            Background<SocketServer> waiting = Background.call(() -> server.awaitConnections(2));
            try (Socket first = Raw.connect(server)) {
                Background.await("it to wait", () -> isIn(waiting, "awaitChange"));
                assertThat(waiting.isDone()).isFalse();
                try (Socket second = Raw.connect(server)) {
                    assertThat(waiting.get()).isSameAs(server);
                    server.awaitConnections(1);
                    assertThat(server.accept().remoteAddress())
                            .as("waiting for connections takes none")
                            .isEqualTo(first.getLocalSocketAddress());
                    assertThat(server.accept().remoteAddress()).isEqualTo(second.getLocalSocketAddress());
                }
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> server.awaitConnections(0))
                    .withMessage("count: found 0 (expected: at least 1)");
        }
    }

    @OnEachTransport
    void tooFewConnectionsAreAFailureThatShowsWhatCame(Transport transport) throws Exception {
        try (SocketServer server = on(transport).deadline(Duration.ofMillis(50)).start()) {
            assertThat(server.toString()).matches("server 'db' \\(built at TakingConnectionsTests\\.java:\\d+\\)");
            // whether there is an end behind what nobody has read, only TCP's kernel tells
            String open = transport == Transport.UNIX ? "open as far as it was read" : "open";
            String at = "\n  server 'db' at " + Raw.at(server) + ":";
            assertThatThrownBy(server::accept)
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("accept() on " + server + ": no connection came within 50 ms; none was made so far" + at
                            + " no connection was made");
            try (Socket client = Raw.connect(server)) {
                Raw.write(client, "hi");
                assertThatThrownBy(() -> server.awaitConnections(2))
                        .isInstanceOf(AssertionError.class)
                        .hasMessage(
                                "awaitConnections(2) on " + server + ": too few came within 50 ms; 1 was made so far"
                                        + at + "\n    #1 from " + client.getLocalSocketAddress()
                                        + ": received 0 bytes, sent 0 bytes, " + open + ", nobody took it");
            }
        }
    }

    @OnEachTransport
    void noConnectionsCanBeExpected(Transport transport) throws Exception {
        try (SocketServer server = on(transport).start()) {
            server.expectNoConnections(Duration.ofMillis(1));
            server.onConnection(SocketConnection::holdOpen);
            try (Socket taken = Raw.connect(server)) {
                server.connection(1);
                server.expectNoConnections(Duration.ofMillis(20));
                Background<SocketServer> watching =
                        Background.call(() -> server.expectNoConnections(Duration.ofHours(1)));
                Background.await("it to wait", () -> isIn(watching, "awaitChange"));
                try (Socket stranger = Raw.connect(server)) {
                    assertThatThrownBy(watching::get)
                            .isInstanceOf(AssertionError.class)
                            .hasMessageStartingWith("expectNoConnections(3600 s) of " + server
                                    + ": a connection was made\n  server 'db' at ")
                            .hasMessageContaining(
                                    "\n    #2 from " + stranger.getLocalSocketAddress() + ": received 0 bytes");
                    server.accept();
                    server.expectNoConnections(Duration.ofMillis(1));
                }
                assertThat(taken.isConnected()).isTrue();
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> server.expectNoConnections(Duration.ZERO))
                    .withMessage("within: found 'PT0S' (expected: between 1 ms and a day)");
        }
    }

    @Test
    void anInterruptedAcceptLeavesTheServerUsable() throws Exception {
        try (SocketServer server = on(Transport.TCP).start()) {
            Background<Boolean> accepting = Background.call(() -> {
                assertThatThrownBy(server::accept)
                        .isInstanceOf(UncheckedIOException.class)
                        .hasCauseInstanceOf(InterruptedIOException.class)
                        .hasMessage("accept() on " + server + ": the thread was interrupted");
                return Thread.currentThread().isInterrupted();
            });
            Background.await("it to wait", () -> isIn(accepting, "awaitChange"));
            accepting.thread().interrupt();
            assertThat(accepting.get()).isTrue();
            try (Socket client = Raw.connect(server)) {
                assertThat(server.accept().remoteAddress()).isEqualTo(client.getLocalSocketAddress());
            }
        }
    }

    // -- the system's queue ----------------------------------------------------------------------------

    @OnEachInternetTransport
    void aBacklogOfNAdmitsOneMoreWhileAcceptingIsPaused(Transport transport) throws Exception {
        try (SocketServer server = on(transport).backlog(2).handler(new Echo()).start()) {
            try (Socket before = Raw.connect(server)) {
                server.pauseAccepting();
                List<Socket> admitted = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    admitted.add(Raw.connect(server));
                }
                try (Socket late = new Socket()) {
                    assertThatThrownBy(() -> late.connect(server.address(), 50))
                            .isInstanceOf(SocketTimeoutException.class);
                }
                Raw.write(before, "x");
                assertThat(Raw.read(before, 1)).as("who is served is served on").isEqualTo("x");
                assertThat(server.connectionCount()).isEqualTo(1);
                server.resumeAccepting();
                server.resumeAccepting();
                for (Socket client : admitted) {
                    Raw.write(client, "y");
                    assertThat(Raw.read(client, 1)).isEqualTo("y");
                    client.close();
                }
            }
        }
    }

    @OnEachTransport
    void buffersAreSetAsAskedFor(Transport transport) throws Exception {
        try (SocketServer small =
                        on(transport).receiveBuffer(4096).sendBuffer(4096).start();
                Socket client = Raw.connect(small);
                SocketConnection peer = small.accept()) {
            client.setSoTimeout(10_000);
            assertThatThrownBy(() -> peer.deadline(Duration.ofMillis(50)).write(new byte[16 * 1024 * 1024]))
                    .as("no system buffers that much of a client that does not read")
                    .isInstanceOf(AssertionError.class);
        }
    }

    // -- what is asked for in vain ---------------------------------------------------------------------

    @Test
    void settingsThatCannotBeAreRefused() {
        assertRefused(SocketServer.builder().backlog(0), "backlog = 0 (expected: at least 1)");
        assertRefused(SocketServer.builder().backlog(-1), "backlog = -1 (expected: at least 1)");
        assertRefused(
                SocketServer.builder().receiveBuffer(-1),
                "receiveBuffer = -1 (expected: a size in bytes, or 0 for the default)");
        assertRefused(
                SocketServer.builder().sendBuffer(-2),
                "sendBuffer = -2 (expected: a size in bytes, or 0 for the default)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SocketServer.builder().deadline(Duration.ofDays(2)))
                .withMessage("deadline: found 'PT48H' (expected: between 1 ms and a day)");
    }

    private static void assertRefused(SocketServer.Builder builder, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.start())
                .satisfies(e -> assertThat(e.getMessage())
                        .matches("built at TakingConnectionsTests\\.java:\\d+: \\Q" + message + "\\E"));
    }

    @Test
    void twoHandlersAreOneTooMany() {
        assertThatIllegalStateException()
                .isThrownBy(() -> SocketServer.builder().handler(new Echo()).handler(new Echo()))
                .withMessage("two handlers: org.junitsockets.Echo and org.junitsockets.Echo"
                        + " (expected: one; scripts are for single connections)");
        try (SocketServer server = on(Transport.TCP).handler(new Echo()).start()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> server.onEachConnection(new Echo()))
                    .withMessage(server + ": two handlers: org.junitsockets.Echo and org.junitsockets.Echo"
                            + " (expected: one; scripts are for single connections)");
        }
    }

    @OnEachTransport
    void aClosedServerSaysSo(Transport transport) throws Exception {
        SocketServer server = on(transport).start();
        SocketAddress address = server.socketAddress();
        server.close();
        server.close();
        assertClosed(server, "accept()", server::accept);
        assertClosed(server, "onConnection()", () -> server.onConnection(peer -> {}));
        assertClosed(server, "onEachConnection()", () -> server.onEachConnection(peer -> {}));
        assertClosed(server, "connection(1)", () -> server.connection(1));
        assertClosed(server, "connectionCount()", server::connectionCount);
        assertClosed(server, "awaitConnections(1)", () -> server.awaitConnections(1));
        assertClosed(server, "expectNoConnections()", () -> server.expectNoConnections(Duration.ofMillis(1)));
        assertClosed(server, "pauseAccepting()", server::pauseAccepting);
        assertClosed(server, "resumeAccepting()", server::resumeAccepting);
        assertClosed(server, "stop()", server::stop);
        assertClosed(server, "start()", server::start);
        assertClosed(server, "checkpoint('a')", () -> server.checkpoint("a"));
        assertClosed(server, "assertReached()", () -> server.assertReached("a"));
        assertThat(server.socketAddress()).isEqualTo(address);
        if (address instanceof InetSocketAddress internet) {
            assertThat(server.address()).isEqualTo(address);
            assertThat(server.port()).isEqualTo(internet.getPort());
        } else {
            assertThat(server.path()).hasToString(address.toString());
        }
        assertThatThrownBy(() -> Raw.connect(address)).isInstanceOf(IOException.class);
    }

    private static void assertClosed(SocketServer server, String call, Runnable use) {
        assertThatIllegalStateException()
                .as(call)
                .isThrownBy(use::run)
                .withMessage(call + " on " + server + ": it is closed (expected: a call before the end of its scope)");
    }

    @OnEachTransport
    void closingWakesACallerOfAccept(Transport transport) throws Exception {
        SocketServer server = on(transport).start();
        Background<SocketConnection> accepting = Background.call(server::accept);
        Background.await("it to wait", () -> isIn(accepting, "awaitChange"));
        server.close();
        assertThatThrownBy(accepting::get)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("accept() on " + server + ": it was closed meanwhile");
    }

    // -- address -----------------------------------------------------------------------------------------

    @OnEachInternetTransport
    void theAddressIsALiteralOfTheLoopback(Transport transport) {
        try (SocketServer server = on(transport).start()) {
            String host = transport == Transport.TCP6 ? "::1" : "127.0.0.1";
            assertThat(server.host()).isEqualTo(host);
            assertThat(server.address().getAddress().isLoopbackAddress()).isTrue();
            assertThat(server.port()).isEqualTo(server.address().getPort()).isPositive();
            assertThat(server.uri("redis"))
                    .hasToString("redis://" + (host.contains(":") ? "[::1]" : host) + ":" + server.port())
                    .hasPort(server.port());
        }
    }

    // -- checkpoints -----------------------------------------------------------------------------------

    @OnEachTransport
    void checkpointsAreAwaitedWhereverTheyAreReached(Transport transport) throws Exception {
        try (SocketServer server = on(transport).start()) {
            server.checkpoint("here").assertReached("here");
            Background<SocketServer> waiting = Background.call(() -> server.assertReached("there"));
            Background.await("it to wait", () -> isIn(waiting, "awaitChange"));
            server.onConnection(peer -> peer.checkpoint("there").expectEnd());
            try (Socket client = Raw.connect(server)) {
                assertThat(client.isConnected()).isTrue();
                waiting.get();
            }
        }
    }

    @Test
    void aCheckpointThatIsNotReachedFailsAndListsThoseThatWere() {
        try (SocketServer server =
                on(Transport.TCP).deadline(Duration.ofMillis(50)).start()) {
            assertThatThrownBy(() -> server.assertReached("c"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith(
                            "assertReached('c') on " + server + ": it was not within 50 ms; none was reached");
            server.checkpoint("b").checkpoint("a").checkpoint("b");
            assertThatThrownBy(() -> server.assertReached("c"))
                    .hasMessageStartingWith(
                            "assertReached('c') on " + server + ": it was not within 50 ms; reached were [b, a]");
        }
    }

    @OnEachTransport
    void aHandlerCanBeSetWhileClientsCome(Transport transport) throws Exception {
        try (SocketServer server = on(transport).start()) {
            Background<Boolean> clients = Background.run(() -> {
                for (int i = 0; i < 300; i++) {
                    try (Socket client = Raw.connect(server)) {
                        client.getOutputStream().write("x".getBytes(UTF_8));
                        assertThat(Raw.read(client, 1)).isEqualTo("x");
                    }
                }
            });
            server.awaitConnections(1).onEachConnection(new Echo());
            clients.get();
            assertThat(server.connectionCount()).isEqualTo(300);
        }
    }

    private static boolean isIn(Background<?> background, String method) {
        for (StackTraceElement frame : background.thread().getStackTrace()) {
            if (frame.getMethodName().equals(method)) {
                return true;
            }
        }
        return false;
    }
}
