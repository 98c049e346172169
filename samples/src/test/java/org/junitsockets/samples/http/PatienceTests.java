package org.junitsockets.samples.http;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;
import static org.junitsockets.samples.http.HttpClients.get;
import static org.junitsockets.samples.http.HttpClients.request;
import static org.junitsockets.samples.http.HttpClients.send;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * A server that takes its time, and for how long it gets it.
 *
 * <p>Hand-written peers sleep a little longer than the client's timeout, and hang up then: that the
 * client has hung up as well, and does not collect connections that nobody will ever use, they do not
 * see.
 */
class PatienceTests {

    @Test
    void aServerThatSaysNothing(@WithSocketServer SocketServer server) {
        server.onEachConnection(peer -> {
            peer.holdOpen();
            peer.checkpoint("the client has hung up");
        });

        assertThatThrownBy(() -> send(
                        request(server, "/a").timeout(Duration.ofMillis(150)).build()))
                .isInstanceOf(HttpTimeoutException.class)
                .hasMessage("request timed out");
        if (server.connectionCount() > 0) { // on a slow machine time can be up before it has connected
            server.assertReached("the client has hung up");
        }
    }

    /**
     * The timeout of a request ends with the head of its reply, up to JDK 25 at least. For the body
     * the caller has to have a bound, and to say that he has given up.
     */
    @Test
    void aBodyThatDoesNotEnd(@WithSocketServer SocketServer server) {
        server.onConnection(HttpScript.begin()
                .request("GET /a")
                .reply("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")
                .checkpoint("half of the body is on its way")
                .andThen(SocketConnection::expectEndOrReset));

        CompletableFuture<HttpResponse<String>> reply =
                HttpClients.CLIENT.sendAsync(get(server, "/a"), BodyHandlers.ofString());
        server.assertReached("half of the body is on its way");
        assertThatThrownBy(() -> reply.get(150, MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(reply.cancel(true)).isTrue();
    }
}
