package org.junitsockets.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsockets.Echo;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;

/** Run by {@link ClientsTests} only. */
@SuppressWarnings("ClassCanBeStatic")
final class ClientsTestCases {

    private ClientsTestCases() {}

    private static SocketClients seen(Class<?> by, SocketClients clients) {
        return LifecycleTestCases.seen(by, clients);
    }

    // -- lifetimes ---------------------------------------------------------------------------------

    @WithSocketClients
    static class EachPlace {
        @WithSocketServer(handler = Echo.class)
        static SocketServer server;

        @WithSocketClients
        static SocketClients ofClass;

        private static @Nullable SocketConnection ofTheOtherTest;

        @WithSocketClients
        private SocketClients ofTest;

        private final SocketClients ofConstructor;

        EachPlace(SocketClients ofConstructor) {
            this.ofConstructor = ofConstructor;
        }

        @BeforeAll
        static void beforeAll(SocketClients clients) {
            echo(clients);
            echo(ofClass);
        }

        @BeforeEach
        void beforeEach(SocketClients clients) {
            echo(clients);
        }

        @Test
        void one(SocketClients clients) {
            check(clients);
        }

        @ParameterizedTest
        @ValueSource(ints = 2)
        void other(int count, SocketClients clients) {
            assertThat(clients.connect(server.address(), count)).hasSize(count);
            check(clients);
        }

        private void check(SocketClients clients) {
            assertThat(seen(EachPlace.class, ofClass)).isNotSameAs(clients);
            echo(ofTest);
            echo(ofConstructor);
            echo(clients);
            if (ofTheOtherTest != null) {
                assertThatThrownBy(ofTheOtherTest::readLine)
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageEndingWith("already ended here by the end of its scope");
            }
            ofTheOtherTest = ofTest.connect(server.address());
        }

        @AfterEach
        void afterEach(SocketClients clients) {
            echo(clients);
            echo(ofTest);
        }

        @AfterAll
        static void afterAll(SocketClients clients) {
            echo(clients);
            echo(ofClass);
        }

        private static void echo(SocketClients clients) {
            seen(EachPlace.class, clients).connect(server.address()).write("x").expect("x");
        }
    }

    @TestInstance(PER_CLASS)
    static class PerClass {
        @WithSocketClients
        SocketClients field;

        private final SocketClients ofConstructor;

        PerClass(@WithSocketClients SocketClients ofConstructor) {
            this.ofConstructor = ofConstructor;
        }

        @Test
        void one() {
            seen(PerClass.class, field);
            seen(PerClass.class, ofConstructor);
        }

        @Test
        void other() {
            seen(PerClass.class, field);
            seen(PerClass.class, ofConstructor);
        }
    }

    // -- declarations ------------------------------------------------------------------------------

    @Target(ElementType.PARAMETER)
    @Retention(RetentionPolicy.RUNTIME)
    @WithSocketClients(deadline = "40ms")
    @interface Impatient {}

    @WithSocketClients(deadline = "60ms")
    interface Declaring {}

    @WithSocketServer
    static class Deadlines implements Declaring {
        private static void assertDeadline(String expected, SocketClients clients, SocketServer silent) {
            assertThatThrownBy(clients.connect(silent.address())::readLine)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("nothing came within " + expected + ";");
        }

        @Test
        void ofTheClass(SocketServer server, SocketClients clients) {
            assertDeadline("60 ms", clients, server);
        }

        @Test
        @WithSocketClients(deadline = "50ms")
        void ofTheMethod(SocketServer server, SocketClients clients) {
            assertDeadline("50 ms", clients, server);
        }

        @Test
        @WithSocketClients(deadline = "50ms")
        void ofTheParameter(SocketServer server, @Impatient SocketClients clients, SocketClients other) {
            assertDeadline("40 ms", clients, server);
            assertDeadline("50 ms", other, server);
        }

        @Nested
        class Within {
            @Test
            void ofTheClassAround(@WithSocketServer SocketServer server, SocketClients clients) {
                assertDeadline("60 ms", clients, server);
            }
        }
    }

    static class DefaultDeadline {
        @Test
        void ofTheParameters(@WithSocketServer SocketServer server, SocketClients clients) {
            Deadlines.assertDeadline("140 ms", clients, server);
        }

        @Test
        @WithSocketClients(deadline = "50ms")
        void timesTheFactor(@WithSocketServer SocketServer server, SocketClients clients) {
            Deadlines.assertDeadline("100 ms", clients, server);
        }
    }

    // -- the end of a test -------------------------------------------------------------------------

    static class EndBeforeTheVerdict {
        @Test
        void test(@WithSocketServer SocketServer server, SocketClients clients) {
            server.onConnection(peer -> peer.expectToEnd("bye"));
            clients.connect(server.address()).write("bye");
        }
    }

    /** It looks after {@code @AfterEach} whether its clients are still there. */
    static class OpenDuringAfterEach {
        private final ServerSocket server;

        OpenDuringAfterEach() throws IOException {
            server = new ServerSocket();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        }

        @Test
        void test(@WithSocketClients SocketClients clients) {
            clients.connect(server.getLocalSocketAddress()).write("x");
        }

        @AfterEach
        void afterEach() throws IOException {
            server.setSoTimeout(10_000);
            try (server;
                    Socket accepted = server.accept()) {
                assertThat(accepted.getInputStream().read()).isEqualTo('x');
                accepted.setSoTimeout(1);
                assertThatThrownBy(() -> accepted.getInputStream().read()).hasMessage("Read timed out");
            }
        }
    }

    static class ClientsThatFail {
        @Test
        void test(@WithSocketServer(handler = Echo.class) SocketServer server, SocketClients clients) {
            clients.run(server.address(), 3, client -> client.write("a\n").expectLine("b"));
        }
    }
}
