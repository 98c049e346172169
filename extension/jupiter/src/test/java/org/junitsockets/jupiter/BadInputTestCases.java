package org.junitsockets.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.Echo;
import org.junitsockets.Location;
import org.junitsockets.Silent;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketPair;
import org.junitsockets.SocketServer;
import org.junitsockets.Transport;

/** Run by {@link BadInputTests} only: each is a mistake. */
@SuppressWarnings({"ClassCanBeStatic", "NullAway"})
final class BadInputTestCases {

    private BadInputTestCases() {}

    // -- elements ----------------------------------------------------------------------------------

    static class FinalField {
        @WithSocketServer
        final SocketServer server = null;

        @Test
        void test() {}
    }

    static class FinalStaticField {
        @WithSocketServer
        static final SocketServer SERVER = null;

        @Test
        void test() {}
    }

    static class UnsupportedField {
        @WithSocketServer
        String server;

        @Test
        void test() {}
    }

    static class UnsupportedParameters {
        @Test
        void connected(@WithSocketServer SocketServer server, @Connected InetSocketAddress client) {}
    }

    static class PortOfAString {
        @Test
        @WithSocketServer
        void test(@Port String port) {}
    }

    static class TwoAnnotations {
        @Test
        @WithSocketServer
        void test(@Port @RefusedEndpoint int port) {}
    }

    static class TwoDeclarationsOnAParameter {
        @Test
        void test(@WithSocketServer(name = "a") @WithSocketServer(name = "b") SocketServer server) {}
    }

    // -- clients of somebody else's server ---------------------------------------------------------

    static class FinalClients {
        @WithSocketClients
        final SocketClients clients = null;

        @Test
        void test() {}
    }

    static class ClientsOfAnotherType {
        @Test
        void test(@WithSocketClients Socket client) {}
    }

    static class ClientsOfAServer {
        @Test
        void test(@WithSocketServer SocketClients clients) {}
    }

    static class ClientsAndAServer {
        @Test
        void test(@WithSocketClients @WithSocketServer SocketClients clients) {}
    }

    static class ClientsAndARefusedEndpoint {
        @Test
        void test(@WithSocketClients @RefusedEndpoint SocketClients clients) {}
    }

    static class DeadlineOfClientsThatDoesNotParse {
        @Test
        @WithSocketClients(deadline = "soon")
        void test(SocketClients clients) {}
    }

    // -- names -------------------------------------------------------------------------------------

    @WithSocketServer(name = "primary")
    @WithSocketServer(name = "replica", handler = Echo.class)
    static class AmbiguousName {
        @Test
        void test(Socket client) {}
    }

    static class TwoNames {
        @Test
        void test(
                @WithSocketServer(name = "a") SocketServer a, @WithSocketServer(name = "b") @Connected("a") Socket c) {}
    }

    @WithSocketServer(name = "primary")
    static class UnknownName {
        @Test
        void test(@Connected("primry") Socket client) {}
    }

    static class NothingDeclared {
        @Test
        void test(@RefusedEndpoint int port, Socket client) {}
    }

    static class SameNameTwice {
        @Test
        @WithSocketServer(name = "a")
        @WithSocketServer(name = "a")
        void test(@Endpoint("a") SocketServer server) {}
    }

    static class TwoFieldsOfOneName {
        @WithSocketServer(name = "a")
        SocketServer one;

        @WithSocketServer(name = "a", handler = Echo.class)
        SocketServer other;

        @Test
        void test(@Connected("a") Socket client) {}
    }

    @WithSocketServer(name = "db", handler = Echo.class)
    static class FieldOfTheNameOfItsClass {
        @WithSocketServer
        SocketServer db;

        @Test
        void test(@Connected("db") Socket client) {}
    }

    static class NothingUsesIt {
        @Test
        @WithSocketServer(name = "db")
        void test() {}
    }

    static class NothingUsesThePair {
        @Test
        @WithSocketPair
        void test() {}
    }

    static class NothingUsesThatOfBeforeEach {
        @BeforeEach
        @WithSocketServer(name = "db")
        void prepare() {}

        @Test
        void test(@WithSocketServer SocketServer server) {}
    }

    @WithSocketServer
    static class BeforeAllOfAClassAnnotation {
        @BeforeAll
        static void beforeAll(SocketServer server) {}

        @Test
        void test() {}
    }

    @WithSocketServer(name = "db")
    static class StaticFieldOfAClassAnnotation {
        @Connected("db")
        static Socket client;

        @Test
        void test() {}
    }

    // -- attributes --------------------------------------------------------------------------------

    class InnerHandler implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) {}
    }

    static class NeedsArguments implements ConnectionHandler {
        NeedsArguments(String argument) {}

        @Override
        public void handle(SocketConnection peer) {}
    }

    static class ThrowingConstructor implements ConnectionHandler {
        ThrowingConstructor() {
            throw new IllegalStateException("no way");
        }

        @Override
        public void handle(SocketConnection peer) {}
    }

    static class HandlerThatNeedsArguments {
        @Test
        void test(@WithSocketServer(handler = NeedsArguments.class) SocketServer server) {}
    }

    static class HandlerThatIsInner {
        @Test
        void test(@WithSocketServer(handler = InnerHandler.class) SocketServer server) {}
    }

    static class HandlerThatThrows {
        @Test
        void test(@WithSocketServer(handler = ThrowingConstructor.class) SocketServer server) {}
    }

    static class NegativeBacklog {
        @Test
        void test(@WithSocketServer(name = "db", backlog = -1) SocketServer server) {}
    }

    static class NegativeBuffer {
        @Test
        void test(@WithSocketServer(receiveBuffer = -2) ServerSocket server) {}
    }

    static class NegativeSendBuffer {
        @Test
        void test(@WithSocketServer(sendBuffer = -2) SocketServer server) {}
    }

    static class DeadlineThatDoesNotParse {
        @Test
        void test(@WithSocketServer(deadline = "5 parsecs") SocketServer server) {}
    }

    static class TwoLocations {
        @Test
        void test(@WithSocketServer(location = {Location.IN_PROCESS, Location.CONTAINER}) SocketServer server) {}
    }

    static class WithoutTheArtifact {
        @Test
        void test(@WithSocketServer(location = Location.CONTAINER) SocketServer server) {}
    }

    static class AServerFromElsewhere {
        @Test
        @WithSocketServer
        void test(@Endpoint(from = Location.CONTAINER) SocketServer server) {}
    }

    static class APortFromElsewhere {
        @Test
        @WithSocketServer
        void test(@Port(from = Location.CONTAINER) int port) {}
    }

    static class TwoTransports {
        @Test
        void test(@WithSocketServer(transport = {Transport.TCP, Transport.TCP6}) SocketServer server) {}
    }

    static class TwoTransportsOfADeadEnd {
        @Test
        void test(@RefusedEndpoint(transport = {Transport.TCP, Transport.TCP6}) int port) {}
    }

    static class SchemeThatIsNone {
        @Test
        @WithSocketServer
        void test(@Endpoint(scheme = "not one") URI uri) {}
    }

    static class Fine {
        @Test
        void test(@WithSocketServer SocketServer server) {
            assertThat(server.connectionCount()).isZero();
        }
    }

    // -- one server, two uses ------------------------------------------------------------------------

    static class TwoHandlers {
        @Test
        void test(@WithSocketServer(handler = Echo.class) SocketServer server) {
            server.onEachConnection(new Silent());
        }
    }

    @WithSocketServer(handler = Echo.class)
    static class RawServerWithHandler {
        @Test
        void test(ServerSocket server) {}
    }

    @WithSocketServer
    static class TwoTypesOfServer {
        @Test
        void test(ServerSocketChannel channel, ServerSocket socket) {}
    }

    @WithSocketServer
    static class OursAndRaw {
        @Test
        void test(SocketServer ours, ServerSocket raw) {}
    }

    @WithSocketServer(handler = Echo.class)
    static class PairOfAServerWithHandler {
        @Test
        void test(SocketPair pair) {}
    }

    static class UseAfterTheTest {
        static SocketServer kept;
        static SocketConnection client;

        @Test
        void test(@WithSocketServer(name = "db") SocketServer server, SocketConnection connected) {
            kept = server;
            client = connected;
        }

        @AfterEach
        void stillThere() {
            assertThat(kept.connectionCount()).isEqualTo(1);
        }
    }
}
