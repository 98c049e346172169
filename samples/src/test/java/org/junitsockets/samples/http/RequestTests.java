package org.junitsockets.samples.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.samples.http.HttpClients.request;
import static org.junitsockets.samples.http.HttpClients.send;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * What the client sends, and when.
 *
 * <p>Hand-written peers look at the part of a request that they need. What else is in it, and whether
 * its body was sent before it was wanted, goes by unseen.
 */
class RequestTests {

    private final List<String> events = new CopyOnWriteArrayList<>();

    @Test
    void aGetHasNothingInItThatNobodyAskedFor(@WithSocketServer SocketServer server) throws Exception {
        server.onConnection(peer -> {
            peer.expectLine("GET /a%20b?c=%C3%BC HTTP/1.1");
            List<String> header = HttpScript.readHeader(peer);
            header.remove("Content-Length: 0"); // up to JDK 18
            assertThat(header)
                    .containsExactlyInAnyOrder(
                            "Host: " + server.uri("http").getAuthority(),
                            "User-Agent: Java-http-client/" + System.getProperty("java.version"),
                            "Accept: text/plain");
            peer.write(HttpScript.encode("hello"));
        });

        assertThat(send(request(server, "/a%20b?c=%C3%BC")
                                .header("Accept", "text/plain")
                                .build())
                        .body())
                .isEqualTo("hello");
    }

    /** The body stays where it is until the server has said that it wants it (RFC 9110, section 10.1.1). */
    @Test
    void aBodyWaitsUntilItIsWanted(@WithSocketServer SocketServer server) throws Exception {
        server.onConnection(peer -> {
            expectQuestion(peer);
            events.add("the server wants the body");
            peer.write("HTTP/1.1 100 Continue\r\n\r\n");
            peer.expect("5\r\nhello\r\n0\r\n\r\n");
            peer.write(HttpScript.encode("thank you"));
        });

        assertThat(send(postIfWanted(server)).body()).isEqualTo("thank you");
        assertThat(server.connection(1))
                .receivedContaining("\r\n\r\n")
                .then()
                .sent("HTTP/1.1 100 Continue\r\n\r\n")
                .then()
                .received("5\r\nhello\r\n0\r\n\r\n");
        assertThat(events).containsExactly("the server wants the body", "the client fetches the body");
    }

    @Test
    void aBodyThatIsNotWantedIsNotSent(@WithSocketServer SocketServer server) throws Exception {
        server.onEachConnection(peer -> {
            expectQuestion(peer);
            peer.write("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n");
            peer.expectEndOrReset(); // or the connection is kept, in silence
        });

        assertThat(send(postIfWanted(server)).statusCode()).isEqualTo(417);
        assertThat(server).doesNotContain("hello");
        assertThat(events).isEmpty();
    }

    private static void expectQuestion(SocketConnection peer) {
        peer.expectLine("POST /a HTTP/1.1");
        assertThat(HttpScript.readHeader(peer)).contains("Expect: 100-Continue", "Transfer-encoding: chunked");
    }

    private HttpRequest postIfWanted(SocketServer server) {
        return request(server, "/a")
                .expectContinue(true)
                .POST(BodyPublishers.ofInputStream(() -> {
                    events.add("the client fetches the body");
                    return new ByteArrayInputStream("hello".getBytes(US_ASCII));
                }))
                .build();
    }
}
