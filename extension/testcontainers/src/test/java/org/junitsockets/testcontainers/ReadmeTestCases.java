package org.junitsockets.testcontainers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junitsockets.Location.CONTAINER;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junitsockets.Echo;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.Endpoint;
import org.junitsockets.jupiter.WithSocketServer;

/** What README shows of containers. */
final class ReadmeTestCases {

    private ReadmeTestCases() {}

    static class InAContainer {

        // tag::location[]
        @Test
        @WithSocketServer(handler = Echo.class, location = CONTAINER) // or the parameter, for all of them
        void echoes(Socket client) throws IOException {
            client.getOutputStream().write('x');
            assertThat(client.getInputStream().read()).isEqualTo('x');
        }
        // end::location[]
    }

    /** Compiled; a registry is needed to run it. */
    static class Redis {

        // tag::remote-endpoint[]
        @Test
        void answersPings(@WithRemoteEndpoint(image = "redis:7.4", port = 6379) SocketConnection client) {
            client.write("PING\r\n").expectLine("+PONG");
        }
        // end::remote-endpoint[]
    }

    static class CalledBack {

        // tag::from-a-container[]
        @Test
        void isCalledBack(@WithSocketServer SocketServer server, @Endpoint(from = CONTAINER) URI forTheContainer) {
            server.onConnection(peer -> peer.expectLine("hello").write("hello yourself\r\n"));

            theProgramInTheContainer(forTheContainer); // connects to it, and says hello
        }
        // end::from-a-container[]

        private static void theProgramInTheContainer(URI address) {
            try (Socket socket = new Socket(address.getHost(), address.getPort())) {
                socket.getOutputStream().write("hello\r\n".getBytes(US_ASCII));
                assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("hello yourself\r\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
