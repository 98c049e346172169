package org.junitsockets.jupiter;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.Tls;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedTransportException;

/** Run by {@link SkipTests} only: each asks for what "this system" does not have. */
final class SkipTestCases {

    private SkipTestCases() {}

    static class Unsupported implements ConnectionHandler {
        Unsupported() {
            throw new UnsupportedTransportException("not on this system");
        }

        @Override
        public void handle(SocketConnection peer) {}
    }

    static class Parameter {
        @Test
        void test(@WithSocketServer(handler = Unsupported.class) SocketServer server) {}
    }

    /** Where the annotation for TLS was forgotten. */
    static class WithoutTls {
        @Test
        void test(@WithSocketServer SocketServer server, @Endpoint SSLContext trusting) {}
    }

    /** TLS that begins in mid-conversation, where the transport has begun with it. */
    static class StartTls {
        @Test
        void atTheClient(@WithSocketServer SocketServer server, @Connected("server") SocketConnection client, Tls tls) {
            server.onConnection(peer -> peer.startTls(tls).expectLine("EHLO me"));
            client.startTls(tls).write("EHLO me\r\n");
        }
    }

    static class InAConstructor {
        InAConstructor(@WithSocketServer SocketServer server) {
            throw new UnsupportedTransportException("not on this system");
        }

        @Test
        void test() {}
    }

    @TestInstance(Lifecycle.PER_CLASS)
    static class InAConstructorPerClass extends InAConstructor {
        InAConstructorPerClass(@WithSocketServer SocketServer server) {
            super(server);
        }
    }

    static class InTheTest {
        @Test
        void test(@WithSocketServer SocketServer server) {
            server.onConnection(peer -> {}); // never reached: no verdict on a skip
            throw new UnsupportedTransportException("not on this system");
        }
    }

    static class InAFactory {
        @TestFactory
        DynamicTest factory(@WithSocketServer SocketServer server) {
            server.onConnection(peer -> {}); // never reached: no verdict on a skip
            throw new UnsupportedTransportException("not on this system");
        }
    }

    static class InADynamicTest {
        @TestFactory
        DynamicTest factory(@WithSocketServer SocketServer server) {
            server.onConnection(peer -> {}); // never reached: no verdict on a skip
            return dynamicTest("unsupported", () -> {
                throw new UnsupportedTransportException("not on this system");
            });
        }
    }

    static class InAfterEach {
        @Test
        void test(@WithSocketServer SocketServer server) {}

        @AfterEach
        void after() {
            throw new UnsupportedTransportException("not on this system");
        }
    }

    static class BeforeEachParameter {
        @BeforeEach
        void prepare(@WithSocketServer(handler = Unsupported.class) SocketServer server) {}

        @Test
        void test() {}
    }

    static class BeforeAllParameter {
        @BeforeAll
        static void prepare(@WithSocketServer(handler = Unsupported.class) SocketServer server) {}

        @Test
        void test() {}
    }

    static class InstanceField {
        @WithSocketServer(handler = Unsupported.class)
        SocketServer server;

        @Test
        void test() {}
    }

    static class StaticField {
        @WithSocketServer(handler = Unsupported.class)
        static SocketServer server;

        @Test
        void test() {}
    }

    @TestInstance(Lifecycle.PER_CLASS)
    static class FieldPerClass {
        @WithSocketServer(handler = Unsupported.class)
        SocketServer server;

        @Test
        void test() {}
    }

    static class ConstructorParameter {
        ConstructorParameter(@WithSocketServer(handler = Unsupported.class) SocketServer server) {}

        @Test
        void test() {}
    }

    /** Over UNIX with nothing unread there is no reset: the transport that somebody else chose is to blame. */
    static class InAScript {
        @Test
        @WithSocketServer
        void passes(SocketServer server, SocketConnection client) {
            server.onConnection(peer -> {
                peer.readLine();
                peer.rst();
            });
            client.write("PING\n").expectEndOrReset();
        }

        @Test
        @WithSocketServer
        void fails(SocketServer server, SocketConnection client) {
            server.onConnection(peer -> {
                peer.readLine();
                peer.rst();
            });
            client.write("PING\n").expectReset();
        }
    }

    /** Which is over before its script has got that far. */
    static class InAScriptThatIsLate {
        @RepeatedTest(20)
        @WithSocketServer
        void test(SocketServer server, SocketConnection client) {
            server.onConnection(peer -> {
                peer.expect("q");
                peer.rst();
            });
            client.write("q");
        }
    }

    /** Whoever expects another exception than the one that says what there is not. */
    static class InsideAnAssertion {
        @Test
        void address(@WithSocketServer SocketServer server) {
            assertThatThrownBy(server::address).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void reset(@WithSocketServer SocketServer server, SocketConnection client) {
            client.write("x");
            assertThatThrownBy(() -> server.accept().expect("x").rst());
        }
    }

    static class InAScriptOverAStatedTransport {
        @Test
        @WithSocketServer(transport = Transport.UNIX)
        void test(SocketServer server, SocketConnection client) {
            server.onConnection(peer -> {
                peer.readLine();
                peer.rst();
            });
            client.write("PING\n").expectEndOrReset();
        }
    }
}
