package org.junitsockets.testcontainers.endpoint;

import static org.junitsockets.testcontainers.endpoint.Remote.APP;
import static org.junitsockets.testcontainers.endpoint.Remote.CLASS_PATH;
import static org.junitsockets.testcontainers.endpoint.Remote.FAST;
import static org.junitsockets.testcontainers.endpoint.Remote.FILE;
import static org.junitsockets.testcontainers.endpoint.Remote.JAVA;
import static org.junitsockets.testcontainers.endpoint.Remote.MAIN;
import static org.junitsockets.testcontainers.endpoint.Remote.WORK;

import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.Transport;
import org.junitsockets.jupiter.Connected;
import org.junitsockets.jupiter.Endpoint;
import org.junitsockets.testcontainers.Lifetime;
import org.junitsockets.testcontainers.WithRemoteEndpoint;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;

/** Each one wrong in one way. */
final class MistakeTestCases {

    private MistakeTestCases() {}

    static class NoContainer {
        @Test
        void test(@WithRemoteEndpoint(port = 80) Socket client) {}
    }

    static class TwoContainers {
        @Test
        void test(@WithRemoteEndpoint(image = "a", imageFrom = RuntimeImage.class, port = 80) Socket client) {}
    }

    static class NoPort {
        @Test
        void test(@WithRemoteEndpoint(image = "a", port = 0) Socket client) {}
    }

    static class BadFurtherPort {
        @Test
        void test(@WithRemoteEndpoint(image = "a", port = 80, ports = "dns") Socket client) {}
    }

    static class BadTransport {
        @Test
        void test(@WithRemoteEndpoint(image = "a", port = 80, transport = Transport.UNIX) SocketConnection client) {}
    }

    static class BadDuration {
        @Test
        void test(@WithRemoteEndpoint(image = "a", port = 80, startDeadline = "soon") Socket client) {}
    }

    static class BadGreeting {
        @Test
        void test(@WithRemoteEndpoint(image = "a", port = 80, greeting = "(220") Socket client) {}
    }

    static class NoField {
        static @Nullable Network network;

        @Test
        void test(@WithRemoteEndpoint(container = "redis", port = 80) Socket client) {}
    }

    static class WrongField {
        static final String REDIS = "redis";

        @Test
        void test(@WithRemoteEndpoint(container = "REDIS", port = 80) Socket client) {}
    }

    static class EmptyField {
        static @Nullable GenericContainer<?> redis;

        @Test
        void test(@WithRemoteEndpoint(container = "redis", port = 80) Socket client) {}
    }

    static class SettingsOfAnother {
        @Test
        void test(@WithRemoteEndpoint(container = "redis", port = 80, user = "me") Socket client) {}
    }

    static class FinalField {
        @WithRemoteEndpoint(image = "a", port = 80)
        final Socket client = new Socket();

        @Test
        void test() {}
    }

    @WithRemoteEndpoint(image = "a", port = 80)
    @WithRemoteEndpoint(image = "b", port = 80)
    static class TwoWithoutNames {
        @Test
        void test(Socket client) {}
    }

    static class OfAServer {
        @Test
        @WithRemoteEndpoint(imageFrom = RuntimeImage.class, port = 80)
        void test(@WithRemoteEndpoint(image = "a", port = 80) SocketServer server) {}
    }

    @WithProgram
    static class AServerSocket {
        @Test
        void test(ServerSocket server) {}
    }

    @WithProgram
    static class AnotherObject {
        @Test
        void test(@Endpoint String text) {}
    }

    @WithProgram
    static class AnotherPort {
        @Test
        void test(@Connected("program:1") Socket client) {}
    }

    static class Unshared {
        @Test
        void test(@WithRemoteEndpoint(image = "a", port = 80, exclusive = true) Socket client) {}
    }

    static class NoTest {
        @WithRemoteEndpoint(image = "a", port = 80, lifetime = Lifetime.TEST)
        static Socket client;

        @Test
        void test() {}
    }

    static final class Refusing implements Supplier<String> {
        @Override
        public String get() {
            throw new IllegalStateException("no image today");
        }
    }

    static class BadSupplier {
        @Test
        void test(@WithRemoteEndpoint(imageFrom = Refusing.class, port = 80) Socket client) {}
    }

    /** Nobody listens at that port of this machine, where a registry would be. */
    static class NoImage {
        @Test
        void test(
                @WithRemoteEndpoint(image = "localhost:1/nobody:1", port = 80, startDeadline = "20s") Socket client) {}
    }

    static class BadEnvironment {
        @Test
        void test(@WithRemoteEndpoint(imageFrom = RuntimeImage.class, port = 80, environment = "LANG") Socket client) {}
    }

    static class BadFile {
        @Test
        void test(@WithRemoteEndpoint(imageFrom = RuntimeImage.class, port = 80, files = "x") Socket client) {}
    }

    static class NoFile {
        @Test
        void test(
                @WithRemoteEndpoint(imageFrom = RuntimeImage.class, port = 80, files = "no/such -> /x")
                        Socket client) {}
    }

    static class NoProgram {
        @Test
        void test(
                @WithRemoteEndpoint(imageFrom = RuntimeImage.class, port = 80, command = "/no/such/program-of-mistakes")
                        Socket client) {}
    }

    static class EndsAtOnce {
        @Test
        void test(
                @WithRemoteEndpoint(
                                imageFrom = RuntimeImage.class,
                                port = 7000,
                                command = {JAVA, FAST, CLASS_PATH, APP, MAIN, "exit", "mark-ends"},
                                files = {FILE, WORK})
                        Socket client) {}
    }

    static class NobodyListens {
        @Test
        void test(
                @WithRemoteEndpoint(
                                imageFrom = RuntimeImage.class,
                                port = 7000,
                                startDeadline = "4s",
                                command = {JAVA, FAST, CLASS_PATH, APP, MAIN, "idle", "mark-idle"},
                                files = {FILE, WORK})
                        Socket client) {}
    }

    static class AnotherGreeting {
        @Test
        void test(
                @WithRemoteEndpoint(
                                imageFrom = RuntimeImage.class,
                                port = 7000,
                                startDeadline = "4s",
                                greeting = "SSH-2.0",
                                command = {JAVA, FAST, CLASS_PATH, APP, MAIN, "greet", "mark-greet"},
                                files = {FILE, WORK})
                        Socket client) {}
    }
}
