package org.junitsockets.samples.messaging;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import io.nats.client.Connection;
import io.nats.client.Nats;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitsockets.Ending;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * What goes wrong with a connection that stood: some of it is for the listener, some is the end.
 *
 * <p>Hand-written servers do what their protocol says, or close. An error that the client survives,
 * and a server that is there and says nothing any more, do not come up.
 */
@SuppressWarnings("try") // a client whose close() can be interrupted
class ServerErrorTests {

    private final NatsEvents events = new NatsEvents();

    /** A subject that is not allowed does not cost the connection. */
    @Test
    void aRefusedMessageIsToldAndNoMore(@WithSocketServer SocketServer server) throws Exception {
        server.onConnection(NatsScript.begin()
                .handshake()
                .expect("PUB secrets 1", "?")
                .say("-ERR 'Permissions Violation for Publish to \"secrets\"'")
                .expect("PUB greetings 1", "!", "PING")
                .say("PONG")
                .andThen(SocketConnection::expectEnd));

        try (Connection connection =
                Nats.connect(NatsClients.once(events, server).build())) {
            connection.publish("secrets", "?".getBytes(US_ASCII));
            events.expect("CONNECTED", "Permissions Violation for Publish to \"secrets\"");
            assertThat(connection.getLastError()).startsWith("Permissions Violation");
            connection.publish("greetings", "!".getBytes(US_ASCII));
            connection.flush(Duration.ofSeconds(5));
        }
        events.expect("CLOSED");
    }

    /** An error that costs it: the reason, and then the end, are two events. */
    @ParameterizedTest
    @CsvSource({"FIN, IOException: Read channel closed.", "RST, SocketException"})
    void anErrorAndTheEnd(Ending ending, String told, @WithSocketServer SocketServer server) throws Exception {
        server.onConnection(NatsScript.begin()
                .handshake()
                .expect("PUB greetings 1", "!")
                .say("-ERR 'Unknown Protocol Operation'")
                .hangUp(ending));

        try (Connection connection =
                Nats.connect(NatsClients.once(events, server).build())) {
            connection.publish("greetings", "!".getBytes(US_ASCII));
            events.expect("CONNECTED", "Unknown Protocol Operation", told, "DISCONNECTED", "CLOSED");
            assertThatThrownBy(() -> connection.publish("greetings", "?".getBytes(US_ASCII)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Connection is Closed");
        }
    }

    /** A server that the client does not understand: it hangs up, by a reset. */
    @Test
    void hangsUpOnAnUnknownOperation(@WithSocketServer SocketServer server) throws Exception {
        server.onConnection(NatsScript.begin()
                .handshake()
                .expect("PUB greetings 1", "!")
                .say("WHAT")
                .andThen(SocketConnection::expectReset));

        try (Connection connection =
                Nats.connect(NatsClients.once(events, server).build())) {
            connection.publish("greetings", "!".getBytes(US_ASCII));
            events.expect("CONNECTED", "IllegalStateException: Unknown protocol operation UNKNOWN");
            events.expect("DISCONNECTED", "CLOSED");
            assertThat(connection.getConnectedUrl()).isNull();
        }
    }

    /** The connection stands, and nobody is at the other end: the client's PINGs find that out. */
    @Test
    void aServerThatFallsSilent(@WithSocketServer SocketServer server) throws Exception {
        server.onConnection(NatsScript.begin().handshake().andThen(SocketConnection::holdOpen));

        try (Connection connection = Nats.connect(NatsClients.once(events, server)
                .pingInterval(Duration.ofMillis(50))
                .maxPingsOut(2)
                .build())) {
            events.expect("CONNECTED", "IllegalStateException: Max outgoing Ping count exceeded.");
            events.await("CLOSED");
            assertThat(connection.getStatus()).isEqualTo(Connection.Status.CLOSED);
            assertThat(server.connection(1))
                    .sentExactly(NatsScript.encode(NatsScript.INFO, "PONG"))
                    .then()
                    .endedByReset();
        }
    }
}
