package org.junitsockets.samples.messaging;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitsockets.Ending;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * The first words: the server says who it is, and the client who it is; then a PING and its PONG show
 * that both have understood.
 *
 * <p>Hand-written servers say the one INFO that somebody copied from a terminal. What the client does
 * with any other, nobody has seen.
 */
@SuppressWarnings("try") // a client whose close() can be interrupted
class HandshakeTests {

    private final NatsEvents events = new NatsEvents();

    @Test
    void introducesItself(@WithSocketServer SocketServer server) throws Exception {
        server.onConnection(NatsScript.begin()
                .say(NatsScript.INFO)
                .andThen(peer -> assertThat(peer.readLine())
                        .startsWith("CONNECT {")
                        .contains("\"lang\":\"java\"", "\"name\":\"orders\"", "\"verbose\":false")
                        .contains("\"user\":\"ada\"", "\"pass\":\"secret\"")
                        .endsWith("}"))
                .expect("PING")
                .say("PONG")
                .andThen(SocketConnection::expectEnd));

        Options options = NatsClients.once(events, server)
                .connectionName("orders")
                .userInfo("ada", "secret")
                .build();
        try (Connection connection = Nats.connect(options)) {
            assertThat(connection.getStatus()).isEqualTo(Connection.Status.CONNECTED);
            assertThat(connection.getServerInfo().getServerId()).isEqualTo("scripted");
            assertThat(connection.getMaxPayload()).isEqualTo(1024 * 1024);
        }
        events.expect("CONNECTED", "CLOSED");
    }

    /** Not an INFO, not a whole one, none at all, and one with something behind it. */
    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "'HELLO\r\n', IOException: Received non-info initial message.",
        "'INFO\r\n', IllegalArgumentException: Invalid Server Info",
        "'INFO {\"server_id\":\r\n', IllegalArgumentException: Invalid Server Info Json",
        "'INFO {}\rPING\r\n', IOException: Missed LF after CR waiting for INFO.",
        "'INFO {}\r\nPING\r\n', IOException: Read past initial info message."
    })
    void hangsUpOnAnythingButAnInfo(String said, String told, @WithSocketServer SocketServer server) throws Exception {
        server.onConnection(peer -> peer.write(said).expectReset()); // and does not introduce itself

        expectNoConnection(server, told);
    }

    @ParameterizedTest
    @CsvSource({"FIN, IOException: Failed to read initial info message.", "RST, SocketException"})
    void aServerThatHangsUpFirst(Ending ending, String told, @WithSocketServer SocketServer server) throws Exception {
        server.onConnection(NatsScript.begin().hangUp(ending));

        expectNoConnection(server, told);
    }

    /** Why, only the listener is told: the exception is the same each time. */
    private void expectNoConnection(SocketServer server, String told) throws InterruptedException {
        Options options = NatsClients.once(events, server).build();
        assertThatThrownBy(() -> Nats.connect(options))
                .isInstanceOf(IOException.class)
                .hasMessage("Unable to connect to NATS servers: [" + server.uri("nats") + "]")
                .hasNoCause();
        events.expect(told, "DISCONNECTED", "CLOSED");
    }
}
