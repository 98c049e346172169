package org.junitsockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junitsockets.testing.Background;
import org.junitsockets.testing.OnEachTransport;
import org.junitsockets.testing.Raw;

/** What fails at the end of a server, and what must not. */
class VerdictTests {

    private static final Duration SHORT = Duration.ofMillis(100);
    private static final String AT = "registered at VerdictTests.java:";

    private static SocketServer.Builder on(Transport transport) {
        Raw.assumeAvailable(transport);
        return SocketServer.builder().name("db").transport(transport);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFails(SocketServer server) {
        return assertThatThrownBy(server::close).isExactlyInstanceOf(AssertionError.class);
    }

    // -- scripts -----------------------------------------------------------------------------------

    @OnEachTransport
    void aScriptThatReturnsPasses(Transport transport) throws Exception {
        try (SocketServer server = on(transport).start()) {
            server.onConnection(
                    peer -> peer.expectLine("PING").write("PONG\r\n").expectEnd());
            try (Socket client = Raw.connect(server)) {
                Raw.write(client, "PING\n");
                assertThat(Raw.read(client, 6)).isEqualTo("PONG\r\n");
            }
        }
    }

    @OnEachTransport
    void aScriptThatThrowsFailsWithWhatItThrewAndTheEvidence(Transport transport) throws Exception {
        SocketServer server = on(transport).start();
        server.onConnection(peer -> peer.expectLine("PING"));
        try (Socket client = Raw.connect(server)) {
            Raw.write(client, "PONG\n");
            Raw.assertEnd(client);
            assertFails(server)
                    .hasMessageStartingWith(server + ": script 1 (" + AT)
                    .hasMessageContaining(" failed on connection 1: expectLine(\"PING\"): something else came\n"
                            + "  expected: 4 bytes \"PING\" [50 49 4e 47]\n"
                            + "   but was: 4 bytes \"PONG\" [50 4f 4e 47]\n"
                            + "  first difference at byte 1\n")
                    .hasMessageContaining("\n  server 'db' at " + Raw.at(server) + ":\n"
                            + "    #1 from " + client.getLocalSocketAddress()
                            + ": received 5 bytes \"PONG\\n\" [50 4f 4e 47 0a], sent 0 bytes,"
                            + " ended here by the return of its handler\n")
                    .hasMessageMatching("(?s).*\n {4} +ms  client +server"
                            + "\n {4} +-\\d+\\.\\d{3} +\\| +\\|  server: accepted"
                            + "\n {4} +-\\d+\\.\\d{3} +\\| +\\|  server: served by script 1 \\(" + AT + "[^)]*\\)"
                            + " on junit-sockets-\\d+"
                            + "\n {4} +0\\.000 +\\|-- 5 bytes \"PONG\\\\n\" -+>\\|"
                            + "\n {4} +\\d+\\.\\d{3} +\\|<-+ FIN --\\|  server: the return of its handler"
                            + "\n  seed -?\\d+ \\(junitsockets\\.seed\\)")
                    .cause()
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("expectLine(\"PING\") on connection 1 of " + server);
        }
        server.close();
    }

    @OnEachTransport
    void anIoFailureOfAScriptFailsToo(Transport transport) throws Exception {
        SocketServer server = on(transport).start();
        server.onConnection(peer -> peer.write("unread").readLine());
        Socket client = Raw.connect(server);
        Raw.read(client, 1);
        Raw.reset(client);
        assertFails(server)
                .hasMessageContaining(
                        " failed on connection 1: java.io.UncheckedIOException: readLine(): Connection reset")
                .hasCauseInstanceOf(UncheckedIOException.class);
    }

    @OnEachTransport
    void aScriptThatWasNotReachedFailsAtOnceByItsPlace(Transport transport) {
        SocketServer server = on(transport).deadline(SHORT).start();
        server.onConnection(peer -> {});
        assertFails(server)
                .hasMessageMatching(
                        "(?s)\\Q" + server + ": script 1 (" + AT + "\\E\\d+\\Q) was not reached: no connection"
                                + " came for it; none was made so far\\E\n.*: no connection was made\n  seed -?\\d+ \\(.*");
    }

    @OnEachTransport
    void theSecondOfTwoScriptsWasNotReached(Transport transport) throws Exception {
        SocketServer server = on(transport).deadline(SHORT).start();
        server.onConnection(peer -> {});
        server.onConnection(peer -> {});
        Raw.connect(server).close();
        assertFails(server)
                .hasMessageContaining(": script 2 (" + AT)
                .hasMessageContaining(") was not reached: no connection came for it; 1 was made so far")
                .hasMessageNotContaining(": script 1");
    }

    @OnEachTransport
    void aScriptThatIsNotFinishedNamesTheCallItWaitsIn(Transport transport) throws Exception {
        SocketServer server = on(transport).deadline(SHORT).start();
        shorten(server, peer -> peer.expectEnd());
        try (Socket client = Raw.connect(server)) {
            Raw.write(client, "");
            assertThatUnfinished(server, "expectEnd()");
        }
        SocketServer second = on(transport).deadline(SHORT).start();
        shorten(second, peer -> peer.expectLine("QUIT"));
        try (Socket client = Raw.connect(second)) {
            Raw.write(client, "QUI");
            assertThatUnfinished(second, "expectLine(\"QUIT\")");
        }
    }

    /** A script whose own deadline is far beyond the one by which the verdict waits. */
    private static void shorten(SocketServer server, ConnectionHandler script) {
        server.onConnection(peer -> {
            peer.deadline(Duration.ofHours(1));
            script.handle(peer);
        });
    }

    private static void assertThatUnfinished(SocketServer server, String call) {
        Background.await("the script to wait", () -> ScopeTests.waitsIn(server, call));
        assertFails(server)
                .hasMessageContaining(": script 1 (" + AT)
                .hasMessageContaining(") was not finished: it waits in " + call
                        + " on connection 1; the client still holds the connection open\n");
    }

    /** What nobody has read hides the end of a client from everybody but the kernel. */
    @OnEachTransport
    void aClientThatEndedBehindWhatNobodyHasReadIsNotSaidToHoldTheConnectionOpen(Transport transport) throws Exception {
        for (int unread : new int[] {1, 66_000}) {
            SocketServer server = on(transport).deadline(SHORT).start();
            server.onConnection(peer -> {
                if (unread == 1) {
                    peer.pauseReading(); // else so little would be taken in
                }
                peer.writeSlowly("ab", Duration.ofHours(1));
            });
            try (Socket client = Raw.connect(server)) {
                client.getOutputStream().write(new byte[unread]);
                assertThat(Raw.read(client, 1)).isEqualTo("a");
            }
            Background.await("the script to wait", () -> ScopeTests.waitsIn(server, "writeSlowly of 2 bytes"));
            assertFails(server)
                    .hasMessageContaining(
                            ") was not finished: it waits in writeSlowly of 2 bytes on connection 1\n  server 'db' at ")
                    .hasMessageContaining(", sent 1 byte \"a\" [61], open as far as it was read");
        }
    }

    @Test
    void aScriptThatWaitsElsewhereIsShownWithItsStack() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        SocketServer server = on(Transport.TCP).deadline(SHORT).start();
        server.onConnection(peer -> never.await());
        try (Socket client = Raw.connect(server)) {
            assertThat(client.isConnected()).isTrue();
            assertFails(server)
                    .hasMessageContaining(") was not finished on connection 1\n  its thread junit-sockets-")
                    .hasMessageContaining(" is at\n    ")
                    .hasMessageContaining("java.util.concurrent.CountDownLatch.await(");
        }
    }

    @OnEachTransport
    void aThreadThatWouldNotEndIsNamedWithItsStack(Transport transport) throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        SocketServer server = on(transport).deadline(SHORT).start();
        server.onEachConnection(peer -> {
            begun.countDown();
            stubbornly(released);
        });
        try (Socket client = Raw.connect(server)) {
            begun.await();
            assertFails(server)
                    .hasMessageContaining(server + ": the handler on connection 1 would not end: that was closed,"
                            + " its thread was interrupted, and 5 s later it is still running\n"
                            + "  its thread junit-sockets-")
                    .hasMessageContaining("VerdictTests.stubbornly(VerdictTests.java:");
            Raw.assertEnd(client);
        } finally {
            released.countDown();
        }
    }

    private static void stubbornly(CountDownLatch released) {
        while (released.getCount() > 0) {
            try {
                released.await();
            } catch (InterruptedException e) {
                // that is what makes it stubborn
            }
        }
    }

    @OnEachTransport
    void severalFailuresAreNumberedAndAllCausesAreKept(Transport transport) throws Exception {
        SocketServer server = on(transport).start();
        for (String name : new String[] {"first", "second", "third"}) {
            server.onConnection(peer -> {
                throw new IOException(name);
            });
            try (Socket client = Raw.connect(server)) {
                Raw.assertEnd(client);
            }
        }
        assertFails(server)
                .hasMessageStartingWith("3 failures:\n1. " + server + ": script 1 (")
                .hasMessageContaining("\n2. " + server + ": script 2 (")
                .hasMessageContaining("failed on connection 3: java.io.IOException: third\n  server 'db' at ")
                .hasCause(new IOException("first"))
                .satisfies(e -> assertThat(e.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("second", "third"));
    }

    @OnEachTransport
    void holdOpenIsFinishedByTheClientOrTheEnd(Transport transport) throws Exception {
        SocketServer server = on(transport).start();
        server.onConnection(SocketConnection::holdOpen);
        server.onConnection(SocketConnection::holdOpen);
        Raw.connect(server).close();
        try (Socket open = Raw.connect(server)) {
            server.close();
            Raw.assertEnd(open);
        }
    }

    @OnEachTransport
    void aClientThatSaysNothingStillUsesAScript(Transport transport) throws Exception {
        SocketServer server = on(transport).start();
        server.onConnection(peer -> peer.expectLine("PING"));
        Raw.connect(server).close();
        assertFails(server).hasMessageContaining("the other side ended the stream (FIN)");
    }

    // -- handlers ------------------------------------------------------------------------------------

    @OnEachTransport
    void aHandlerThatIsBlockedInIoIsCut(Transport transport) throws Exception {
        List<Socket> clients = new ArrayList<>();
        try (SocketServer server = on(transport).start()) {
            server.onEachConnection(peer -> {
                switch (peer.number()) {
                    case 1 -> peer.readLine();
                    case 2 -> peer.readExactly(10);
                    case 3 -> peer.expectLine("never");
                    case 4 -> peer.awaitInput();
                    case 5 -> peer.write(new byte[64 * 1024 * 1024]);
                    default -> peer.holdOpen();
                }
            });
            for (int i = 1; i <= 6; i++) {
                clients.add(Raw.connect(server));
                server.awaitConnections(i);
            }
            Raw.write(clients.get(1), "half");
        }
        for (Socket client : clients) {
            client.close();
        }
    }

    @OnEachTransport
    void ioFailuresBecauseTheClientLeftAreAnEnd(Transport transport) throws Exception {
        try (SocketServer server = on(transport).start()) {
            server.onEachConnection(peer -> {
                if (peer.number() % 2 == 1) {
                    peer.readExactly(10);
                } else {
                    throw new IllegalStateException("wrapped", assertUnchecked(peer));
                }
            });
            Raw.connect(server).close();
            Raw.connect(server).close();
            Raw.drop(Raw.connect(server));
            Raw.drop(Raw.connect(server));
            assertThat(server.connectionCount()).isEqualTo(4);
        }
    }

    @OnEachTransport
    void ofSeveralIoFailuresBecauseTheClientLeftEachIsAnEnd(Transport transport) throws Exception {
        try (SocketServer server = on(transport).start()) {
            server.onEachConnection(peer -> {
                try {
                    peer.readExactly(10);
                } catch (UncheckedIOException e) {
                    e.addSuppressed(assertUnchecked(peer));
                    throw e;
                }
            });
            Raw.connect(server).close();
            Raw.drop(Raw.connect(server));
        }
    }

    private static UncheckedIOException assertUnchecked(SocketConnection peer) {
        try {
            peer.readExactly(1);
        } catch (UncheckedIOException e) {
            return e;
        }
        throw new AssertionError("a byte came");
    }

    @OnEachTransport
    void anyOtherThrowOfAHandlerFails(Transport transport) throws Exception {
        SocketServer server = on(transport).start();
        server.onEachConnection(peer -> {
            peer.awaitInput();
            switch (peer.number()) {
                case 1 -> peer.expect("GOOD");
                case 2 -> throw new IOException("mine");
                case 3 -> peer.readFrame(LengthPrefix.U8.countingItself());
                case 4 -> peer.expectEnd();
                default -> throw new StackOverflowError();
            }
        });
        for (int i = 1; i <= 5; i++) {
            try (Socket client = Raw.connect(server)) {
                Raw.write(client, "\0BAD");
            }
        }
        assertFails(server)
                .hasMessageStartingWith("5 failures:")
                .hasMessageContaining("the handler failed on connection 1: expect(")
                .hasMessageContaining("the handler failed on connection 2: java.io.IOException: mine")
                .hasMessageContaining("a frame announces an impossible length")
                .hasMessageContaining("the handler failed on connection 4: expectEnd(): instead came 4 bytes")
                .hasMessageContaining("java.lang.StackOverflowError");
    }

    @OnEachTransport
    void aClientThatConnectsAndNeverSendsIsNoFailureWithoutScripts(Transport transport) throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        try (SocketServer server = on(transport).start()) {
            server.onEachConnection(peer -> {
                peer.deadline(Duration.ofMillis(20));
                try {
                    peer.readLine();
                } finally {
                    late.countDown();
                }
            });
            try (Socket client = Raw.connect(server)) {
                late.await();
                Raw.assertEnd(client);
            }
        }
        SocketServer scripted = on(transport).start();
        scripted.onConnection(peer -> peer.deadline(Duration.ofMillis(20)).readLine());
        try (Socket client = Raw.connect(scripted)) {
            Raw.assertEnd(client);
            assertFails(scripted).hasMessageContaining("nothing came within 20 ms");
        }
    }

    @OnEachTransport
    void aClientThatStopsWithinAMessageIsAFailure(Transport transport) throws Exception {
        SocketServer server = on(transport).start();
        server.onEachConnection(peer -> peer.deadline(Duration.ofMillis(20)).readLine());
        try (Socket client = Raw.connect(server)) {
            Raw.write(client, "hal");
            Raw.assertEnd(client);
            assertFails(server).hasMessageContaining("only 3 bytes \"hal\" [68 61 6c] came within 20 ms");
        }
    }

    /** Were the verdict given while bytes wait to be looked at, the failure would be lost: a vacuous pass. */
    @OnEachTransport
    void aHandlerThatIsAboutToFailIsNeverCutBeforeItDoes(Transport transport) throws Exception {
        for (int i = 0; i < 500; i++) {
            SocketServer server = on(transport).start();
            switch (i % 4) {
                case 0 -> server.onEachConnection(peer -> peer.expectLine("GOOD"));
                case 1 ->
                    server.onEachConnection(peer -> {
                        while (peer.awaitInput()) {
                            peer.expectLine("GOOD");
                        }
                    });
                case 2 ->
                    server.onEachConnection(peer -> assertThat(peer.readLine()).isEqualTo("GOOD"));
                default ->
                    server.onEachConnection(peer -> {
                        peer.holdOpen();
                        peer.expectLine("GOOD");
                    });
            }
            try (Socket client = Raw.connect(server)) {
                if (i % 3 == 0) {
                    server.awaitConnections(1);
                }
                Raw.write(client, "BAD\n");
                assertThatThrownBy(server::close).as("repetition %d", i).isInstanceOf(AssertionError.class);
            }
        }
    }

    @OnEachTransport
    void whatAHandlerDoesAfterItWasToldTheEndIsWaitedFor(Transport transport) throws Exception {
        for (int i = 0; i < 200; i++) {
            SocketServer server = on(transport).start();
            server.onEachConnection(peer -> {
                int requests = 0;
                while (peer.awaitInput()) {
                    peer.readLine();
                    requests++;
                }
                assertThat(requests).as("requests").isEqualTo(2);
            });
            try (Socket client = Raw.connect(server)) {
                Raw.write(client, "one\n");
                assertFails(server).hasMessageContaining("requests");
            }
        }
    }

    // -- unscripted connections ----------------------------------------------------------------------

    @OnEachTransport
    void aConnectionMadeBeforeTheLastScriptEndedFails(Transport transport) throws Exception {
        SocketServer server = on(transport).start();
        server.onConnection(SocketConnection::expectEnd);
        try (Socket client = Raw.connect(server)) {
            server.awaitConnections(1);
            Raw.connect(server).close();
            server.awaitConnections(2);
            assertThat(client.isConnected()).isTrue();
        }
        assertFails(server)
                .hasMessageStartingWith(server + ": connection 2 was made before the last script ended, and no script,"
                        + " handler or accept() took it\n")
                .hasMessageContaining("#2 from ")
                .hasMessageContaining(", nobody took it\n");
    }

    /** Nobody counts here: the server itself has to notice in time. */
    @OnEachTransport
    void aStrayConnectionIsNoticedWhileTheScriptIsAtWork(Transport transport) throws Exception {
        SocketServer server = on(transport).deadline(Duration.ofHours(1)).start();
        server.onConnection(peer -> peer.expectLine("PING").write("PONG\n").expectEnd());
        try (Socket client = Raw.connect(server)) {
            Raw.write(client, "PING\n");
            assertThat(Raw.read(client, 5)).isEqualTo("PONG\n");
            Raw.connect(server).close();
            Background.await("the server to see it", () -> taken(server) == 2);
        }
        assertFails(server).hasMessageContaining("connection 2 was made before the last script ended");
    }

    private static long taken(SocketServer server) {
        return ((org.junitsockets.server.Server) server)
                        .evidence(Long.MAX_VALUE)
                        .lines()
                        .count()
                - 2;
    }

    @OnEachTransport
    void aLaterScriptOrAcceptTakesItAfterAll(Transport transport) throws Exception {
        try (SocketServer server = on(transport).start()) {
            server.onConnection(SocketConnection::expectEnd);
            try (Socket first = Raw.connect(server);
                    Socket second = Raw.connect(server);
                    Socket third = Raw.connect(server)) {
                server.awaitConnections(3);
                server.onConnection(peer -> peer.write("second"));
                assertThat(Raw.readToEnd(second)).isEqualTo("second");
                server.accept().write("third").fin();
                assertThat(Raw.readToEnd(third)).isEqualTo("third");
                assertThat(first.isConnected()).isTrue();
            }
        }
    }

    @OnEachTransport
    void withAHandlerNothingIsUnscripted(Transport transport) throws Exception {
        try (SocketServer server = on(transport).handler(new Silent()).start()) {
            server.onConnection(SocketConnection::expectEnd);
            try (Socket first = Raw.connect(server);
                    Socket second = Raw.connect(server)) {
                server.awaitConnections(2);
                assertThat(first.isConnected() && second.isConnected()).isTrue();
            }
        }
    }

    @OnEachTransport
    void aPoolThatKeepsItsConnectionAfterTheScriptIsNoFailure(Transport transport) throws Exception {
        Socket pooled;
        try (SocketServer server = on(transport).start()) {
            server.onConnection(peer -> peer.expectLine("PING").write("PONG\n"));
            pooled = Raw.connect(server);
            Raw.write(pooled, "PING\n");
            assertThat(Raw.read(pooled, 5)).isEqualTo("PONG\n");
        }
        Raw.assertEnd(pooled);
        pooled.close();
    }

    @OnEachTransport
    void withoutScriptsConnectionsThatNobodyTakesAreNoFailure(Transport transport) throws Exception {
        try (SocketServer server = on(transport).start()) {
            Raw.connect(server).close();
            Raw.connect(server).close();
            assertThat(server.connectionCount()).isEqualTo(2);
        }
    }

    @OnEachTransport
    void aClientMayReconnectAsSoonAsTheLastScriptHasEnded(Transport transport) throws Exception {
        for (int i = 0; i < 500; i++) {
            try (SocketServer server = on(transport).start()) {
                int way = i % 6;
                if (!transport.has(Capability.RESET) && (way == 0 || way == 4)) {
                    continue; // the line is all that there is, and UNIX has no reset without more
                }
                server.onConnection(peer -> {
                    peer.readLine();
                    switch (way) {
                        case 0 -> peer.rst();
                        case 1 -> peer.fin();
                        case 2 -> peer.shutdownOutput();
                        case 3 -> peer.expectEnd();
                        case 4 -> peer.expectReset();
                        default -> {} // returns
                    }
                });
                try (Socket client = Raw.connect(server)) {
                    Raw.write(client, "PING\n");
                    switch (way) {
                        case 0 -> Raw.assertReset(client);
                        case 3 -> client.shutdownOutput();
                        case 4 -> Raw.reset(client);
                        default -> Raw.assertEnd(client);
                    }
                    Raw.connect(server).close(); // a health check, or a reconnect
                }
            }
        }
    }

    // -- the end itself ----------------------------------------------------------------------------

    @OnEachTransport
    void theEndEndsOpenConnectionsByFinAndLetsThePortGo(Transport transport) throws Exception {
        SocketServer server = on(transport).start();
        try (Socket accepted = Raw.connect(server)) {
            server.accept().write("last");
            server.close();
            assertThat(Raw.readToEnd(accepted)).isEqualTo("last");
            assertThatThrownBy(() -> Raw.connect(server)).isInstanceOf(IOException.class);
        }
    }

    @OnEachTransport
    void aHandlerThatWaitsOutsideOfIoIsInterrupted(Transport transport) throws Exception {
        AtomicReference<Throwable> met = new AtomicReference<>();
        try (SocketServer server = on(transport).deadline(SHORT).start()) {
            server.onEachConnection(peer -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    met.set(e);
                    throw e;
                }
            });
            try (Socket client = Raw.connect(server)) {
                assertThat(server.connectionCount()).isEqualTo(1);
                assertThat(client.isConnected()).isTrue();
            }
        }
        assertThat(met.get()).isInstanceOf(InterruptedException.class);
    }

    @OnEachTransport
    void stoppingEndsAScriptThatHoldsOpenAndFailsOneThatExpects(Transport transport) throws Exception {
        SocketServer server = on(transport).start();
        server.onConnection(SocketConnection::holdOpen);
        server.onConnection(peer -> peer.expectLine("more"));
        try (Socket first = Raw.connect(server);
                Socket second = Raw.connect(server)) {
            server.awaitConnections(2);
            server.stop();
            Raw.assertEnd(first);
            Raw.assertEnd(second);
        }
        assertFails(server)
                .hasMessageStartingWith(server + ": script 2 (")
                .hasMessageContaining(
                        "java.io.UncheckedIOException: expectLine(\"more\"): already ended here by stop()");
    }
}
