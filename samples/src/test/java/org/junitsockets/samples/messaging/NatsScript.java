package org.junitsockets.samples.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
 *         .then(SocketConnection::expectEnd));
 * }</pre>
 *
 * <p>A client that says something else, or nothing, fails the test.
 */
final class NatsScript implements ConnectionHandler {

    /** What a server says first. */
    static final String INFO = "INFO {\"server_id\":\"scripted\",\"version\":\"2.12.0\",\"proto\":1,"
            + "\"headers\":true,\"max_payload\":1048576}";

    private final List<ConnectionHandler> steps = new ArrayList<>();

    private NatsScript() {}

    static NatsScript begin() {
        return new NatsScript();
    }

    /** Expects lines, to the byte; a payload is a line as well. */
    NatsScript expect(String... lines) {
        return then(peer -> peer.expect(encode(lines)));
    }

    /** Says lines, in one write. */
    NatsScript say(String... lines) {
        return then(peer -> peer.write(encode(lines)));
    }

    /** Expects the client to introduce itself, in whatever words. */
    NatsScript connect() {
        return then(peer -> assertThat(peer.readLine()).startsWith("CONNECT {").endsWith("}"));
    }

    /** What comes before anything else: the client is connected when it has its PONG. */
    NatsScript handshake() {
        return say(INFO).connect().expect("PING").say("PONG");
    }

    /** The server hangs up, in the middle of whatever it is. */
    NatsScript hangUp(Ending ending) {
        return then(ending == Ending.RST ? SocketConnection::rst : SocketConnection::fin);
    }

    /** Anything else that a server does on a bad day. */
    NatsScript then(ConnectionHandler step) {
        steps.add(step);
        return this;
    }

    @Override
    public void handle(SocketConnection peer) throws Exception {
        for (ConnectionHandler step : steps) {
            step.handle(peer);
        }
    }

    static String encode(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }
}
