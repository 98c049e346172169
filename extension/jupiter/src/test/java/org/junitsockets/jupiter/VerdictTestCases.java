package org.junitsockets.jupiter;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.Echo;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;

/** Run by {@link VerdictTests} only; what is to fail here fails. */
final class VerdictTestCases {

    private VerdictTestCases() {}

    /** Connections that somebody keeps, as a client's pool does; closed when all is over. */
    static final List<Socket> POOL = new CopyOnWriteArrayList<>();

    static Socket connect(SocketServer server) throws IOException {
        Socket socket = new Socket();
        socket.connect(server.address(), 5000);
        socket.setSoTimeout(5000);
        return socket;
    }

    static Socket pooled(SocketServer server) throws IOException {
        Socket socket = connect(server);
        POOL.add(socket);
        return socket;
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    /** Sends a line and waits for the answer, so that the handler is known to have come back. */
    static void roundTrip(Socket socket) throws IOException {
        send(socket, "x");
        assertThat(socket.getInputStream().read()).isEqualTo('x');
    }

    // -- what fails --------------------------------------------------------------------------------

    static class ScriptThrows {
        @Test
        void test(@WithSocketServer SocketServer server) throws IOException {
            server.onConnection(peer -> {
                throw new IllegalStateException("boom");
            });
            try (Socket client = connect(server)) {
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    static class ScriptMissesExpectation {
        @Test
        void test(@WithSocketServer(name = "db") SocketServer server) throws IOException {
            server.onConnection(peer -> peer.expectLine("PING"));
            try (Socket client = connect(server)) {
                send(client, "PONG\r\n");
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    static class ScriptNotReached {
        @Test
        void test(@WithSocketServer SocketServer server) throws IOException {
            server.onConnection(peer -> {});
            server.onConnection(peer -> {});
            connect(server).close();
        }
    }

    static class ScriptNotFinished {
        @Test
        void test(@WithSocketServer SocketServer server) throws IOException {
            server.onConnection(peer -> {
                peer.expectLine("PING");
                peer.deadline(Duration.ofMinutes(1)).expectEnd();
            });
            send(pooled(server), "PING\r\n");
        }
    }

    static class ScriptBusyElsewhere {
        @Test
        void test(@WithSocketServer SocketServer server) throws Exception {
            CountDownLatch waits = new CountDownLatch(1);
            server.onConnection(peer -> {
                waits.countDown();
                peer.holdOpen();
                new CountDownLatch(1).await();
            });
            pooled(server);
            waits.await();
            server.expectNoConnections(Duration.ofMillis(200)); // by now it holds it open
        }
    }

    static class TwoScriptsNotFinished {
        @Test
        void test(@WithSocketServer SocketServer server) throws IOException {
            server.onConnection(peer -> peer.readLine());
            server.onConnection(peer -> peer.readLine());
            pooled(server);
        }
    }

    static class DynamicTestFails {
        @TestFactory
        Stream<DynamicTest> factory(@WithSocketServer SocketServer server) {
            server.onConnection(peer -> peer.readLine());
            return Stream.of(dynamicTest("passes", () -> {}), dynamicTest("fails", () -> {
                send(pooled(server), "half a line");
                throw new IllegalArgumentException("the test's own");
            }));
        }
    }

    static class DynamicTestAborted {
        @TestFactory
        Stream<DynamicTest> one(@WithSocketServer SocketServer server) {
            server.onConnection(peer -> peer.readLine());
            return Stream.of(dynamicTest("aborted", () -> abort("not today")));
        }

        @TestFactory
        Stream<DynamicTest> oneOfTwo(@WithSocketServer SocketServer server) {
            server.onConnection(peer -> peer.readLine());
            return Stream.of(dynamicTest("passes", () -> {}), dynamicTest("aborted", () -> abort("not today")));
        }
    }

    static class HandlerThrows {
        @Test
        void test(@WithSocketServer(handler = Thrower.class) SocketServer server) throws IOException {
            send(pooled(server), "x");
        }
    }

    static class Thrower implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) {
            peer.readExactly(1);
            throw new IllegalStateException("thrower");
        }
    }

    static class HandlerMissesExpectation {
        @Test
        void test(@WithSocketServer SocketServer server) throws IOException {
            server.onEachConnection(peer -> peer.expect("GOOD"));
            send(pooled(server), "BAD!");
        }
    }

    static class Unscripted {
        @Test
        void test(@WithSocketServer SocketServer server) throws IOException {
            CountDownLatch second = new CountDownLatch(1);
            server.onConnection(peer -> {
                second.await(5, TimeUnit.SECONDS);
                peer.fin();
            });
            pooled(server);
            pooled(server);
            second.countDown();
        }
    }

    static class UnscriptedAfterAHalfClose {
        @Test
        void test(@WithSocketServer SocketServer server) throws IOException {
            server.onConnection(peer ->
                    peer.shutdownOutput().expectLine("go").expectLine("done").fin());
            Socket client = pooled(server);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            send(client, "go\n");
            pooled(server);
            server.awaitConnections(2);
            send(client, "done\n");
        }
    }

    static class UnscriptedWhileReadingIsPaused {
        @Test
        void test(@WithSocketServer SocketServer server) throws IOException {
            CountDownLatch second = new CountDownLatch(1);
            server.onConnection(peer -> {
                peer.pauseReading();
                peer.write("x");
                second.await(5, TimeUnit.SECONDS);
            });
            Socket client = pooled(server);
            send(client, "unread");
            assertThat(client.getInputStream().read()).isEqualTo('x');
            pooled(server);
            server.awaitConnections(2);
            second.countDown();
        }
    }

    static class LeavesTheThreadInterrupted {
        @Test
        void handlerThatIsAboutToFail(@WithSocketServer SocketServer server) throws IOException {
            server.onEachConnection(peer -> {
                peer.expectLine("x");
                peer.write("y");
                peer.expectLine("z");
            });
            Socket client = pooled(server);
            send(client, "x\n");
            assertThat(client.getInputStream().read()).isEqualTo('y');
            send(client, "bad\n");
            Thread.currentThread().interrupt();
        }

        @Test
        void scriptThatIsAboutToReturn(@WithSocketServer SocketServer server) throws IOException {
            server.onConnection(peer -> peer.expectLine("x").expectEnd());
            try (Socket client = connect(server)) {
                send(client, "x\n");
            }
            Thread.currentThread().interrupt();
        }
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class AbortedOnAServerOfTheClass {
        @WithSocketServer
        static SocketServer server;

        @Test
        @Order(1)
        void aborted() {
            server.onConnection(peer -> peer.write("of the aborted test"));
            abort("not today");
        }

        @Test
        @Order(2)
        void next() throws IOException {
            server.onConnection(peer -> peer.write("n"));
            try (Socket client = connect(server)) {
                assertThat(client.getInputStream().read()).isEqualTo('n');
            }
        }
    }

    static class ServerClosedByAutoClose {
        @AutoClose
        @WithSocketServer
        SocketServer server;

        @Test
        void aborted() {
            server.onConnection(peer -> {});
            abort("not today");
        }

        @Test
        void unfinished() {
            server.onConnection(peer -> {});
        }
    }

    static class BusyHandler {
        @Test
        void test(@WithSocketServer SocketServer server) throws IOException {
            CountDownLatch never = new CountDownLatch(1);
            server.onEachConnection(peer -> never.await());
            pooled(server);
        }
    }

    static class FailedAndUnfinished {
        @Test
        void test(@WithSocketServer SocketServer server) throws IOException {
            server.onConnection(peer -> peer.expectEnd());
            pooled(server);
            throw new IllegalArgumentException("the test's own");
        }
    }

    static class AbortedAndUnfinished {
        @Test
        void test(@WithSocketServer SocketServer server) {
            server.onConnection(peer -> {});
            abort("not today");
        }
    }

    static class ThreadThatWouldNotEnd {
        static final CountDownLatch RELEASE = new CountDownLatch(1);
        static final CountDownLatch STARTED = new CountDownLatch(1);

        @Test
        void test(@WithSocketServer SocketServer server) throws Exception {
            server.onEachConnection(peer -> stubborn());
            pooled(server);
            STARTED.await();
        }

        static void stubborn() {
            STARTED.countDown();
            while (RELEASE.getCount() > 0) {
                try {
                    RELEASE.await();
                } catch (InterruptedException e) {
                    // that is what makes it stubborn
                }
            }
        }
    }

    // -- what fails on a server that lives for the class ---------------------------------------------

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class OfTheClass {
        @WithSocketServer(handler = Picky.class)
        static SocketServer server;

        @Test
        @Order(1)
        void good() throws IOException {
            roundTrip(pooled(server));
        }

        @Test
        @Order(2)
        void bad() throws IOException {
            send(pooled(server), "!");
        }

        @Test
        @Order(3)
        void goodAgain() throws IOException {
            roundTrip(pooled(server));
        }

        @AfterAll
        static void badAtTheEnd() throws IOException {
            send(pooled(server), "?");
        }
    }

    static class Picky implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) {
            while (peer.awaitInput()) {
                byte[] got = peer.readAvailable();
                if (got[0] != 'x') {
                    throw new IllegalArgumentException("got " + (char) got[0]);
                }
                peer.write(got);
            }
        }
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class ScriptOfATestOnAServerOfTheClass {
        @WithSocketServer
        static SocketServer server;

        @Test
        @Order(1)
        void leavesOne() {
            server.onConnection(peer -> {});
        }

        @Test
        @Order(2)
        void isNotBothered() throws IOException {
            server.onConnection(peer -> peer.write("x"));
            try (Socket client = connect(server)) {
                assertThat(client.getInputStream().read()).isEqualTo('x');
            }
        }
    }

    static class OnAThreadOfItsOwn {
        @WithSocketServer
        static SocketServer server;

        @BeforeEach
        void prepare() {
            server.onConnection(peer -> {});
        }

        @Test
        @Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
        void test() {
            server.onConnection(peer -> {});
        }
    }

    static class Overlapping {
        static final CountDownLatch BOTH = new CountDownLatch(2);
        static final CountDownLatch FAILED = new CountDownLatch(1);

        @WithSocketServer
        static SocketServer server;

        @Test
        void one() throws Exception {
            overlap();
        }

        @Test
        void other() throws Exception {
            overlap();
        }

        private static void overlap() throws Exception {
            BOTH.countDown();
            BOTH.await();
            synchronized (FAILED) {
                if (FAILED.getCount() > 0) {
                    server.onEachConnection(peer -> {
                        throw new IllegalStateException("for both");
                    });
                    try (Socket client = connect(server)) {
                        assertThat(client.getInputStream().read()).isEqualTo(-1);
                    }
                    FAILED.countDown();
                }
            }
        }
    }

    // -- what does not fail --------------------------------------------------------------------------

    static class PoolKeepsConnection {
        @Test
        void test(@WithSocketServer(handler = Lines.class) SocketServer server) throws IOException {
            Socket client = pooled(server);
            send(client, "x\n");
            assertThat(client.getInputStream().read()).isEqualTo('x');
        }
    }

    static class Lines implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) {
            for (String line = peer.readLine(); line != null; line = peer.readLine()) {
                peer.write(line);
            }
        }
    }

    static class IdleBeyondTheDeadline {
        @Test
        void test(@WithSocketServer(handler = Lines.class) SocketServer server) throws IOException {
            Socket client = pooled(server);
            assertThat(client.getInputStream().read()).isEqualTo(-1); // its readLine() ran out
        }
    }

    static class ReconnectsAfterLastScript {
        @Test
        void byReset(@WithSocketServer SocketServer server) throws IOException {
            server.onConnection(peer -> {
                peer.readLine();
                peer.rst();
            });
            reconnectAtTheEnd(server);
        }

        @Test
        void byFin(@WithSocketServer SocketServer server) throws IOException {
            server.onConnection(peer -> {
                peer.readLine();
                peer.fin();
            });
            reconnectAtTheEnd(server);
        }

        @Test
        void byReturn(@WithSocketServer SocketServer server) throws IOException {
            server.onConnection(peer -> peer.readLine());
            reconnectAtTheEnd(server);
        }

        @Test
        void byTheClient(@WithSocketServer SocketServer server) throws IOException {
            server.onConnection(peer -> {
                peer.expectLine("x");
                peer.expectEnd();
            });
            Socket client = connect(server);
            send(client, "x\n");
            client.close();
            pooled(server);
        }

        private static void reconnectAtTheEnd(SocketServer server) throws IOException {
            Socket client = pooled(server);
            send(client, "x\n");
            try {
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("reset");
            }
            pooled(server);
        }
    }

    static class HealthCheck {
        @Test
        void test(@WithSocketServer SocketServer server, SocketConnection client) throws IOException {
            server.onConnection(peer -> peer.expectLine("x").write("y\n"));
            client.write("x\n").expectToEnd("y\n");
            connect(server).close();
        }
    }

    static class ConnectsAndNeverSends {
        @Test
        void noHandler(@WithSocketServer SocketServer server) throws IOException {
            pooled(server);
        }

        @Test
        void handler(@WithSocketServer(handler = Lines.class) SocketServer server) throws IOException {
            pooled(server);
        }
    }

    static class ClosedByAutoClose {
        @AutoClose
        Socket client = new Socket();

        @Test
        void test(@WithSocketServer SocketServer server) throws IOException {
            server.onConnection(peer -> peer.expectEnd());
            client.connect(server.address());
        }
    }

    static class ClosedByAfterEach {
        Socket client = new Socket();

        @Test
        void test(@WithSocketServer SocketServer server) throws IOException {
            server.onConnection(peer -> peer.expectEnd());
            client.connect(server.address());
        }

        @AfterEach
        void close() throws IOException {
            client.close();
        }
    }

    static class OurOwnClient {
        @Test
        void ended(@WithSocketServer SocketServer server, Socket client) {
            server.onConnection(peer -> peer.expectEnd());
        }

        @Test
        void drained(@WithSocketServer SocketServer server, Socket client) {
            server.onConnection(peer -> peer.write(new byte[8 * 1024 * 1024]));
        }

        @Test
        void drainedConnection(@WithSocketServer SocketServer server, SocketConnection client) {
            server.onConnection(peer -> peer.write(new byte[8 * 1024 * 1024]));
        }
    }

    static class ClientLeavesInTheMiddle {
        @Test
        void test(@WithSocketServer SocketServer server) throws IOException {
            server.onEachConnection(peer -> peer.readExactly(100));
            try (Socket client = connect(server)) {
                send(client, "x");
            }
        }
    }

    static class GivesUpDuringSlowWrite {
        @Test
        void closes(@WithSocketServer SocketServer server) throws IOException {
            server.onConnection(peer -> peer.writeSlowly("a long answer that nobody waits for", Duration.ofMillis(20)));
            Socket client = connect(server);
            assertThat(client.getInputStream().read()).isEqualTo('a');
            client.setSoLinger(true, 0);
            client.close();
        }

        @Test
        void ours(@WithSocketServer SocketServer server, SocketConnection client) {
            server.onConnection(peer -> peer.writeSlowly("a long answer that nobody waits for", Duration.ofHours(1)));
            client.expect("a");
        }
    }

    static class HoldOpen {
        @Test
        void untilTheTestEnds(@WithSocketServer SocketServer server) throws IOException {
            server.onConnection(SocketConnection::holdOpen);
            pooled(server);
        }

        @Test
        void untilTheClientEnds(@WithSocketServer SocketServer server) throws IOException {
            server.onConnection(SocketConnection::holdOpen);
            connect(server).close();
        }
    }

    @TestInstance(PER_CLASS)
    static class NothingToSay {
        @WithSocketServer(handler = Echo.class)
        SocketServer server;

        @Test
        void one(@Endpoint("server") InetSocketAddress address) throws IOException {
            assertThat(PingClient.echoes(address)).isTrue();
        }

        @Test
        void other(@Endpoint("server") InetSocketAddress address) throws IOException {
            assertThat(PingClient.echoes(address)).isTrue();
        }
    }
}
