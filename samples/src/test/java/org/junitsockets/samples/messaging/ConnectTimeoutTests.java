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
 * <p>Hand-written servers fail in one way, at one place. Here is each way at each place: what the
 * client has read by then, and what the listener is told, which is the same nearly every time. The
 * timeouts run at the same time, so that all take no longer than one. (A reset right after the INFO is
 * not among them: nothing tells the server that the INFO has been read.)
 */
class ConnectTimeoutTests {

    /** Long enough to get to each place; were it longer, the same would happen later. */
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private static final String INFO = NatsScript.encode(NatsScript.INFO);
    private static final String ERROR = "Unknown Protocol Operation";
    private static final String REFUSAL = "Authorization Violation";

    @WithSocketServer
    private SocketServer server;

    @TestFactory
    List<DynamicTest> tellsWhatItKnowsWhenTheTimeIsUp() throws Exception {
        String refused = "AuthenticationException: Authentication error connecting to NATS server: " + REFUSAL;
        connectWithoutAFault();

        return List.of(
                silence("no INFO", NatsScript.begin(), ""),
                end("FIN after INFO", introduced(), Ending.FIN),
                end("FIN after CONNECT", connected(), Ending.FIN),
                end("RST after CONNECT", connected().andThen(SocketConnection::awaitInput), Ending.RST),
                end("FIN after PING", pinged(), Ending.FIN),
                end("RST after PING", pinged(), Ending.RST),
                silence("no PONG", pinged(), INFO),
                silence("nonsense after CONNECT", connected().say("WHAT").expect("PING"), INFO + "WHAT\r\n"),
                silence("nonsense for a PONG", pinged().say("WHAT"), INFO + "WHAT\r\n"),
                error("error after CONNECT", connected(), ERROR, unable()),
                error("error for a PONG", pinged(), ERROR, unable()),
                error("refusal after CONNECT", connected(), REFUSAL, refused),
                error("refusal for a PONG", pinged(), REFUSAL, refused));
    }

    /** The server says nothing more, and it is the client that hangs up. */
    private DynamicTest silence(String name, NatsScript before, String read) throws InterruptedException {
        NatsEvents events = connect(before.andThen(SocketConnection::expectReset));
        return dynamicTest(name, () -> {
            events.expect("TimeoutException: null", "DISCONNECTED", "CLOSED", unable());
            events.expectRead(read);
        });
    }

    private DynamicTest end(String name, NatsScript before, Ending ending) throws InterruptedException {
        NatsEvents events = connect(before.hangUp(ending));
        return dynamicTest(name, () -> {
            events.expect("TimeoutException: null", "DISCONNECTED", "CLOSED", unable());
            events.expectRead(INFO + "(" + ending + ")");
        });
    }

    /** The server says why, and hangs up: that is told at once, and acted upon when the time is up. */
    private DynamicTest error(String name, NatsScript before, String error, String failure)
            throws InterruptedException {
        String line = "-ERR '" + error + "'";
        NatsEvents events = connect(before.say(line).hangUp(Ending.FIN));
        return dynamicTest(name, () -> {
            events.expect(error, "TimeoutException: null", "DISCONNECTED", "CLOSED", failure);
            events.expectRead(INFO + NatsScript.encode(line) + "(FIN)");
        });
    }

    private String unable() {
        return "IOException: Unable to connect to NATS servers: [" + server.uri("nats") + "]";
    }

    /** One after the other, so that each gets its own script; they wait together. */
    private NatsEvents connect(NatsScript script) throws InterruptedException {
        NatsEvents events = new NatsEvents();
        Options options = NatsClients.once(events, server)
                .dataPortType(WatchedDataPort.class.getName())
                .connectionTimeout(TIMEOUT)
                .build();
        int connections = server.connectionCount();
        server.onConnection(script);
        Nats.connectAsynchronously(options, false);
        server.awaitConnections(connections + 1);
        return events;
    }

    /** So that it is the faults that make the difference, and no client has yet to be loaded. */
    private void connectWithoutAFault() throws Exception {
        NatsEvents events = new NatsEvents();
        server.onConnection(pinged().say("PONG").andThen(SocketConnection::expectEnd));
        Nats.connect(NatsClients.once(events, server).build()).close();
        events.expect("CONNECTED", "CLOSED");
    }

    private static NatsScript introduced() {
        return NatsScript.begin().say(NatsScript.INFO);
    }

    private static NatsScript connected() {
        return introduced().connect();
    }

    private static NatsScript pinged() {
        return connected().expect("PING");
    }
}
