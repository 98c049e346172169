package org.junitsockets.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitsockets.Transport.RDS;
import static org.junitsockets.Transport.TCP;
import static org.junitsockets.Transport.TCP6;
import static org.junitsockets.Transport.UNIX;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsockets.Echo;
import org.junitsockets.PortLease;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketPair;
import org.junitsockets.SocketServer;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedTransportException;

/** Run by {@link EachTransportTests} only. */
@SuppressWarnings({"ClassCanBeStatic", "NullAway"})
final class EachTransportTestCases {

    /** What the tests of a class went over. */
    static final Map<Class<?>, List<Object>> SEEN = new ConcurrentHashMap<>();

    private static final Map<Class<?>, CyclicBarrier> MEETINGS = new ConcurrentHashMap<>();

    private EachTransportTestCases() {}

    private static void see(Class<?> by, Object what) {
        SEEN.computeIfAbsent(by, key -> new CopyOnWriteArrayList<>()).add(what);
    }

    private static void goes(InetSocketAddress address, Transport transport) {
        assertThat(address.getAddress() instanceof Inet6Address).isEqualTo(transport == TCP6);
    }

    private static void goes(SocketServer server, Transport transport) {
        goes(server.address(), transport);
    }

    // -- what it chooses ---------------------------------------------------------------------------

    @WithSocketServer(name = "annotated")
    static class Everything {
        @WithSocketServer
        static SocketServer ofTheClass;

        @WithSocketServer
        SocketServer field;

        private final SocketServer constructed;

        Everything(@WithSocketServer SocketServer constructed) {
            this.constructed = constructed;
        }

        @BeforeEach
        void before(
                Transport transport,
                @WithSocketServer(name = "own") SocketServer own,
                @Endpoint("annotated") SocketServer annotated) {
            goes(own, transport);
            goes(annotated, transport);
        }

        @EachTransport({TCP, TCP6})
        @WithSocketServer(name = "onTheMethod", handler = Echo.class)
        void test(
                Transport transport,
                @Endpoint("annotated") SocketServer annotated,
                @Connected("onTheMethod") SocketConnection client,
                @WithSocketServer ServerSocket parameter,
                @WithSocketPair SocketPair pair,
                @RefusedEndpoint InetSocketAddress refused,
                @OccupiedEndpoint InetSocketAddress occupied,
                @UnresponsiveEndpoint InetSocketAddress unresponsive,
                @LeasedPort PortLease lease) {
            see(Everything.class, transport);
            goes(ofTheClass, TCP);
            goes(field, transport);
            goes(constructed, transport);
            goes(annotated, transport);
            goes((InetSocketAddress) parameter.getLocalSocketAddress(), transport);
            goes(refused, transport);
            goes(occupied, transport);
            goes(unresponsive, transport);
            pair.client().write("x");
            pair.server().expect("x");
            client.write("x");
            client.expect("x");
        }

        @AfterEach
        void after(Transport transport, @Endpoint("annotated") SocketServer annotated) {
            goes(annotated, transport);
        }
    }

    /** Its test stands between others, which are no template's. */
    static class BesideOthers {
        @WithSocketServer
        SocketServer field;

        @Test
        void plain() {
            see(BesideOthers.class, "plain");
            goes(field, TCP);
        }

        @EachTransport(TCP6)
        void template() {
            see(BesideOthers.class, "template");
            goes(field, TCP6);
        }

        @RepeatedTest(2)
        void repeated(@WithSocketServer SocketServer server) {
            see(BesideOthers.class, "repeated");
            goes(server, TCP);
        }
    }

    @TestInstance(Lifecycle.PER_CLASS)
    static class PerClass {
        @WithSocketServer
        SocketServer field;

        @EachTransport({TCP, TCP6})
        void test(Transport transport, @WithSocketServer SocketServer server) {
            see(PerClass.class, transport);
            goes(server, transport);
            see(PerClass.class, field.address());
        }
    }

    static class Concurrent {
        @WithSocketServer
        SocketServer field;

        @EachTransport({TCP, TCP6})
        void test(Transport transport, @WithSocketServer SocketServer server) throws Exception {
            meet(Concurrent.class);
            see(Concurrent.class, transport);
            goes(field, transport);
            goes(server, transport);
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @TestInstance(Lifecycle.PER_CLASS)
    static class ConcurrentPerClass {
        @EachTransport({TCP, TCP6})
        void test(Transport transport, @WithSocketServer SocketServer server) throws Exception {
            meet(ConcurrentPerClass.class);
            see(ConcurrentPerClass.class, transport);
            goes(server, transport);
        }
    }

    /** Each waits for the other, so that both are under way at once. */
    private static void meet(Class<?> testCases) throws Exception {
        MEETINGS.computeIfAbsent(testCases, key -> new CyclicBarrier(2)).await(5, TimeUnit.SECONDS);
    }

    static class Outer {
        @WithSocketServer
        SocketServer outer;

        @Nested
        @WithSocketServer(name = "annotated")
        class Inner {
            @WithSocketServer
            SocketServer inner;

            @EachTransport({TCP, TCP6})
            void test(Transport transport, @Endpoint("annotated") SocketServer annotated) {
                see(Outer.class, transport);
                goes(outer, transport);
                goes(inner, transport);
                goes(annotated, transport);
            }
        }
    }

    @EachTransport({TCP, TCP6})
    @WithSocketServer(handler = Echo.class)
    @Retention(RetentionPolicy.RUNTIME)
    @interface OverIp {}

    static class Composed {
        @OverIp
        void test(Transport transport, @Endpoint SocketServer server) {
            see(Composed.class, transport);
            goes(server, transport);
        }
    }

    abstract static class Inherited {
        @EachTransport({TCP, TCP6})
        void test(Transport transport) {
            see(getClass(), transport);
        }
    }

    static class Inherits extends Inherited {}

    /** The static field says for itself what it goes over, which is nobody else's business. */
    static class StatedForTheClass {
        @WithSocketServer(transport = TCP6)
        static SocketServer ofTheClass;

        @BeforeAll
        static void before(@WithSocketServer(transport = TCP6) SocketServer own) {
            goes(own, TCP6);
        }

        @EachTransport({TCP, TCP6})
        void test(@WithSocketServer SocketServer server, Transport transport) {
            goes(ofTheClass, TCP6);
            goes(server, transport);
        }
    }

    // -- what is skipped ---------------------------------------------------------------------------

    static class OneIsMissing {
        @WithSocketServer
        SocketServer field;

        @EachTransport({TCP, RDS, TCP6})
        void test(Transport transport) {
            see(OneIsMissing.class, transport);
        }
    }

    @TestInstance(Lifecycle.PER_CLASS)
    static class OneIsMissingPerClass {
        @BeforeEach
        void before(@WithSocketServer SocketServer server) {}

        @EachTransport({TCP, RDS, TCP6})
        void test(Transport transport) {
            see(OneIsMissingPerClass.class, transport);
        }
    }

    static class All {
        @EachTransport
        void test(Transport transport, @WithSocketServer ServerSocket server) {
            see(All.class, transport);
        }
    }

    /** UNIX is there, and has no sockets of that type. */
    static class ListedAndLacking {
        @EachTransport({TCP, UNIX})
        @WithSocketServer
        void test(Socket client) {}
    }

    static class ListedAndLackingInAField {
        @WithSocketServer
        ServerSocket server;

        @EachTransport({UNIX, TCP})
        void test() {}
    }

    static class ListedAndLackingInADeadEnd {
        @EachTransport(UNIX)
        void test(@RefusedEndpoint InetSocketAddress refused) {}
    }

    static class Lacking {
        @Test
        @WithSocketServer
        void test(Socket client) {}
    }

    static class LackingInAField {
        @WithSocketServer
        ServerSocket server;

        @Test
        void test() {}
    }

    static class Stated {
        @Test
        @WithSocketServer(transport = UNIX)
        void test(Socket client) {}
    }

    static class UnnamedByTheTest {
        @EachTransport(TCP6)
        void test() {
            throw new UnsupportedTransportException("not on this system");
        }
    }

    static class UnavailableInTheTest {
        @Test
        void test(@WithSocketServer SocketServer server) {
            throw new UnsupportedTransportException(RDS, "RDS is not there");
        }
    }

    static class UnavailableInAField {
        @WithSocketServer(transport = RDS)
        SocketServer server;

        @Test
        void test() {}
    }

    static class UnavailableInAConstructor {
        UnavailableInAConstructor(@WithSocketServer(transport = RDS) SocketServer server) {}

        @Test
        void test() {}
    }

    static class UnavailableInAStaticField {
        @WithSocketServer(transport = RDS)
        static SocketServer server;

        @Test
        void test() {}
    }

    static class UnavailableInADynamicTest {
        @TestFactory
        DynamicTest factory(@WithSocketServer SocketServer server) {
            return DynamicTest.dynamicTest("dynamic", () -> {
                throw new UnsupportedTransportException(RDS, "RDS is not there");
            });
        }
    }

    // -- mistakes ----------------------------------------------------------------------------------

    static class StatedOnTheMethod {
        @EachTransport({TCP, TCP6})
        @WithSocketServer(transport = TCP)
        void test(SocketServer server) {}
    }

    static class StatedOnAParameter {
        @EachTransport
        void test(@WithSocketServer(name = "db", transport = TCP) SocketServer server) {}
    }

    static class StatedOnAPair {
        @EachTransport(TCP)
        void test(@WithSocketPair(transport = TCP) SocketPair pair) {}
    }

    static class PairOverEach {
        @EachTransport
        void test(@WithSocketPair SocketPair pair) {
            pair.client().write("x");
            pair.server().expect("x");
        }
    }

    static class StatedOnADeadEnd {
        @EachTransport(TCP)
        void test(@RefusedEndpoint(transport = TCP) int port) {}
    }

    static class StatedOnALease {
        @EachTransport(TCP)
        void test(@LeasedPort(transport = TCP) int port) {}
    }

    @WithSocketServer(transport = TCP)
    static class StatedOnTheClass {
        @EachTransport(TCP)
        void test(SocketServer server) {}
    }

    static class StatedOnAField {
        @WithSocketServer(transport = TCP)
        SocketServer field;

        @EachTransport(TCP)
        void test() {}
    }

    static class StatedOnBeforeEach {
        @BeforeEach
        void before(@WithSocketServer(transport = TCP) SocketServer server) {}

        @OverIp
        void test(@Endpoint SocketServer server) {}
    }

    static class WithTest {
        @Test
        @EachTransport(TCP)
        void test() {}
    }

    @Test
    @Retention(RetentionPolicy.RUNTIME)
    @interface OwnTest {}

    static class WithOwnTest {
        @OwnTest
        @OverIp
        void test(@Endpoint SocketServer server) {}
    }

    static class WithParameterizedTest {
        @ParameterizedTest
        @ValueSource(ints = 1)
        @EachTransport(TCP)
        void test() {}
    }

    static class WithRepeatedTest {
        @RepeatedTest(2)
        @EachTransport(TCP)
        void test() {}
    }

    static class WithTestFactory {
        @TestFactory
        @EachTransport(TCP)
        Stream<DynamicTest> test() {
            return Stream.empty();
        }
    }

    static class ListedTwice {
        @EachTransport({TCP, TCP6, TCP})
        void test() {}
    }

    static class NoneHasIt {
        @EachTransport
        @WithTls
        @WithSocketServer
        void test(SocketChannel client) {}
    }

    static class TransportOfNothing {
        @Test
        void test(Transport transport) {}
    }

    static class TransportOfAConstructor {
        TransportOfAConstructor(Transport transport) {}

        @EachTransport(TCP)
        void test() {}
    }

    static class TransportOfSomebodyElse {
        @ParameterizedTest
        @ValueSource(strings = "UDP")
        void test(Transport transport, @WithSocketServer SocketServer server) {
            see(TransportOfSomebodyElse.class, transport);
        }
    }
}
