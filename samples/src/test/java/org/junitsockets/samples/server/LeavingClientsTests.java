package org.junitsockets.samples.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junitsockets.assertj.SocketAssertions.assertThat;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.jupiter.WithSocketClients;

/**
 * Clients that leave: politely, in the middle of a line, or without a word.
 *
 * <p>The clients of hand-written tests end in one way, that of {@code close()}, at the end of a {@code
 * try}. Half a line, a reset and a half-close are three other ways, and each is a line here.
 */
@WithSocketClients
class LeavingClientsTests {

    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

    @AutoClose
    private final LineServer server = new LineServer(log::add);

    LeavingClientsTests() throws IOException {}

    /** "I have said all I wanted to" is not "I no longer listen". */
    @Test
    void whoHasSaidAllStillGetsTheAnswers(SocketClients clients) {
        clients.connect(server.address())
                .write("SET a 1\nINCR a\nGET a\n")
                .shutdownOutput()
                .expectToEnd("OK\nVALUE 2\nVALUE 2\n");
        assertThat(log).isEmpty();
    }

    /** It might have become {@code SET a 100}. */
    @Test
    void halfALineAndAnEndIsNotACommand(SocketClients clients) throws Exception {
        SocketConnection client = clients.connect(server.address());
        client.write("SET a 1\nSET a 10").shutdownOutput().expectLine("OK").expectEnd();

        assertThat(log.poll(5, SECONDS)).isEqualTo(client.localAddress() + ": ended in the middle of a line");
        clients.connect(server.address()).write("GET a\n").expectLine("VALUE 1");
    }

    @Test
    void halfALineAndAResetIsOneClientsAffair(SocketClients clients) throws Exception {
        SocketConnection stays = clients.connect(server.address());
        stays.write("SET a 1\n").expectLine("OK");
        SocketConnection client = clients.connect(server.address());
        client.write("SET b 1\nSET a 10").expectLine("OK").rst();

        assertThat(log.poll(5, SECONDS)).isEqualTo(client.localAddress() + ": Connection reset");
        stays.write("GET a\n").expectLine("VALUE 1");
        clients.connect(server.address()).write("GET a\n").expectLine("VALUE 1");
    }

    /** It is owed answers that fit in no buffer, so that the server is writing when the reset comes. */
    @Test
    void aResetInTheMiddleOfTheAnswersIsNoticed(SocketClients clients) throws Exception {
        SocketConnection client = Answers.owedTo(clients, server);
        client.rst();

        assertThat(log.poll(5, SECONDS)).startsWith(client.localAddress() + ": ");
        clients.connect(server.address()).write("GET end\n").expectLine("NONE");
    }
}
