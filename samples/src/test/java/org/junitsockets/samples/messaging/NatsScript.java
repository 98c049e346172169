package org.junitsockets.samples.messaging;

import static org.junitsockets.assertj.SocketAssertions.assertThat;

import org.junitsockets.ConnectionHandler;
import org.junitsockets.Ending;
import org.junitsockets.SocketConnection;

/**
 * What a NATS server says and hears over one connection, written down step by step:
 *
 * <pre>{@code
 * server.onConnection(NatsScript.begin()
 *         .handshake()
 *         .expect("SUB greetings 1")
 *         .say("MSG greetings 1 5", "hello")
 *         .andThen(SocketConnection::expectEnd));
 * }</pre>
 *
 * <p>A client that says something else, or nothing, fails the test.
 */
final class NatsScript implements ConnectionHandler {

    /** What a server says first. */
    static final String INFO = "INFO {\"server_id\":\"scripted\",\"version\":\"2.12.0\",\"proto\":1,"
            + "\"headers\":true,\"max_payload\":1048576}";

    private final ConnectionHandler steps;

    private NatsScript(ConnectionHandler steps) {
        this.steps = steps;
    }

    static NatsScript begin() {
        return new NatsScript(peer -> {});
    }

    /** Expects lines, to the byte; a payload is a line as well. */
    NatsScript expect(String... lines) {
        return andThen(peer -> peer.expect(encode(lines)));
    }

    /** Says lines, in one write. */
    NatsScript say(String... lines) {
        return andThen(peer -> peer.write(encode(lines)));
    }

    /** Expects the client to introduce itself, in whatever words. */
    NatsScript connect() {
        return andThen(
                peer -> assertThat(peer.readLine()).startsWith("CONNECT {").endsWith("}"));
    }

    /** What comes before anything else: the client is connected when it has its PONG. */
    NatsScript handshake() {
        return say(INFO).connect().expect("PING").say("PONG");
    }

    /** The server hangs up, in the middle of whatever it is. */
    NatsScript hangUp(Ending ending) {
        return andThen(peer -> peer.end(ending));
    }

    /** Anything else that a server does on a bad day. */
    @Override
    public NatsScript andThen(ConnectionHandler step) {
        return new NatsScript(steps.andThen(step));
    }

    @Override
    public void handle(SocketConnection peer) throws Exception {
        steps.handle(peer);
    }

    static String encode(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }
}
