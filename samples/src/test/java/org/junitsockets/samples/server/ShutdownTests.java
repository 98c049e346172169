package org.junitsockets.samples.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junitsockets.assertj.SocketAssertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.jupiter.WithSocketClients;

/**
 * The end of the server, as its clients see it.
 *
 * <p>Hand-written tests stop the server last and look no more. That a client is told, and how, is
 * what decides whether it connects elsewhere at once or waits for a timeout of its own.
 */
@WithSocketClients
class ShutdownTests {

    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

    @AutoClose
    private final LineServer server = new LineServer(log::add);

    ShutdownTests() throws IOException {}

    @Test
    void endsEachConnectionInOrder(SocketClients clients) throws IOException {
        List<SocketConnection> open = clients.connect(server.address(), 20);
        open.forEach(client -> client.write("INCR n\n").readLine()); // so all have been accepted

        server.close();
        open.forEach(SocketConnection::expectEnd);
    }

    /** It waits a moment for who may still be reading, and for nobody else. */
    @Test
    void isNotHeldUpByAClientThatDoesNotRead(SocketClients clients) throws Exception {
        SocketConnection client = Answers.owedTo(clients, server);

        CompletableFuture<Void> end = CompletableFuture.runAsync(this::close);
        assertThat(end).as("close(), which has a grace of 200 ms").succeedsWithin(Duration.ofSeconds(4));
        assertThat(client.readToEnd())
                .asString(US_ASCII)
                .as("what was in the buffers")
                .startsWith("xxx")
                .doesNotContain("VALUE 1\n");
        assertThat(log.poll(5, SECONDS)).startsWith(client.localAddress() + ": ");
    }

    private void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
