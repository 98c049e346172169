package org.junitsockets.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsockets.Echo;
import org.junitsockets.Silent;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketPair;
import org.junitsockets.SocketServer;

/** Run by {@link LifecycleTests} only. */
final class LifecycleTestCases {

    private LifecycleTestCases() {}

    /** What was injected, by the class of the test cases. */
    static final Map<Class<?>, List<Object>> SEEN = new ConcurrentHashMap<>();

    static <T> T seen(Class<?> by, T injected) {
        SEEN.computeIfAbsent(by, key -> new CopyOnWriteArrayList<>()).add(injected);
        return injected;
    }

    static void echoes(InetSocketAddress address) throws IOException {
        assertThat(PingClient.echoes(address)).isTrue();
    }

    static void echoes(Socket client) throws IOException {
        client.getOutputStream().write('x');
        assertThat(client.getInputStream().read()).isEqualTo('x');
    }

    // -- parameters --------------------------------------------------------------------------------

    @WithSocketServer(handler = Echo.class)
    static class Parameters {
        private SocketServer ofBeforeEach;

        @BeforeAll
        static void beforeAll(@WithSocketServer(handler = Echo.class) SocketServer own) throws IOException {
            echoes(seen(Parameters.class, own).address());
        }

        @BeforeEach
        void beforeEach(SocketServer server) {
            ofBeforeEach = server;
        }

        @Test
        void one(SocketServer server, Socket client) throws IOException {
            assertThat(server).isSameAs(ofBeforeEach);
            echoes(client);
            seen(Parameters.class, server);
            seen(Parameters.class, client);
        }

        @Test
        void other(
                @Endpoint InetSocketAddress address,
                @Endpoint SocketAddress same,
                @Endpoint URI uri,
                @Port int port,
                SocketConnection client) {
            assertThat(same).isEqualTo(address);
            assertThat(uri).isEqualTo(URI.create("tcp://127.0.0.1:" + port));
            assertThat(address.getPort()).isEqualTo(port);
            client.write("x").expect("x");
            seen(Parameters.class, ofBeforeEach);
        }

        @AfterEach
        void afterEach(SocketServer server, @Connected SocketConnection client) {
            assertThat(server).isSameAs(ofBeforeEach);
            client.write("x").expect("x");
        }
    }

    static class ConstructorPerMethod {
        private final SocketServer server;
        private final Socket client;

        ConstructorPerMethod(@WithSocketServer(handler = Echo.class) SocketServer server, Socket client) {
            this.server = seen(ConstructorPerMethod.class, server);
            this.client = client;
        }

        @Test
        void one() throws IOException {
            echoes(client);
        }

        @Test
        void other() throws IOException {
            echoes(server.address());
        }
    }

    @TestInstance(PER_CLASS)
    @WithSocketServer(handler = Echo.class)
    static class ConstructorPerClass {
        private final SocketServer server;

        ConstructorPerClass(SocketServer server) {
            this.server = seen(ConstructorPerClass.class, server);
        }

        @BeforeAll
        void beforeAll(SocketServer same) {
            assertThat(same).isSameAs(server);
        }

        @Test
        void one(SocketServer same, Socket client) throws IOException {
            assertThat(same).isSameAs(server);
            echoes(client);
        }

        @Test
        void other(SocketServer same) throws IOException {
            assertThat(same).isSameAs(server);
            echoes(server.address());
        }
    }

    // -- fields ------------------------------------------------------------------------------------

    static class Fields {
        @WithSocketServer(handler = Echo.class)
        static SocketServer ofClass;

        @WithSocketServer(handler = Echo.class)
        private SocketServer ofTest;

        @Connected("ofClass")
        private Socket first;

        @Connected("ofTest")
        SocketChannel second;

        @Connected("ofTest")
        protected AsynchronousSocketChannel third;

        @Port("ofTest")
        private int port;

        @Endpoint("ofClass")
        URI uri;

        @RefusedEndpoint
        InetSocketAddress refused;

        @BeforeAll
        static void beforeAll(@Endpoint("ofClass") SocketServer same) {
            assertThat(same).isSameAs(seen(Fields.class, ofClass));
        }

        @Test
        void one() throws IOException {
            check();
        }

        @Test
        void other(@Endpoint("ofTest") SocketServer same) throws IOException {
            assertThat(same).isSameAs(ofTest);
            check();
        }

        private void check() throws IOException {
            assertThat(first.getPort()).isEqualTo(ofClass.port()).isEqualTo(uri.getPort());
            assertThat(second.getRemoteAddress()).isEqualTo(ofTest.address()).isEqualTo(third.getRemoteAddress());
            assertThat(port).isEqualTo(ofTest.port());
            echoes(first);
            seen(Fields.class, ofTest);
            seen(Fields.class, first);
        }

        @AfterAll
        static void stillOpen() throws IOException {
            echoes(ofClass.address());
        }
    }

    @TestInstance(PER_CLASS)
    static class FieldsPerClass {
        @WithSocketServer(handler = Echo.class)
        SocketServer server;

        @Connected("server")
        Socket client;

        @Test
        void one() throws IOException {
            echoes(seen(FieldsPerClass.class, server).address());
        }

        @Test
        void other() throws IOException {
            echoes(seen(FieldsPerClass.class, server).address());
        }

        @AfterAll
        void sameClient() throws IOException {
            echoes(client);
        }
    }

    // -- nested, repeated, parameterised, factories ----------------------------------------------------

    @WithSocketServer(name = "outer", handler = Echo.class)
    static class Outer {
        @WithSocketServer(handler = Echo.class)
        static SocketServer shared;

        @WithSocketServer(handler = Echo.class)
        SocketServer ofTest;

        @BeforeEach
        void outerBeforeEach(@Endpoint("outer") SocketServer server) {
            seen(Outer.class, server);
        }

        @Nested
        class Inner {
            @WithSocketServer(handler = Echo.class)
            SocketServer own;

            @Test
            void one(@Endpoint("outer") SocketServer outer, @Endpoint("shared") SocketServer sameShared)
                    throws IOException {
                assertThat(sameShared).isSameAs(shared);
                assertThat(List.of(outer.port(), shared.port(), ofTest.port(), own.port()))
                        .doesNotHaveDuplicates();
                echoes(outer.address());
                echoes(own.address());
                echoes(ofTest.address());
                seen(Inner.class, own);
            }

            @Nested
            class Innermost {
                @Test
                void one(SocketServer own, @Connected("outer") Socket client) throws IOException {
                    assertThat(own).isSameAs(Inner.this.own);
                    echoes(client);
                    seen(Inner.class, own);
                }
            }
        }

        @Nested
        @TestInstance(PER_CLASS)
        class InnerPerClass {
            @WithSocketServer(handler = Echo.class)
            SocketServer own;

            @Test
            void one() throws IOException {
                echoes(seen(InnerPerClass.class, own).address());
            }

            @Test
            void other() throws IOException {
                echoes(seen(InnerPerClass.class, own).address());
            }
        }
    }

    @WithSocketServer(handler = Echo.class)
    static class Repeated {
        @RepeatedTest(3)
        void repeated(SocketServer server, Socket client) throws IOException {
            echoes(client);
            seen(Repeated.class, server);
        }

        @ParameterizedTest
        @ValueSource(strings = {"a", "b"})
        void parameterized(String text, SocketServer server, SocketConnection client) {
            client.write(text).expect(text);
            seen(Repeated.class, server);
        }
    }

    static class Factory {
        @TestFactory
        @WithSocketServer(handler = Echo.class)
        Stream<DynamicTest> factory(SocketServer server) {
            seen(Factory.class, server);
            return Stream.of("one", "other").map(name -> dynamicTest(name, () -> echoes(server.address())));
        }
    }

    // -- inheritance, interfaces, composed annotations -------------------------------------------------

    @Target({ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE, ElementType.FIELD})
    @Retention(RetentionPolicy.RUNTIME)
    @WithSocketServer(name = "echo", handler = Echo.class)
    @interface WithEcho {}

    @WithSocketServer(name = "inherited")
    @WithSocketServer(name = "replaced")
    abstract static class Base {
        @WithSocketServer(handler = Echo.class)
        static SocketServer ofBase;

        @BeforeEach
        void beforeEach(@Endpoint("replaced") SocketServer server) {
            seen(Derived.class, server);
        }
    }

    @WithEcho
    interface WithEchoOnAnInterface {
        @Test
        default void ofTheInterface(@Connected("echo") SocketConnection client) {
            client.write("x").expect("x");
        }
    }

    @WithSocketServer(name = "replaced", handler = Echo.class)
    static class Derived extends Base implements WithEchoOnAnInterface {
        @Test
        void one(
                @Connected("replaced") SocketConnection first,
                @Connected("ofBase") SocketConnection second,
                @Endpoint("inherited") SocketServer inherited) {
            first.write("x").expect("x");
            second.write("x").expect("x");
            assertThat(inherited.connectionCount()).isZero();
        }
    }

    static class Composed {
        @WithEcho
        @SuppressWarnings("NullAway.Init") // the checker does not look through composed annotations
        SocketServer field;

        @Test
        void onParameter(@WithEcho SocketServer server) throws IOException {
            echoes(server.address());
        }

        @Test
        @WithEcho
        void onMethod(@Connected("echo") Socket client) throws IOException {
            echoes(client);
            echoes(field.address());
        }
    }

    // -- pairs, several clients, concurrency -----------------------------------------------------------

    @WithSocketPair
    static class Pairs {
        @WithSocketPair
        static SocketPair ofClass;

        @Test
        void one(SocketPair pair, @WithSocketPair SocketPair other) {
            for (SocketPair one : List.of(pair, other, ofClass)) {
                one.server().write("x");
                one.client().expect("x");
                seen(Pairs.class, one.client().localAddress());
            }
        }
    }

    @WithSocketServer
    static class PairOfAServer {
        @Test
        void one(SocketPair pair, SocketServer server, @Connected SocketConnection stranger) {
            pair.client().write("x");
            pair.server().expect("x");
            assertThat(server.accept().remoteAddress()).isEqualTo(stranger.localAddress());
        }
    }

    @WithSocketServer
    static class SeveralClients {
        @Test
        void raw(ServerSocket server, Socket first, Socket second) throws IOException {
            try (Socket one = server.accept();
                    Socket two = server.accept()) {
                assertThat(one.getRemoteSocketAddress()).isEqualTo(first.getLocalSocketAddress());
                assertThat(two.getRemoteSocketAddress()).isEqualTo(second.getLocalSocketAddress());
            }
        }
    }

    @WithSocketServer(handler = Echo.class)
    static class Concurrent {
        static final CyclicBarrier TOGETHER = new CyclicBarrier(4);

        @WithSocketServer(handler = Echo.class)
        SocketServer field;

        @WithSocketServer(handler = Echo.class)
        static SocketServer shared;

        @RepeatedTest(4)
        void together(
                @Endpoint("shared") SocketServer same, @Port("field") int port, @Endpoint("field") SocketServer own)
                throws Exception {
            TOGETHER.await();
            assertThat(same).isSameAs(shared);
            assertThat(port).isEqualTo(field.port());
            assertThat(own).isSameAs(field);
            echoes(field.address());
            echoes(shared.address());
            seen(Concurrent.class, port);
            TOGETHER.await();
        }
    }

    abstract static class SharedStaticField {
        @WithSocketServer(handler = Echo.class)
        static SocketServer shared;

        @Test
        void test() throws IOException {
            echoes(shared.address());
        }
    }

    static class OneOfTwo extends SharedStaticField {}

    static class OtherOfTwo extends SharedStaticField {}

    static class WithinOne extends SharedStaticField {
        @Nested
        class Inner extends SharedStaticField {}
    }

    // -- what is around a test, and what a method declares --------------------------------------------

    @WithSocketServer(name = "x", handler = Silent.class)
    abstract static class BaseWithNested {
        @Nested
        class Inherited {
            @Test
            void test(@Connected("x") SocketConnection client) {
                client.write("x").expect("x");
            }
        }
    }

    @WithSocketServer(name = "x", handler = Echo.class)
    static class InheritsNested extends BaseWithNested {}

    abstract static class BaseOfBoth {
        @WithSocketServer(handler = Echo.class)
        SocketServer server;

        @Connected("server")
        Socket client;

        @BeforeEach
        void ofEachInstance(@WithSocketServer(name = "own") SocketServer own) {
            seen(BaseOfBoth.class, own);
        }
    }

    static class InheritsTheSameAsItsNested extends BaseOfBoth {
        @Nested
        class Inner extends BaseOfBoth {
            @Test
            void test(@Endpoint("server") SocketServer same, @Connected("server") Socket third) {
                InheritsTheSameAsItsNested outer = InheritsTheSameAsItsNested.this;
                assertThat(same).isSameAs(server).isNotSameAs(outer.server);
                assertThat(client.getPort()).isEqualTo(server.port()).isEqualTo(third.getPort());
                assertThat(outer.client.getPort()).isEqualTo(outer.server.port());
            }
        }
    }

    /** As Kotlin may compile {@code class AnnotatedTwice(@WithSocketServer val server: SocketServer)}. */
    static class AnnotatedTwice {
        @WithSocketServer(handler = Echo.class)
        private final SocketServer server;

        AnnotatedTwice(@WithSocketServer(handler = Echo.class) SocketServer server) {
            this.server = server;
        }

        @Test
        void test() throws IOException {
            echoes(server.address());
        }
    }

    @WithSocketServer(name = "x")
    @WithSocketServer(name = "y")
    static class InnermostLevel {
        @Connected
        Socket field;

        @Test
        @WithSocketServer(name = "x")
        void test(
                @WithSocketServer(name = "own") SocketServer own,
                Socket ofOwn,
                @Connected("x") Socket ofMethod,
                @Endpoint("x") SocketServer method) {
            assertThat(ofOwn.getPort()).isEqualTo(own.port());
            assertThat(method.toString()).contains("on method ");
            assertThat(ofMethod.getPort()).isEqualTo(field.getPort()).isEqualTo(method.port());
        }
    }

    static class OwnDeadline {
        @Test
        void test(@WithSocketServer(deadline = "1s") ServerSocket server, Socket client) throws IOException {
            seen(OwnDeadline.class, server.getSoTimeout());
            seen(OwnDeadline.class, client.getSoTimeout());
        }
    }

    @WithSocketServer(handler = Echo.class)
    static class AnnotatedByOthers {
        @RegisterExtension
        static final ParameterResolver OTHER = new ParameterResolver() {
            @Override
            public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
                return parameter.isAnnotated(Theirs.class);
            }

            @Override
            public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
                return new Socket();
            }
        };

        @Target(ElementType.PARAMETER)
        @Retention(RetentionPolicy.RUNTIME)
        @interface Theirs {}

        @Target(ElementType.PARAMETER)
        @Retention(RetentionPolicy.RUNTIME)
        @interface Nonnull {}

        @Test
        void test(@Theirs Socket theirs, @Nonnull Socket ours) throws IOException {
            assertThat(theirs.isConnected()).isFalse();
            echoes(ours);
        }
    }

    record RecordOfAServer(
            @WithSocketServer(handler = Echo.class) SocketServer server) {
        @Test
        void test() throws IOException {
            echoes(server.address());
        }
    }

    static class OfTheMethod {
        private final ServerSocket ofConstructor;

        @Connected
        Socket field;

        OfTheMethod(ServerSocket server) {
            this.ofConstructor = server;
        }

        @Test
        @WithSocketServer
        void test(ServerSocket server) throws IOException {
            assertThat(server).isSameAs(ofConstructor);
            try (Socket accepted = server.accept()) {
                assertThat(accepted.getRemoteSocketAddress()).isEqualTo(field.getLocalSocketAddress());
            }
        }
    }
}
