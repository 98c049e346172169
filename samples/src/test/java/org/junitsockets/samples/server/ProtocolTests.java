package org.junitsockets.samples.server;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.jupiter.WithSocketClients;

/**
 * What the server answers, byte for byte, and how little it depends on how the bytes came.
 *
 * <p>Hand-written tests send a line, read a line, and so on. To them a server that takes what one
 * {@code read()} brings for one command is as good as one that reads lines.
 */
@WithSocketClients
class ProtocolTests {

    @AutoClose
    private final LineServer server = new LineServer(log -> {});

    ProtocolTests() throws IOException {}

    @Test
    void keepsTextsAndCounters(SocketClients clients) {
        SocketConnection client = clients.connect(server.address());
        client.write("GET a\n").expectLine("NONE");
        client.write("SET a two words\r\n").expectLine("OK");
        client.write("GET a\n").expectLine("VALUE two words");
        client.write("INCR n\n").expectLine("VALUE 1");
        client.write("INCR n\n").expectLine("VALUE 2");
        client.write("INCR a\n").expectLine("ERROR not a number");
        client.write("SET a\n").expectLine("ERROR unknown command");
        client.write("\n").expectLine("ERROR unknown command");
        clients.connect(server.address()).write("GET n\n").expectLine("VALUE 2");
    }

    /** All in one write; the answers come in the order of the commands, and there is one for each. */
    @Test
    void answersPipelinedCommandsInTheirOrder(SocketClients clients) {
        SocketConnection client = clients.connect(server.address());
        client.write("INCR n\n".repeat(100) + "GET n\n");
        for (int i = 1; i <= 100; i++) {
            client.expectLine("VALUE " + i);
        }
        client.expectLine("VALUE 100").shutdownOutput().expectEnd();
    }

    /** One write of a client's is not one read of the server's: here each byte travels by itself. */
    @Test
    void readsACommandThatComesInPieces(SocketClients clients) {
        clients.connect(server.address())
                .writeSlowly("SET a ü\r\nGET a\r\n", Duration.ofMillis(1))
                .expect("OK\nVALUE ü\n");
    }

    /** The longest one that is allowed, one byte more, and much more than anybody wants to keep. */
    @Test
    void skipsALineThatIsTooLongAndGoesOn(SocketClients clients) {
        String longest = "x".repeat(LineServer.LONGEST_LINE - "SET a ".length());
        SocketConnection client = clients.connect(server.address());
        client.write("SET a " + longest + "\n").expectLine("OK");
        client.write("SET a " + longest + "y\n").expectLine("ERROR line too long");
        client.write("SET a " + longest.repeat(20) + "\n").expectLine("ERROR line too long");
        client.write("GET a\n").expectLine("VALUE " + longest);
    }
}
