package org.junitsockets.samples.messaging;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Subscription;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitsockets.Ending;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.Endpoint;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * Two servers, of which the first dies.
 *
 * <p>Hand-written servers are one at a time, and killed by closing what accepts: the connection stays
 * as it is. What happens in the gap is a race that a sleep decides. Here the second server lets the
 * client in when the test says so.
 */
@SuppressWarnings("try") // a client whose close() can be interrupted
@WithSocketServer(name = "primary")
@WithSocketServer(name = "standby")
class FailoverTests {

    private final NatsEvents events = new NatsEvents();

    /** The user's subscription is the same object, and hears from the other server. */
    @ParameterizedTest
    @CsvSource({"FIN, IOException: Read channel closed.", "RST, SocketException"})
    void subscribesAgain(
            Ending ending,
            String told,
            @Endpoint("primary") SocketServer primary,
            @Endpoint("standby") SocketServer standby)
            throws Exception {
        primary.onConnection(
                NatsScript.begin().handshake().expect("SUB greetings 1").hangUp(ending));
        standby.onConnection(NatsScript.begin()
                .handshake()
                .expect("SUB greetings 1")
                .say("MSG greetings 1 5", "hello")
                .andThen(SocketConnection::expectEnd));

        try (Connection connection =
                Nats.connect(NatsClients.persistent(events, primary, standby).build())) {
            Subscription greetings = connection.subscribe("greetings");
            events.expect("CONNECTED", told, "DISCONNECTED", "RECONNECTED", "RESUBSCRIBED");

            Message greeting = greetings.nextMessage(Duration.ofSeconds(5));
            assertThat(greeting).isNotNull();
            assertThat(greeting.getData()).asString(US_ASCII).isEqualTo("hello");
            assertThat(connection.getConnectedUrl())
                    .isEqualTo(standby.uri("nats").toString());
        }
        events.expect("CLOSED");
    }

    /**
     * What was published in the gap arrives, in its order, and after the subscriptions, so that an
     * answer finds who asked. What the first server took with it is lost: at most once.
     */
    @Test
    void sendsWhatWasPublishedInTheGap(
            @Endpoint("primary") SocketServer primary, @Endpoint("standby") SocketServer standby) throws Exception {
        primary.onConnection(NatsScript.begin()
                .handshake()
                .expect("SUB answers 1", "PUB questions 5", "first")
                .hangUp(Ending.RST));
        standby.onConnection(NatsScript.begin()
                .andThen(peer -> standby.assertReached("published"))
                .handshake()
                .expect("SUB answers 1", "PUB questions 6", "second", "PUB questions 5", "third")
                .andThen(peer -> peer.checkpoint("arrived"))
                .andThen(SocketConnection::expectEnd));

        try (Connection connection =
                Nats.connect(NatsClients.persistent(events, primary, standby).build())) {
            connection.subscribe("answers");
            connection.publish("questions", "first".getBytes(US_ASCII));
            standby.awaitConnections(1); // the client has left the first server, and waits for the second
            connection.publish("questions", "second".getBytes(US_ASCII));
            connection.publish("questions", "third".getBytes(US_ASCII));
            standby.checkpoint("published").assertReached("arrived");
            events.await("RESUBSCRIBED");
        }
    }

    /** What is kept for the gap is bounded. Who publishes more is told, message by message. */
    @Test
    void refusesWhatItCannotKeep(@Endpoint("primary") SocketServer primary, @Endpoint("standby") SocketServer standby)
            throws Exception {
        primary.onConnection(NatsScript.begin()
                .handshake()
                .expect("PUB questions 5", "first")
                .hangUp(Ending.FIN));
        standby.onConnection(NatsScript.begin()
                .andThen(peer -> standby.assertReached("published"))
                .handshake()
                .expect("PUB questions 6", "second")
                .andThen(peer -> peer.checkpoint("arrived"))
                .andThen(SocketConnection::expectEnd));

        try (Connection connection = Nats.connect(NatsClients.persistent(events, primary, standby)
                .reconnectBufferSize(40)
                .build())) {
            connection.publish("questions", "first".getBytes(US_ASCII));
            standby.awaitConnections(1);
            connection.publish("questions", "second".getBytes(US_ASCII));
            assertThatThrownBy(() -> connection.publish("questions", "third".getBytes(US_ASCII)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageEndingWith("max buffer is 40");
            standby.checkpoint("published").assertReached("arrived");
            events.await("RESUBSCRIBED");
        }
    }
}
