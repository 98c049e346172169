package org.junitsockets.jupiter;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junitsockets.Transport;
import org.junitsockets.verdict.Scope;

/** What is injected as a socket of the JDK's is recorded, and does not show it. */
class InjectedSocketsTests {

    /** Looks at what was recorded while the scope is open. */
    static final class Look implements AfterTestExecutionCallback {

        @Override
        public void afterTestExecution(ExtensionContext context) {
            Scope scope = StoredScope.find(context).orElseThrow().scope();
            assertThat(scope.conversations().toString()) // of a package that is not exported to here
                    .contains("label=connection 1 of server ", "state=ended by the other side (FIN)")
                    .containsOnlyOnce("label=")
                    .containsSubsequence("server: accepted", "4 bytes \"ping\"", "4 bytes \"pong\"", "FIN");
            assertThat(scope.notRecorded()).isEmpty();
        }
    }

    @Test
    @WithSocketServer
    @ExtendWith(Look.class)
    void overIPv4(ServerSocket server, Socket client) throws IOException {
        talk(server, client);
    }

    @Test
    @WithSocketServer(transport = Transport.TCP6)
    @ExtendWith(Look.class)
    void overIPv6(Socket client, ServerSocket server) throws IOException {
        talk(server, client);
    }

    private static void talk(ServerSocket server, Socket client) throws IOException {
        Socket accepted = server.accept();
        client.getOutputStream().write("ping".getBytes(US_ASCII));
        assertThat(new String(accepted.getInputStream().readNBytes(4), US_ASCII))
                .isEqualTo("ping");
        accepted.getOutputStream().write("pong".getBytes(US_ASCII));
        client.shutdownOutput();
        assertThat(new String(client.getInputStream().readNBytes(4), US_ASCII)).isEqualTo("pong");
        assertThat(accepted.getInputStream().read()).isEqualTo(-1);
        assertThat(client)
                .hasToString("Socket[addr=" + accepted.getLocalAddress() + ",port=" + server.getLocalPort()
                        + ",localport=" + accepted.getPort() + "]");
        assertThat(server)
                .hasToString(
                        "ServerSocket[addr=" + server.getInetAddress() + ",localport=" + server.getLocalPort() + "]");
        assertThat(client.getChannel()).isNull();
        assertThat(client.getSoTimeout()).isEqualTo(5000);
        assertThat(accepted.getSoTimeout()).as("not the library's to set").isZero();
    }
}
