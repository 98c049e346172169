package org.junitsockets.samples.server;

import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;

/** What a client has asked for and not read: more than the buffers between it and the server hold. */
final class Answers {

    private static final int COUNT = 300;
    private static final String TEXT = "x".repeat(60_000);

    /** Bounds what the client's system takes; that of the server's is 4 MB at most, by default. */
    private static final int RECEIVE_BUFFER = 64 * 1024;

    private Answers() {}

    /**
     * Connects a client that is owed 18 MB, the first bytes of which have come. Its last command,
     * {@code INCR end}, is not carried out before it has read most of it.
     */
    static SocketConnection owedTo(SocketClients clients, LineServer server) {
        SocketConnection client = clients.receiveBuffer(RECEIVE_BUFFER).connect(server.address());
        client.write("SET a " + TEXT + "\n").expectLine("OK");
        return client.write("GET a\n".repeat(COUNT) + "INCR end\n").expect("VALUE ");
    }

    static void expectAll(SocketConnection client) {
        client.expectLine(TEXT);
        for (int i = 1; i < COUNT; i++) {
            client.expectLine("VALUE " + TEXT);
        }
        client.expectLine("VALUE 1");
    }
}
