package org.junitsockets.samples.server;

import static java.util.stream.Collectors.toSet;
import static org.junitsockets.assertj.SocketAssertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.jupiter.WithSocketClients;

/**
 * Twenty clients at once.
 *
 * <p>Hand-written tests connect one client after the other, or start threads whose failures go
 * nowhere: the test passes when all twenty have thrown.
 */
@WithSocketClients
class ManyClientsTests {

    private static final int CLIENTS = 20;

    @AutoClose
    private final LineServer server = new LineServer(log -> {});

    ManyClientsTests() throws IOException {}

    @Test
    void noneSeesTheAnswerOfAnother(SocketClients clients) {
        clients.run(server.address(), CLIENTS, client -> {
            for (int i = 0; i < 50; i++) {
                String own = "client " + client.number() + ", text " + i;
                client.write("SET own" + client.number() + " " + own + "\nGET own" + client.number() + "\n");
                client.expectLine("OK").expectLine("VALUE " + own);
            }
            client.shutdownOutput().expectEnd(); // not an answer too many
        });
    }

    /** A count that two clients got is one that another was cheated of. */
    @Test
    void countsNothingTwice(SocketClients clients) {
        Set<String> answers = ConcurrentHashMap.newKeySet();
        clients.run(server.address(), CLIENTS, client -> {
            client.write("INCR n\n".repeat(200));
            for (int i = 0; i < 200; i++) {
                assertThat(answers.add(String.valueOf(client.readLine()))).isTrue();
            }
        });
        assertThat(answers)
                .isEqualTo(IntStream.rangeClosed(1, CLIENTS * 200)
                        .mapToObj(i -> "VALUE " + i)
                        .collect(toSet()));
    }

    /** More of them than there are threads in many a pool, and some in the middle of a line. */
    @Test
    void clientsThatSayNothingHoldUpNobody(SocketClients silent, SocketClients others) {
        List<SocketConnection> nothing = silent.connect(server.address(), 15);
        List<SocketConnection> halfALine = silent.connect(server.address(), 10);
        halfALine.forEach(client -> client.write("SET a "));

        others.run(server.address(), CLIENTS, client -> client.write("GET a\n").expectLine("NONE"));

        halfALine.forEach(client -> client.write("b\n").expectLine("OK"));
        nothing.forEach(client -> client.write("GET a\n").expectLine("VALUE b"));
    }
}
