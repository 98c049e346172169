package org.junitsockets.samples.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junitsockets.assertj.SocketAssertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Subscription;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * Messages as they are on the wire, in both directions.
 *
 * <p>Hand-written servers look for a word in what one {@code read()} brought, and send each message
 * in one write: a wrong length is not seen, and a client that takes a read for a message passes.
 */
@SuppressWarnings("try") // a client whose close() can be interrupted
class WireTests {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final NatsEvents events = new NatsEvents();

    /** The length counts bytes, not characters; a line end in a payload is a part of it. */
    @Test
    void publishes(@WithSocketServer SocketServer server) throws Exception {
        server.onConnection(NatsScript.begin()
                .handshake()
                .expect("PUB greetings 5", "hello")
                .expect("PUB greetings 6", "grüß")
                .expect("PUB greetings 0", "")
                .expect("PUB greetings answers 10", "two\r\nlines")
                .expect("HPUB greetings 22 27", "NATS/1.0", "From:ada", "", "hello")
                .expect("PING") // of the flush
                .say("PONG")
                .andThen(SocketConnection::expectEnd));

        try (Connection connection = connect(server)) {
            connection.publish("greetings", bytes("hello"));
            connection.publish("greetings", bytes("grüß"));
            connection.publish("greetings", bytes(""));
            connection.publish("greetings", "answers", bytes("two\r\nlines"));
            connection.publish("greetings", new Headers().add("From", "ada"), bytes("hello"));
            connection.flush(SOON);
        }
    }

    @Test
    void subscribesAndAnswers(@WithSocketServer SocketServer server) throws Exception {
        server.onConnection(NatsScript.begin()
                .handshake()
                .expect("SUB questions 1", "SUB jobs workers 2")
                .say("MSG jobs 2 0", "", "MSG questions 1 inbox.7 4", "why?")
                .expect("PUB inbox.7 8", "because!", "UNSUB 1", "PING")
                .say("PONG")
                .andThen(SocketConnection::expectEnd));

        try (Connection connection = connect(server)) {
            Subscription questions = connection.subscribe("questions");
            Subscription jobs = connection.subscribe("jobs", "workers");

            assertThat(next(jobs).getData()).isEmpty();
            Message question = next(questions);
            assertThat(question.getData()).asString(UTF_8).isEqualTo("why?");
            connection.publish(question.getReplyTo(), bytes("because!"));
            questions.unsubscribe();
            connection.flush(SOON);
        }
    }

    /**
     * Cut at every position in turn, without a clock: the first piece comes together with a PING, and
     * the second when the client's PONG has shown that the first was read.
     */
    @Test
    void readsAMessageInTwoPieces(@WithSocketServer SocketServer server) throws Exception {
        String message = NatsScript.encode("MSG greetings 1 6", "PING\r\n"); // not a PING
        server.onConnection(NatsScript.begin()
                .handshake()
                .expect("SUB greetings 1")
                .andThen(peer -> {
                    for (int cut = 1; cut < message.length(); cut++) {
                        peer.write("PING\r\n" + message.substring(0, cut)).expect("PONG\r\n");
                        peer.write(message.substring(cut));
                    }
                })
                .andThen(SocketConnection::expectEnd));

        try (Connection connection = connect(server)) {
            Subscription greetings = connection.subscribe("greetings");
            for (int cut = 1; cut < message.length(); cut++) {
                assertThat(next(greetings).getData())
                        .as("cut after %d bytes", cut)
                        .asString(UTF_8)
                        .isEqualTo("PING\r\n");
            }
        }
    }

    /** Unsubscribes, takes what is still under way, and only then hangs up. */
    @Test
    void drains(@WithSocketServer SocketServer server) throws Exception {
        server.onConnection(NatsScript.begin()
                .handshake()
                .expect("SUB jobs 1")
                .expect("UNSUB 1", "PING")
                .say("MSG jobs 1 4", "last", "PONG") // had been sent before the UNSUB came
                .expect("PUB done 4", "last", "PING")
                .say("PONG")
                .andThen(SocketConnection::expectEnd));

        try (Connection connection = connect(server)) {
            connection
                    .createDispatcher(job -> connection.publish("done", job.getData()))
                    .subscribe("jobs");
            assertThat(connection.drain(SOON).get(5, TimeUnit.SECONDS)).isTrue();
            assertThat(connection.getStatus()).isEqualTo(Connection.Status.CLOSED);
        }
    }

    private Connection connect(SocketServer server) throws IOException, InterruptedException {
        return Nats.connect(NatsClients.once(events, server).build());
    }

    private static Message next(Subscription subscription) throws InterruptedException {
        Message message = subscription.nextMessage(SOON);
        assertThat(message).isNotNull();
        return message;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
