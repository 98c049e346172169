package org.junitsockets.samples.messaging;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.nats.client.Nats;
import io.nats.client.Options;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junitsockets.Ending;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * From the INFO to the PONG this client sits its timeout out, whatever the server does in the
 * meantime: it may have refused, or have gone.
 *
 * <p>Hand-written servers fail in one way, at one place. Here is each way at each place, and what the
 * listener is told. The timeouts run at the same time, so that all take no longer than one. (A reset
 * right after the INFO is not among them: nothing tells the server that the INFO has been read.)
 */
class ConnectTimeoutTests {

    /** Long enough to get to each place; were it longer, the same would happen later. */
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    @TestFactory
    List<DynamicTest> tellsWhatItKnowsWhenTheTimeIsUp(@WithSocketServer SocketServer server) throws Exception {
        String unable = "IOException: Unable to connect to NATS servers: [" + server.uri("nats") + "]";
        connectWithoutAFault(server);

        return List.of(
                fault("no INFO", server, NatsScript.begin().andThen(SocketConnection::expectReset), unable),
                fault("FIN after INFO", server, introduced().hangUp(Ending.FIN), unable),
                fault("FIN after CONNECT", server, introduced().connect().hangUp(Ending.FIN), unable),
                fault("RST after CONNECT", server, introduced().connect().hangUp(Ending.RST), unable),
                fault("FIN after PING", server, pinged().hangUp(Ending.FIN), unable),
                fault("RST after PING", server, pinged().hangUp(Ending.RST), unable),
                fault("no PONG", server, pinged().andThen(SocketConnection::expectReset), unable),
                refusal("Unknown Protocol Operation", server, unable),
                refusal(
                        "Authorization Violation",
                        server,
                        "AuthenticationException: Authentication error connecting to NATS server:"
                                + " Authorization Violation"));
    }

    private static DynamicTest fault(String name, SocketServer server, NatsScript script, String failure)
            throws InterruptedException {
        NatsEvents events = connect(server, script);
        return dynamicTest(name, () -> events.expect("TimeoutException: null", "DISCONNECTED", "CLOSED", failure));
    }

    /** The server says why, and hangs up: that is told at once, and acted upon when the time is up. */
    private static DynamicTest refusal(String error, SocketServer server, String failure) throws InterruptedException {
        NatsEvents events = connect(server, pinged().say("-ERR '" + error + "'").hangUp(Ending.FIN));
        return dynamicTest(
                error, () -> events.expect(error, "TimeoutException: null", "DISCONNECTED", "CLOSED", failure));
    }

    /** One after the other, so that each gets its own script; they wait together. */
    private static NatsEvents connect(SocketServer server, NatsScript script) throws InterruptedException {
        NatsEvents events = new NatsEvents();
        Options options =
                NatsClients.once(events, server).connectionTimeout(TIMEOUT).build();
        int connections = server.connectionCount();
        server.onConnection(script);
        Nats.connectAsynchronously(options, false);
        server.awaitConnections(connections + 1);
        return events;
    }

    /** So that it is the faults that make the difference, and no client has yet to be loaded. */
    private static void connectWithoutAFault(SocketServer server) throws Exception {
        NatsEvents events = new NatsEvents();
        server.onConnection(pinged().say("PONG").andThen(SocketConnection::expectEnd));
        Nats.connect(NatsClients.once(events, server).build()).close();
        events.expect("CONNECTED", "CLOSED");
    }

    private static NatsScript introduced() {
        return NatsScript.begin().say(NatsScript.INFO);
    }

    private static NatsScript pinged() {
        return introduced().connect().expect("PING");
    }
}
