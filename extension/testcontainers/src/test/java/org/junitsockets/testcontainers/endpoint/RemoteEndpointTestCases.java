package org.junitsockets.testcontainers.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitsockets.Transport.TCP;
import static org.junitsockets.Transport.TCP6;
import static org.junitsockets.Transport.TLS;
import static org.junitsockets.Transport.UDP;
import static org.junitsockets.testcontainers.endpoint.Remote.APP;
import static org.junitsockets.testcontainers.endpoint.Remote.CLASS_PATH;
import static org.junitsockets.testcontainers.endpoint.Remote.FAST;
import static org.junitsockets.testcontainers.endpoint.Remote.FILE;
import static org.junitsockets.testcontainers.endpoint.Remote.JAVA;
import static org.junitsockets.testcontainers.endpoint.Remote.MAIN;
import static org.junitsockets.testcontainers.endpoint.Remote.WORK;

import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.Tls;
import org.junitsockets.Transport;
import org.junitsockets.jupiter.Connected;
import org.junitsockets.jupiter.EachTransport;
import org.junitsockets.jupiter.Endpoint;
import org.junitsockets.jupiter.Port;
import org.junitsockets.jupiter.WithSocketClients;
import org.junitsockets.jupiter.WithTls;
import org.junitsockets.testcontainers.Lifetime;
import org.junitsockets.testcontainers.WithRemoteEndpoint;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.WaitingConsumer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.MountableFile;

/** Test classes with remote endpoints. Which containers they had is noted by the class. */
final class RemoteEndpointTestCases {

    static final Map<Class<?>, Set<String>> CONTAINERS = new ConcurrentHashMap<>();

    private RemoteEndpointTestCases() {}

    private static void note(Class<?> cases, GenericContainer<?> container) {
        CONTAINERS.computeIfAbsent(cases, any -> ConcurrentHashMap.newKeySet()).add(container.getContainerId());
    }

    private static String ask(SocketConnection client, String question) {
        return String.valueOf(client.write(question + "\n").readLine());
    }

    private static String read(InputStream in, int count) throws IOException {
        return new String(in.readNBytes(count), US_ASCII);
    }

    @WithProgram
    static class EveryClient {
        @Test
        void ofStreams(
                SocketConnection connection,
                Socket socket,
                SocketChannel channel,
                AsynchronousSocketChannel asynchronous,
                @Endpoint InetSocketAddress address,
                @Port int port,
                @Endpoint(scheme = "echo") URI uri,
                @Endpoint GenericContainer<?> container,
                @WithSocketClients SocketClients clients)
                throws Exception {
            note(EveryClient.class, container);
            connection.write("ECHO a\n").expectLine("a");
            socket.getOutputStream().write("ECHO b\n".getBytes(US_ASCII));
            assertThat(read(socket.getInputStream(), 2)).isEqualTo("b\n");
            channel.write(ByteBuffer.wrap("ECHO c\n".getBytes(US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(1);
            channel.read(answer);
            assertThat(answer.get(0)).isEqualTo((byte) 'c');
            asynchronous.write(ByteBuffer.wrap("ECHO d\n".getBytes(US_ASCII))).get();
            asynchronous.read(answer.clear()).get();
            assertThat(answer.get(0)).isEqualTo((byte) 'd');
            assertThat(port).isEqualTo(address.getPort());
            assertThat(uri).hasToString("echo://" + address.getAddress().getHostAddress() + ":" + port);
            clients.connect(address).write("ECHO e\n").expectLine("e");
        }

        @Test
        void aResetAndARefusalAreWhatTheyAreHere(
                @Connected("program") SocketConnection client, @Endpoint InetSocketAddress address) {
            client.write("RST\n");
            assertThatThrownBy(client::readLine).hasRootCauseInstanceOf(SocketException.class);
            assertThatThrownBy(() -> new Socket(address.getAddress(), 6999)).isInstanceOf(ConnectException.class);
        }

        @Test
        void ofFurtherPorts(
                @Connected("program") SocketConnection client,
                @Connected("program:7001") SocketConnection second,
                @Port("program:7001") int port,
                @Connected("program:7000/udp") DatagramSocket socket,
                @Connected("program:7000/udp") DatagramChannel channel,
                @Connected("program:7000/udp") SocketConnection datagrams)
                throws IOException {
            second.expectLine(ask(client, "ID"));
            assertThat(port).isPositive();
            socket.send(new DatagramPacket("x".getBytes(US_ASCII), 1));
            DatagramPacket answer = new DatagramPacket(new byte[9], 9);
            socket.receive(answer);
            assertThat(answer.getLength()).isEqualTo(1);
            channel.write(ByteBuffer.wrap(new byte[] {'y', 'z'}));
            ByteBuffer other = ByteBuffer.allocate(9);
            channel.read(other);
            assertThat(other.position()).isEqualTo(2);
            datagrams.write("who?").expectMessage("who?");
        }
    }

    static class Settings {
        @Test
        @WithRemoteEndpoint(
                imageFrom = RuntimeImage.class,
                port = 7000,
                command = {JAVA, FAST, CLASS_PATH, APP, MAIN, "serve", "settings"},
                environment = "COLOUR=green = blue",
                files = {FILE, WORK, "endpoint/greeting.txt -> /etc/greeting"},
                user = "1000:1000")
        void reachTheProgram(SocketConnection client, @Endpoint GenericContainer<?> container) {
            note(Settings.class, container);
            assertThat(ask(client, "ENV COLOUR")).isEqualTo("green = blue");
            assertThat(ask(client, "FILE /etc/greeting")).isEqualTo("welcome");
            assertThat(ask(client, "UID")).isEqualTo("1000");
        }
    }

    @WithProgram
    static class ByPlace {
        @WithRemoteEndpoint(
                imageFrom = RuntimeImage.class,
                port = 7000,
                command = {JAVA, FAST, CLASS_PATH, APP, MAIN, "serve", "static"},
                files = {FILE, WORK})
        static GenericContainer<?> ofClass;

        static final Set<String> OF_CLASS = ConcurrentHashMap.newKeySet();
        static final Set<String> OF_TESTS = ConcurrentHashMap.newKeySet();

        @Connected("program")
        SocketConnection ofTest;

        @BeforeEach
        void sees(
                @Connected("program") SocketConnection same,
                @Connected("ofClass") SocketConnection other,
                @Endpoint("program") GenericContainer<?> container) {
            note(ByPlace.class, container);
            note(ByPlace.class, ofClass);
            OF_CLASS.add(ask(other, "ID"));
            OF_TESTS.add(ask(same, "ID"));
        }

        @RepeatedTest(2)
        void eachTestHasItsOwn() {
            assertThat(OF_TESTS).contains(ask(ofTest, "ID"));
        }

        @Nested
        class Within {
            @Test
            void soDoesANestedOne() {
                assertThat(OF_TESTS).contains(ask(ofTest, "ID"));
            }
        }
    }

    @WithRemoteEndpoint(
            imageFrom = RuntimeImage.class,
            port = 7000,
            command = {JAVA, FAST, CLASS_PATH, APP, MAIN, "serve", "class"},
            files = {FILE, WORK},
            lifetime = Lifetime.CLASS)
    static class OfTheClass {
        static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

        private final SocketConnection ofConstructor;

        OfTheClass(SocketConnection ofConstructor) {
            this.ofConstructor = ofConstructor;
        }

        @BeforeAll
        static void before(SocketConnection client, @Endpoint GenericContainer<?> container) {
            note(OfTheClass.class, container);
            SEEN.add(ask(client, "ID"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"a", "b"})
        void allHaveTheSame(String argument, SocketConnection client) {
            assertThat(argument).isNotEmpty();
            SEEN.add(ask(client, "ID"));
            SEEN.add(ask(ofConstructor, "ID"));
        }

        @Nested
        class Within {
            @Test
            void nestedOnesToo(SocketConnection client) {
                SEEN.add(ask(client, "ID"));
            }
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class PerClass {
        static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

        @WithRemoteEndpoint(
                imageFrom = RuntimeImage.class,
                port = 7000,
                command = {JAVA, FAST, CLASS_PATH, APP, MAIN, "serve", "perclass"},
                files = {FILE, WORK})
        GenericContainer<?> container;

        @RepeatedTest(2)
        void allHaveTheSame(@Connected("container") SocketConnection client) {
            note(PerClass.class, container);
            SEEN.add(ask(client, "ID"));
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    @WithRemoteEndpoint(
            imageFrom = RuntimeImage.class,
            port = 7000,
            command = {JAVA, FAST, CLASS_PATH, APP, MAIN, "serve", "constructor"},
            files = {FILE, WORK},
            lifetime = Lifetime.CLASS)
    static class ConstructedOnce {
        static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

        private final SocketConnection ofConstructor;

        ConstructedOnce(SocketConnection ofConstructor, @Endpoint GenericContainer<?> container) {
            this.ofConstructor = ofConstructor;
            note(ConstructedOnce.class, container);
        }

        @RepeatedTest(2)
        void hasOneConnection(SocketConnection ofTest) {
            SEEN.add(ask(ofConstructor, "ID"));
            SEEN.add(ask(ofTest, "ID"));
        }
    }

    static final Set<String> OF_SESSION = ConcurrentHashMap.newKeySet();

    @Retention(RetentionPolicy.RUNTIME)
    @WithRemoteEndpoint(
            name = "session",
            imageFrom = RuntimeImage.class,
            port = 7000,
            command = {JAVA, FAST, CLASS_PATH, APP, MAIN, "serve", "session"},
            files = {FILE, WORK},
            lifetime = Lifetime.SESSION)
    @interface WithSharedProgram {}

    @WithSharedProgram
    static class OfTheSession {
        @RepeatedTest(3)
        void someHave(SocketConnection client, @Endpoint GenericContainer<?> container) {
            note(OfTheSession.class, container);
            OF_SESSION.add(ask(client, "ID"));
        }
    }

    static class OfTheSessionToo {
        @Test
        @WithSharedProgram
        void othersHave(SocketConnection client) {
            OF_SESSION.add(ask(client, "ID"));
        }
    }

    /** At most one at a time has a container that it wants for itself. */
    static class Alone {
        static final AtomicInteger USERS = new AtomicInteger();
        static final AtomicInteger MOST = new AtomicInteger();

        @RepeatedTest(6)
        @WithRemoteEndpoint(
                imageFrom = RuntimeImage.class,
                port = 7000,
                command = {JAVA, FAST, CLASS_PATH, APP, MAIN, "serve", "alone"},
                files = {FILE, WORK},
                lifetime = Lifetime.SESSION,
                exclusive = true)
        void hasIt(SocketConnection client, @Endpoint GenericContainer<?> container) {
            note(Alone.class, container);
            MOST.accumulateAndGet(USERS.incrementAndGet(), Math::max);
            ask(client, "ID");
            USERS.decrementAndGet();
        }
    }

    static class Holding {
        static final CountDownLatch HELD = new CountDownLatch(1);
        static final CountDownLatch REFUSED = new CountDownLatch(1);

        @Test
        @WithRemoteEndpoint(
                name = "held",
                imageFrom = RuntimeImage.class,
                port = 7000,
                command = {JAVA, FAST, CLASS_PATH, APP, MAIN, "serve", "held"},
                files = {FILE, WORK},
                lifetime = Lifetime.SESSION,
                exclusive = true)
        void hasIt(SocketConnection client, @Endpoint GenericContainer<?> container) throws InterruptedException {
            note(Holding.class, container);
            HELD.countDown();
            assertThat(REFUSED.await(60, SECONDS)).isTrue();
            client.write("ECHO a\n").expectLine("a");
        }
    }

    static class TooLate {
        @BeforeAll
        static void untilItIsHeld() throws InterruptedException {
            assertThat(Holding.HELD.await(60, SECONDS)).isTrue();
        }

        @Test
        @WithRemoteEndpoint(
                name = "late",
                imageFrom = RuntimeImage.class,
                port = 7000,
                command = {JAVA, FAST, CLASS_PATH, APP, MAIN, "serve", "held"},
                files = {FILE, WORK},
                lifetime = Lifetime.SESSION,
                startDeadline = "200ms")
        void hasItNot(SocketConnection client) {}

        @AfterAll
        static void tells() {
            Holding.REFUSED.countDown();
        }
    }

    static class Impatient {
        @Test
        @WithRemoteEndpoint(
                imageFrom = RuntimeImage.class,
                port = 7000,
                command = {JAVA, FAST, CLASS_PATH, APP, MAIN, "serve", "impatient"},
                files = {FILE, WORK},
                deadline = "321ms")
        void waits(SocketConnection client, @Endpoint GenericContainer<?> container) {
            note(Impatient.class, container);
            client.expectLine("what nobody says");
        }
    }

    static class AloneAmongShared {
        @WithRemoteEndpoint(
                imageFrom = RuntimeImage.class,
                port = 7000,
                command = {JAVA, FAST, CLASS_PATH, APP, MAIN, "serve", "shared"},
                files = {FILE, WORK},
                lifetime = Lifetime.SESSION)
        static SocketConnection ofClass;

        @Test
        @WithRemoteEndpoint(
                imageFrom = RuntimeImage.class,
                port = 7000,
                command = {JAVA, FAST, CLASS_PATH, APP, MAIN, "serve", "shared"},
                files = {FILE, WORK},
                lifetime = Lifetime.SESSION,
                exclusive = true)
        void cannotBe(SocketConnection client) {}
    }

    @WithTls(names = "program.test")
    @WithRemoteEndpoint(
            imageFrom = RuntimeImage.class,
            port = 7000,
            command = {JAVA, FAST, CLASS_PATH, APP, MAIN, "tls", "tls"},
            files = {FILE, WORK})
    static class WithTheIdentity {
        @Test
        void clientsTrustIt(
                SocketConnection client,
                SSLSocket socket,
                @Endpoint SSLContext context,
                @Endpoint InetSocketAddress address,
                @Endpoint X509Certificate certificate,
                @Endpoint Path authority,
                @Endpoint Tls tls,
                @Endpoint GenericContainer<?> container)
                throws Exception {
            note(WithTheIdentity.class, container);
            client.write("ECHO a\n").expectLine("a");
            socket.getOutputStream().write("ECHO b\n".getBytes(US_ASCII));
            assertThat(read(socket.getInputStream(), 2)).isEqualTo("b\n");
            assertThat(socket.getSession().getPeerCertificates()[0]).isEqualTo(certificate);
            try (SSLSocket own = (SSLSocket)
                    context.getSocketFactory().createSocket(address.getAddress().getHostAddress(), address.getPort())) {
                SSLParameters parameters = own.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                own.setSSLParameters(parameters);
                own.getOutputStream().write("ECHO c\n".getBytes(US_ASCII));
                assertThat(read(own.getInputStream(), 2)).isEqualTo("c\n");
            }
            assertThat(authority).exists();
            assertThat(tls.certificate()).isEqualTo(certificate);
        }
    }

    static class OverEach {
        static final Set<Transport> SEEN = ConcurrentHashMap.newKeySet();

        @EachTransport({TCP, UDP, TCP6})
        @WithRemoteEndpoint(
                imageFrom = RuntimeImage.class,
                port = 7000,
                transport = {TCP, UDP, TCP6},
                command = {JAVA, FAST, CLASS_PATH, APP, MAIN, "serve", "each"},
                files = {FILE, WORK})
        void talks(SocketConnection client, Transport transport, @Endpoint GenericContainer<?> container) {
            note(OverEach.class, container);
            SEEN.add(transport);
            client.write("ECHO a\n");
            if (transport == UDP) {
                client.expectMessage("ECHO a\n");
            } else {
                client.expectLine("a");
            }
        }
    }

    @WithProgram
    static class OverWhatNobodySaid {
        @EachTransport({TCP, TLS})
        void talks(SocketConnection client) {
            client.write("ECHO a\n").expectLine("a");
        }

        @Test
        void chosenByAParameter(SocketConnection client) {
            client.write("ECHO a\n").expectLine("a");
        }
    }

    static class Greeting {
        @Test
        @WithRemoteEndpoint(
                imageFrom = RuntimeImage.class,
                port = 7000,
                greeting = "220 ",
                command = {JAVA, FAST, CLASS_PATH, APP, MAIN, "greet", "greeting"},
                files = {FILE, WORK})
        void isWaitedFor(SocketConnection client, @Endpoint GenericContainer<?> container) {
            note(Greeting.class, container);
            client.expectLine("220 at your service");
        }
    }

    /** A container that somebody else made. */
    static GenericContainer<?> made(String mark) {
        GenericContainer<?> container = new GenericContainer<>(new RuntimeImage().get())
                .withCommand(JAVA, FAST, CLASS_PATH, APP, MAIN, "serve", mark)
                .waitingFor(new AbstractWaitStrategy() {
                    @Override
                    protected void waitUntilReady() {}
                });
        for (String file : new String[] {FILE, WORK}) {
            String[] fromTo = file.split(" -> ", 2);
            container.withCopyFileToContainer(MountableFile.forClasspathResource(fromTo[0]), fromTo[1]);
        }
        return container;
    }

    static class InAField {
        static GenericContainer<?> ofClass = made("static-field");

        final GenericContainer<?> ofTest = made("instance-field");

        @Test
        void isStartedAndStopped(
                @WithRemoteEndpoint(name = "one", container = "ofClass", port = 7000) SocketConnection client,
                @WithRemoteEndpoint(name = "other", container = "ofTest", port = 7000) SocketConnection other,
                @Endpoint("other") GenericContainer<?> injected) {
            note(InAField.class, ofClass);
            note(InAField.class, ofTest);
            assertThat(injected).isSameAs(ofTest);
            assertThat(ask(client, "ID")).isNotEqualTo(ask(other, "ID"));
        }
    }

    /** One that all tests of an application have. */
    static final class Bean implements Supplier<GenericContainer<?>> {
        static final GenericContainer<?> CONTAINER = made("bean");

        @Override
        public GenericContainer<?> get() {
            return CONTAINER;
        }
    }

    @WithRemoteEndpoint(containerFrom = Bean.class, port = 7000)
    static class OfABean {
        static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

        @RepeatedTest(2)
        void isNotOurs(SocketConnection client) {
            SEEN.add(ask(client, "ID"));
        }
    }

    static class Aliases {
        @Test
        @WithRemoteEndpoint(
                name = "one",
                imageFrom = RuntimeImage.class,
                port = 7000,
                networkAliases = "one",
                command = {JAVA, FAST, CLASS_PATH, APP, MAIN, "serve", "aliases"},
                files = {FILE, WORK})
        @WithRemoteEndpoint(
                name = "other",
                imageFrom = RuntimeImage.class,
                port = 7000,
                networkAliases = "other",
                command = {JAVA, FAST, CLASS_PATH, APP, MAIN, "serve", "aliases"},
                files = {FILE, WORK})
        void areFound(
                @Connected("one") SocketConnection one,
                @Connected("other") SocketConnection other,
                @Endpoint("one") GenericContainer<?> container) {
            note(Aliases.class, container);
            assertThat(ask(one, "RESOLVE other")).isEqualTo("found");
            assertThat(ask(other, "RESOLVE one")).isEqualTo("found");
        }
    }

    @WithProgram
    static class Failing {
        @Test
        void shows(SocketConnection client, @Endpoint GenericContainer<?> container) throws TimeoutException {
            note(Failing.class, container);
            WaitingConsumer log = new WaitingConsumer(); // the engine has it a little later than the program says it
            container.followOutput(log);
            client.write("ECHO a\n");
            log.waitUntil(frame -> frame.getUtf8String().contains("asked for ECHO"), 20, TimeUnit.SECONDS);
            client.expectLine("b");
        }
    }
}
