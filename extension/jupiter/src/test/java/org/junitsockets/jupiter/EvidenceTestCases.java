package org.junitsockets.jupiter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer.MethodName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junitsockets.Echo;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;

/** Run by {@link EvidenceTests} only. */
final class EvidenceTestCases {

    private EvidenceTestCases() {}

    static final String SECRET = "hunter2";

    private static void speak(SocketServer server, SocketConnection client) {
        server.onConnection(peer -> peer.expectLine("PING").write("PONG\r\n"));
        client.write("PING\r\n").expectLine("PONG");
    }

    static class Fails {
        @Test
        void test(@WithSocketServer SocketServer server, SocketConnection client) {
            speak(server, client);
            fail("the test's own");
        }
    }

    static class FailsByVerdict {
        @Test
        void test(@WithSocketServer SocketServer server, SocketConnection client) {
            server.onConnection(peer -> peer.expectLine("PONG"));
            client.write("PING\r\n");
        }
    }

    static class Passes {
        @Test
        void test(@WithSocketServer SocketServer server, SocketConnection client) {
            speak(server, client);
        }
    }

    static class Aborts {
        @Test
        void test(@WithSocketServer SocketServer server, SocketConnection client) {
            speak(server, client);
            abort("not here");
        }
    }

    static class FailsWithoutASocket {
        @Test
        void test() {
            fail("the test's own");
        }

        @Test
        void passes(@WithSocketServer SocketServer server, SocketConnection client) {
            speak(server, client);
        }
    }

    static class FailsWithAHandler {
        @Test
        @WithSocketServer(handler = Echo.class)
        void test(SocketConnection client) {
            client.write("x").expect("x");
            fail("the test's own");
        }
    }

    @TestMethodOrder(MethodName.class)
    static class OnAServerOfTheClass {
        @WithSocketServer(handler = Echo.class)
        static SocketServer server;

        @Test
        void first(SocketConnection client) {
            client.write("first").expect("first");
        }

        @Test
        void second(SocketConnection client) {
            client.write("second").expect("second");
            fail("the test's own");
        }
    }

    static class ClosesItsServer {
        @Test
        void test(@WithSocketServer SocketServer server, SocketConnection client) {
            speak(server, client);
            client.close();
            server.close();
            fail("the test's own");
        }
    }

    static class ClientOfAnother {
        @Test
        void test(@WithSocketClients SocketClients clients) {
            try (SocketServer other = SocketServer.builder().handler(new Echo()).start()) {
                clients.connect(other.address()).write("x").expect("x");
                fail("the test's own");
            }
        }
    }

    static class FailsWithASecret {
        @Test
        void test(@WithSocketServer SocketServer server, SocketConnection client) {
            server.onConnection(peer -> peer.expectLine("PASS other"));
            client.write("PASS " + SECRET + "\r\n");
        }
    }

    static class FailsDynamically {
        @TestFactory
        @WithSocketServer(handler = Echo.class)
        DynamicTest factory(SocketConnection client) {
            return dynamicTest("dynamic", () -> {
                client.write("x").expect("x");
                fail("the test's own");
            });
        }
    }

    static class FailsAgain {
        @RepeatedTest(2)
        void test(@WithSocketServer SocketServer server, SocketConnection client) {
            speak(server, client);
            assertEquals(1, 2);
        }
    }
}
