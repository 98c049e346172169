package org.junitsockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitsockets.connection.Connection;
import org.junitsockets.raw.Clients;
import org.junitsockets.server.Server;
import org.junitsockets.spec.Declaration;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.testing.Background;
import org.junitsockets.testing.OnEachInternetTransport;
import org.junitsockets.testing.OnEachTransport;
import org.junitsockets.testing.Raw;
import org.junitsockets.verdict.Outcome;
import org.junitsockets.verdict.Scope;

/** The end of all that lives as long as one test or class. */
class ScopeTests {

    private static final Settings SETTINGS = Settings.from(name -> null);
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofHours(1);

    private static Scope scope(Scope... around) {
        return new Scope(SETTINGS, List.of(around));
    }

    private static ServerSpec spec(Transport transport, @Nullable ConnectionHandler handler, Duration deadline) {
        Raw.assumeAvailable(transport);
        return new ServerSpec("db", transport, handler, 50, 0, 0, deadline, new Declaration("declared here"));
    }

    // -- outcomes ----------------------------------------------------------------------------------

    @OnEachTransport
    void afterAPassedTestScriptsHaveTimeToFinish(Transport transport) throws Exception {
        Scope scope = scope();
        Server server = scope.open(spec(transport, null, LONG));
        CountDownLatch ending = new CountDownLatch(1);
        AtomicBoolean finished = new AtomicBoolean();
        scope.add(() -> assertThat(finished).isTrue());
        server.onConnection(peer -> {
            ending.countDown();
            peer.expectEnd();
            finished.set(true);
        });
        Class<?> type = transport.has(Capability.IP_ADDRESS) ? Socket.class : SocketConnection.class;
        scope.connect(type, server.socketAddress(), server.spec());
        ending.await();
        scope.close(Outcome.PASSED);
        assertThat(finished).isTrue();
    }

    @OnEachTransport
    void afterAFailedTestScriptsAreNotWaitedForAndTheErrorIsWithoutAStack(Transport transport) throws Exception {
        Scope scope = scope();
        Server server = scope.open(spec(transport, null, Duration.ofSeconds(30)));
        server.onConnection(peer -> peer.expectLine("never"));
        server.onConnection(peer -> {});
        try (Socket client = Raw.connect(server)) {
            Background.await("the script to wait", () -> waitsIn(server, "expectLine(\"never\")"));
            assertThatThrownBy(() -> scope.close(Outcome.FAILED))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("2 failures:\n1. server 'db' (declared here): script 1 (registered at"
                            + " ScopeTests.java:")
                    .hasMessageContaining(") was not finished: it waits in expectLine(\"never\") on connection 1;"
                            + " the client still holds the connection open\n2. server 'db' (declared here): script 2 (")
                    .hasMessageContaining(") was not reached")
                    .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
            Raw.assertEnd(client);
        }
    }

    @OnEachTransport
    void aScriptThatHoldsOpenIsFinishedByTheEndOfAFailedTestToo(Transport transport) throws Exception {
        for (int i = 0; i < 50; i++) {
            Scope scope = scope();
            Server server = scope.open(spec(transport, null, LONG));
            server.onConnection(SocketConnection::holdOpen);
            try (Socket client = Raw.connect(server)) {
                Background.await("the script to wait", () -> waitsIn(server, "holdOpen()"));
                assertThatThrownBy(() -> scope.close(Outcome.FAILED))
                        .isNotInstanceOf(AssertionError.class)
                        .hasMessageContaining(": received 0 bytes, sent 0 bytes, open, a thread waits in holdOpen()\n");
                Raw.assertEnd(client);
            }
        }
    }

    @OnEachTransport
    void aClientIsDrainedAsLongAsAScriptHasSomethingToSayWhateverItsDeadline(Transport transport) {
        Scope scope = scope();
        Server server = scope.open(spec(transport, null, Duration.ofSeconds(20)));
        Connection client = (Connection) scope.connect(SocketConnection.class, server.socketAddress(), server.spec())
                .socket();
        client.deadline(Duration.ofMillis(1));
        server.onConnection(peer -> {
            Background.await("the verdict to wait for what comes", () -> client.waitingIn() != null);
            Background.outlastAMillisecond();
            peer.write(new byte[16 * 1024 * 1024]); // more than any buffers take
        });
        assertThatCode(() -> scope.close(Outcome.PASSED)).doesNotThrowAnyException();
    }

    static boolean waitsIn(SocketServer server, String call) {
        return server.connectionCount() == 1 && call.equals(((Connection) server.connection(1)).waitingIn());
    }

    @OnEachTransport
    void anAbortedTestGetsNoVerdictAndEverythingIsClosed(Transport transport) throws Exception {
        Scope scope = scope();
        scope.fail("not said");
        Server server = scope.open(spec(transport, null, LONG));
        server.onConnection(peer -> {
            throw new IllegalStateException("thrown");
        });
        server.onConnection(peer -> {});
        try (Socket client = Raw.connect(server)) {
            Raw.assertEnd(client);
            scope.close(Outcome.ABORTED);
        }
        assertThat(server.isClosed()).isTrue();
    }

    @Test
    void anAbortedTestGetsNoVerdictThoughAThreadWouldNotEnd() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Scope scope = scope();
        Server server = scope.open(spec(
                Transport.TCP,
                peer -> {
                    begun.countDown();
                    boolean done = false;
                    while (!done) {
                        try {
                            released.await();
                            done = true;
                        } catch (InterruptedException e) {
                            // stubborn
                        }
                    }
                },
                SHORT));
        try (Socket client = Raw.connect(server)) {
            begun.await();
            scope.close(Outcome.ABORTED);
            Raw.assertEnd(client);
        } finally {
            released.countDown();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"PASSED", "FAILED"})
    void aFailureThatIsNobodysPeersIsSaid(Outcome outcome) {
        Scope scope = scope();
        scope.fail("something else");
        assertThatThrownBy(() -> scope.close(outcome))
                .isInstanceOf(AssertionError.class)
                .hasMessage("something else");
        assertThatCode(() -> scope.close(outcome)).as("a second time").doesNotThrowAnyException();
    }

    /** A scope says, under the failure of its test, what was on the wire; but that is no failure of its own. */
    private static void close(Scope scope, Outcome outcome) {
        if (outcome == Outcome.FAILED) {
            assertThatThrownBy(() -> scope.close(outcome))
                    .isNotInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("what was on the wire:\n  server 'db' at ")
                    .hasMessageContaining("\n    #1 from ")
                    .hasMessageContaining("|  server: accepted\n")
                    .hasMessageMatching("(?s).*\n  seed -?\\d+ \\(junitsockets.seed\\)")
                    .hasNoSuppressedExceptions()
                    .extracting(Throwable::getStackTrace)
                    .isEqualTo(new StackTraceElement[0]);
        } else {
            scope.close(outcome);
        }
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void everythingIsClosedAndWhatWasAddedLastFirst(Outcome outcome) throws Exception {
        Scope scope = scope();
        List<String> closed = new ArrayList<>();
        scope.add(() -> closed.add("first"));
        scope.add(() -> closed.add("second"));
        Server server = scope.open(spec(Transport.TCP, new Echo(), SHORT));
        ServerSocket raw = (ServerSocket) scope.openRaw(ServerSocket.class, spec(Transport.TCP, null, SHORT))
                .socket();
        Socket client = (Socket) scope.connect(Socket.class, server.socketAddress(), server.spec())
                .socket();
        close(scope, outcome);
        assertThat(closed).containsExactly("second", "first");
        assertThat(server.isClosed()).isTrue();
        assertThat(raw.isClosed()).isTrue();
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void whatFailsToCloseIsSaidAndTheRestIsClosed() {
        Scope scope = scope();
        AtomicBoolean closed = new AtomicBoolean();
        scope.add(() -> closed.set(true));
        scope.add(new Closeable() {
            @Override
            public void close() throws IOException {
                throw new IOException("stuck");
            }

            @Override
            public String toString() {
                return "the lid";
            }
        });
        assertThatThrownBy(() -> scope.close(Outcome.PASSED))
                .hasMessage("closing the lid failed: java.io.IOException: stuck")
                .hasCause(new IOException("stuck"));
        assertThat(closed).isTrue();
    }

    @Test
    void nothingCanBeOpenedInAScopeThatHasEnded() {
        Scope other = scope();
        Server elsewhere = other.open(spec(Transport.TCP, new Echo(), SHORT));
        Scope scope = scope();
        scope.close(Outcome.PASSED);
        ServerSpec spec = spec(Transport.TCP, null, SHORT);
        assertThatThrownBy(() -> scope.open(spec))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("opening server 'db' (declared here): its scope has ended");
        assertThatThrownBy(() -> scope.openRaw(ServerSocket.class, spec))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("opening ServerSocket at /127\\.0\\.0\\.1:\\d+: its scope has ended");
        assertThatThrownBy(() -> scope.connect(SocketChannel.class, elsewhere.address(), elsewhere.spec()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("opening client ")
                .hasMessageEndingWith(": its scope has ended");
        AtomicBoolean closed = new AtomicBoolean();
        assertThatThrownBy(() -> scope.add(() -> closed.set(true))).isInstanceOf(IllegalStateException.class);
        assertThat(closed).as("what came too late").isTrue();
        Background.await(
                "the late client to be gone",
                () -> elsewhere.connectionCount() == 1 && ((Connection) elsewhere.connection(1)).hasEnded());
        other.close(Outcome.PASSED);
    }

    // -- the library's own clients -----------------------------------------------------------------

    static List<Class<?>> clients() {
        return Clients.TYPES.stream()
                .filter(type -> Clients.carries(type, Transport.TCP))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void theLibrarysOwnClientsEndFirstSoThatScriptsSeeTheirEnd(Class<?> type) {
        Scope scope = scope();
        Server server = scope.open(spec(Transport.TCP, null, LONG));
        server.onConnection(SocketConnection::expectEnd);
        scope.connect(type, server.socketAddress(), server.spec());
        scope.close(Outcome.PASSED);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void whatNobodyReadsAnyMoreDoesNotHoldUpAScriptThatWrites(Class<?> type) {
        Scope scope = scope();
        Server server = scope.open(spec(Transport.TCP, null, LONG));
        server.onConnection(peer -> peer.write(new byte[32 * 1024 * 1024]).expectEnd());
        scope.connect(type, server.socketAddress(), server.spec());
        scope.close(Outcome.PASSED);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void norAScriptThatWritesOnAServerOfTheClass(Class<?> type) {
        Scope ofClass = scope();
        Server server = ofClass.open(spec(Transport.TCP, null, Duration.ofSeconds(20)));
        Scope test = scope(ofClass);
        server.onConnection(peer -> peer.write(new byte[32 * 1024 * 1024]).expectEnd());
        test.connect(type, server.socketAddress(), server.spec());
        test.close(Outcome.PASSED);
        ofClass.close(Outcome.PASSED);
    }

    @OnEachInternetTransport
    void aSocketIsDrainedWhateverTimeoutTheTestHasGivenIt(Transport transport) throws Exception {
        Scope scope = scope();
        Server server = scope.open(spec(transport, null, Duration.ofSeconds(20)));
        Socket client = (Socket) scope.connect(Socket.class, server.socketAddress(), server.spec())
                .socket();
        client.setSoTimeout(1);
        server.onConnection(peer -> {
            peer.expectEnd();
            Background.outlastAMillisecond();
            peer.write(new byte[32 * 1024 * 1024]);
        });
        scope.close(Outcome.PASSED);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void whatAClientHasSentIsJudgedBeforeItIsClosed(Class<?> type) throws Exception {
        for (int i = 0; i < 50; i++) {
            Scope scope = scope();
            Server server = scope.open(spec(Transport.TCP, peer -> peer.expectLine("GOOD"), LONG));
            Object client =
                    scope.connect(type, server.socketAddress(), server.spec()).socket();
            java.nio.ByteBuffer bad =
                    java.nio.ByteBuffer.wrap("BAD\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            if (client instanceof Socket socket) {
                socket.getOutputStream().write(bad.array());
            } else if (client instanceof SocketChannel channel) {
                channel.write(bad);
            } else if (client instanceof AsynchronousSocketChannel channel) {
                channel.write(bad).get();
            } else {
                ((SocketConnection) client).write(bad.array());
            }
            assertThatThrownBy(() -> scope.close(Outcome.PASSED)).isInstanceOf(AssertionError.class);
        }
    }

    // -- servers that outlive a test -----------------------------------------------------------------

    @OnEachTransport
    void aFailureOnAServersOfTheClassIsThrownByTheTestThatRan(Transport transport) throws Exception {
        Scope ofClass = scope();
        Server server = ofClass.open(spec(transport, peer -> peer.expectLine("GOOD"), LONG));
        for (int i = 0; i < 100; i++) {
            Scope good = scope(ofClass);
            try (Socket client = Raw.connect(server)) {
                Raw.write(client, "GOOD\n");
                good.close(Outcome.PASSED);
            }
            Scope bad = scope(ofClass);
            try (Socket client = Raw.connect(server)) {
                Raw.write(client, "BAD\n");
                assertThatThrownBy(() -> bad.close(Outcome.PASSED))
                        .isInstanceOf(AssertionError.class)
                        .hasMessageStartingWith(
                                "server 'db' (declared here): the handler failed on connection " + (2 * i + 2) + ": ");
            }
        }
        ofClass.close(Outcome.PASSED);
    }

    @OnEachTransport
    void eachOverlappingTestGetsItAndTheClassDoesNotRepeatIt(Transport transport) throws Exception {
        Scope ofClass = scope();
        Server server = ofClass.open(spec(transport, peer -> peer.expectLine("GOOD"), LONG));
        Scope one = scope(ofClass);
        Scope two = scope(ofClass);
        try (Socket client = Raw.connect(server)) {
            Raw.write(client, "BAD\n");
            assertThatThrownBy(() -> one.close(Outcome.PASSED)).hasMessageContaining("something else came");
            assertThatThrownBy(() -> two.close(Outcome.PASSED)).hasMessageContaining("something else came");
        }
        Scope later = scope(ofClass);
        later.close(Outcome.PASSED);
        ofClass.close(Outcome.PASSED);
    }

    @OnEachTransport
    void whatAppearedBetweenTestsIsLeftToTheClass(Transport transport) throws Exception {
        Scope ofClass = scope();
        Server server = ofClass.open(spec(transport, peer -> peer.expectLine("GOOD"), LONG));
        try (Socket client = Raw.connect(server)) {
            Raw.write(client, "BAD\n");
            Raw.assertEnd(client);
        }
        scope(ofClass).close(Outcome.PASSED);
        assertThatThrownBy(() -> ofClass.close(Outcome.PASSED)).hasMessageContaining("something else came");
    }

    @OnEachTransport
    void aServerOfTheClassServesOnOverTheEndOfATest(Transport transport) throws Exception {
        Scope ofClass = scope();
        Server server = ofClass.open(spec(transport, new Echo(), LONG));
        try (Socket client = Raw.connect(server)) {
            for (Outcome outcome : Outcome.values()) {
                Scope test = scope(ofClass);
                Raw.write(client, "x");
                assertThat(Raw.read(client, 1)).isEqualTo("x");
                close(test, outcome);
            }
            Raw.write(client, "y");
            assertThat(Raw.read(client, 1)).isEqualTo("y");
            ofClass.close(Outcome.PASSED);
            Raw.assertEnd(client);
        }
    }

    @OnEachTransport
    void aScriptOnAServerOfTheClassIsItsTests(Transport transport) throws Exception {
        Scope ofClass = scope();
        Server server = ofClass.open(spec(transport, null, SHORT));
        Scope test = scope(ofClass);
        server.onConnection(peer -> {});
        Background.run(() -> {
                    Scope other = scope(ofClass);
                    other.close(Outcome.PASSED);
                })
                .get();
        assertThatThrownBy(() -> test.close(Outcome.PASSED))
                .hasMessageContaining("script 1 (")
                .hasMessageContaining("was not reached");
        ofClass.close(Outcome.PASSED);
    }

    @OnEachTransport
    void theThreadOfATestCanBeAnotherThanThatOfItsScope(Transport transport) throws Exception {
        Scope ofClass = scope();
        Server server = ofClass.open(spec(transport, null, SHORT));
        Scope test = scope(ofClass);
        Background<Boolean> body = Background.run(() -> {
            test.runsOn(Thread.currentThread());
            server.onConnection(peer -> {});
        });
        body.get();
        assertThatThrownBy(() -> test.close(Outcome.PASSED)).hasMessageContaining("was not reached");
        ofClass.close(Outcome.PASSED);
    }

    @OnEachTransport
    void aScriptThatHoldsOpenOnAServerOfTheClassEndsWithItsTest(Transport transport) throws Exception {
        Scope ofClass = scope();
        Server server = ofClass.open(spec(transport, null, LONG));
        Scope test = scope(ofClass);
        server.onConnection(SocketConnection::holdOpen);
        try (Socket client = Raw.connect(server)) {
            server.awaitConnections(1);
            test.close(Outcome.PASSED);
            Raw.assertEnd(client);
        }
        ofClass.close(Outcome.PASSED);
    }

    @OnEachTransport
    void aStrayConnectionOnAServerOfTheClassIsShownAndEnded(Transport transport) throws Exception {
        Scope ofClass = scope();
        Server server = ofClass.open(spec(transport, null, LONG));
        Scope test = scope(ofClass);
        server.onConnection(SocketConnection::expectEnd);
        try (Socket client = Raw.connect(server);
                Socket stray = Raw.connect(server)) {
            server.awaitConnections(2);
            client.shutdownOutput();
            assertThatThrownBy(() -> test.close(Outcome.PASSED))
                    .hasMessageContaining("connection 2 was made before the last script ended")
                    .hasMessageContaining(", nobody took it\n");
            Raw.assertEnd(stray);
        }
        ofClass.close(Outcome.PASSED);
    }

    @OnEachTransport
    void whatAnAbortedTestLeavesOnAServerOfTheClassIsNotTheNextOnes(Transport transport) throws Exception {
        Scope ofClass = scope();
        Server server = ofClass.open(spec(transport, null, Duration.ofSeconds(20)));
        Scope aborted = scope(ofClass);
        server.onConnection(SocketConnection::expectEnd);
        try (Socket client = Raw.connect(server);
                Socket stray = Raw.connect(server)) {
            server.awaitConnections(2);
            aborted.close(Outcome.ABORTED);
            Raw.assertEnd(client);
            Raw.assertEnd(stray);
        }
        Scope unreached = scope(ofClass);
        server.onConnection(peer -> peer.write("not this"));
        unreached.close(Outcome.ABORTED);
        Scope next = scope(ofClass);
        server.onConnection(peer -> peer.write("next"));
        try (Socket client = Raw.connect(server)) {
            assertThat(Raw.readToEnd(client)).isEqualTo("next");
            next.close(Outcome.PASSED);
        }
        ofClass.close(Outcome.PASSED);
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void aClientThatNobodyHasTakenOnAServerOfTheClassIsNotTheNextTests(Outcome outcome) throws Exception {
        Scope ofClass = scope();
        Server server = ofClass.open(spec(Transport.TCP, null, LONG));
        for (Class<?> type : clients()) {
            Scope one = scope(ofClass);
            one.connect(type, server.socketAddress(), server.spec());
            close(one, outcome);
        }
        Scope next = scope(ofClass);
        server.onConnection(peer -> peer.write("next"));
        try (Socket client = Raw.connect(server)) {
            assertThat(Raw.readToEnd(client)).isEqualTo("next");
            next.close(Outcome.PASSED);
        }
        ofClass.close(Outcome.PASSED);
    }

    @OnEachTransport
    void scriptsOfTheTestAndOfTheClassAreToldOfTheEndTogether(Transport transport) throws Exception {
        Scope ofClass = scope();
        Server shared = ofClass.open(spec(transport, null, LONG));
        Scope test = scope(ofClass);
        Server own = test.open(spec(transport, null, Duration.ofMillis(100)));
        shared.onConnection(SocketConnection::holdOpen);
        own.onConnection(SocketConnection::holdOpen);
        try (Socket one = Raw.connect(shared);
                Socket other = Raw.connect(own)) {
            Background.await("the scripts to wait", () -> waitsIn(shared, "holdOpen()") && waitsIn(own, "holdOpen()"));
            test.close(Outcome.PASSED); // both are told of the end before either is waited for
            Raw.assertEnd(one);
            Raw.assertEnd(other);
        }
        ofClass.close(Outcome.PASSED);
    }

    @OnEachTransport
    void aHandlerThatWorksOutsideOfIoIsLeftAloneByTheEndOfATest(Transport transport) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        Scope ofClass = scope();
        Server server = ofClass.open(spec(
                transport,
                peer -> {
                    begun.countDown();
                    released.await();
                    peer.write("done");
                },
                LONG));
        try (Socket client = Raw.connect(server)) {
            Scope test = scope(ofClass);
            begun.await();
            test.close(Outcome.PASSED);
            released.countDown();
            assertThat(Raw.readToEnd(client)).isEqualTo("done");
        }
        ofClass.close(Outcome.PASSED);
    }
}
