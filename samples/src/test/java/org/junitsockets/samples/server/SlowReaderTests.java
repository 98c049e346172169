package org.junitsockets.samples.server;

import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.jupiter.WithSocketClients;

/**
 * A client that asks and does not read the answers: the server has to wait for it, and only for it.
 *
 * <p>In hand-written tests a client that does not read is a client that was sent a few bytes, which
 * wait in the system's buffers: the server has noticed nothing, and nothing was tested.
 */
@WithSocketClients
class SlowReaderTests {

    @AutoClose
    private final LineServer server = new LineServer(log -> {});

    SlowReaderTests() throws IOException {}

    @Test
    void holdsUpNobodyElseAndMissesNothing(SocketClients slow, SocketClients others) {
        SocketConnection client = Answers.owedTo(slow, server);

        others.run(server.address(), 20, other -> {
            for (int i = 0; i < 20; i++) {
                other.write("INCR n" + other.number() + "\n").expectLine("VALUE " + (i + 1));
            }
            other.write("GET end\n").expectLine("NONE"); // the server is not done with the slow one
        });
        Answers.expectAll(client);
    }
}
