package org.junitsockets.benchmarks.remote;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junitsockets.Echo;
import org.junitsockets.SocketServer;
import org.junitsockets.benchmarks.socket.OneByte;
import org.junitsockets.jupiter.WithSocketServer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The test classes that are run. None of the library's says where its server is. */
final class Suites {

    static final int TESTS = 50;

    /** What {@link ContainerForEach} makes its containers of. */
    static final String IMAGE = "benchmark.container.image";

    /** And where the Java runtime is in it. */
    static final String JAVA = "benchmark.container.java";

    private Suites() {}

    static final class One {
        @Test
        @WithSocketServer(handler = Echo.class)
        void served(Socket client) throws IOException {
            OneByte.thereAndBack(client);
        }
    }

    static final class Many {
        @RepeatedTest(TESTS)
        @WithSocketServer(handler = Echo.class)
        void served(Socket client) throws IOException {
            OneByte.thereAndBack(client);
        }
    }

    /** A lambda, which stays here wherever its connection is. */
    static final class Scripted {
        @RepeatedTest(TESTS)
        void scripted(@WithSocketServer SocketServer server, Socket client) throws IOException {
            server.onConnection(peer -> peer.expectLine("ping").write("pong\n"));
            client.getOutputStream().write("ping\n".getBytes(US_ASCII));
            String answer = new String(client.getInputStream().readNBytes(5), US_ASCII);
            if (!answer.equals("pong\n")) {
                throw new IOException("the answer: found '" + answer + "' (expected: 'pong\\n')");
            }
        }
    }

    /** What one does without the library: a container for each test. */
    @Testcontainers
    static final class ContainerForEach {
        @Container
        private final EchoContainer echo = new EchoContainer(System.getProperty(IMAGE), System.getProperty(JAVA));

        @Test
        void served() throws IOException {
            try (Socket client = echo.connect()) {
                OneByte.thereAndBack(client);
            }
        }
    }
}
