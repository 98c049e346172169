package org.junitsockets.samples.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.samples.http.HttpClients.get;
import static org.junitsockets.samples.http.HttpClients.send;

import java.io.InputStream;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * A reply of which nobody knows the length when it begins (RFC 9112, section 7.1).
 *
 * <p>Hand-written peers write it in one piece, and the client reads it in one. A network cuts where
 * it likes: within the length of a chunk, or between CR and LF.
 */
class ChunkedTests {

    private static final String HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String REPLY = HEAD + "5\r\nhello\r\n0007;why=not\r\n, world\r\n0\r\n\r\n";

    /**
     * Two writes make two reads only if the client has read the first in the meantime. To give it
     * cause to look, it is asked for something else, on another connection, between the two.
     *
     * <p>One connection serves all: each reply was read to its end, and no further.
     */
    @Test
    void aReplyMayBeCutAnywhere(@WithSocketServer SocketServer server, @WithSocketServer SocketServer other)
            throws Exception {
        other.onEachConnection(HttpScript.answering(HttpScript::encode));
        server.onConnection(cutAnywhere(cut -> peer -> send(get(other, "/"))));

        for (int cut = 1; cut < REPLY.length(); cut++) {
            assertThat(send(get(server, "/" + cut)).body())
                    .as("cut after %s", REPLY.substring(0, cut))
                    .isEqualTo("hello, world");
        }
        assertThat(server).receivedConnections(1);
    }

    /** The cuts are there: this one takes a read for a reply, and gets what comes before them. */
    @Test
    void theNaiveOneTakesAPieceForTheReply(@WithSocketServer SocketServer server) throws Exception {
        server.onConnection(cutAnywhere(cut -> peer -> server.assertReached("read up to " + cut)));

        try (NaiveClient naive = new NaiveClient(server)) {
            for (int cut = 1; cut < REPLY.length(); cut++) {
                assertThat(naive.get("/" + cut)).isEqualTo(REPLY.substring(0, cut));
                server.checkpoint("read up to " + cut);
                assertThat(naive.read()).isEqualTo(REPLY.substring(cut));
            }
        }
    }

    /** The same reply again and again, in two pieces, with something in between. */
    private static HttpScript cutAnywhere(IntFunction<ConnectionHandler> meantime) {
        HttpScript script = HttpScript.begin();
        for (int cut = 1; cut < REPLY.length(); cut++) {
            script = script.request("GET /" + cut)
                    .reply(REPLY.substring(0, cut))
                    .andThen(meantime.apply(cut))
                    .reply(REPLY.substring(cut));
        }
        return script;
    }

    /** The second chunk is not sent before the first has been read. */
    @Test
    void aChunkIsThereBeforeTheNext(@WithSocketServer SocketServer server) throws Exception {
        server.onConnection(HttpScript.begin()
                .request("GET /a")
                .reply(HEAD + "5\r\nhello\r\n")
                .andThen(peer -> server.assertReached("the first chunk was read"))
                .reply("7\r\n, world\r\n0\r\n\r\n"));

        try (InputStream body = HttpClients.CLIENT
                .send(get(server, "/a"), BodyHandlers.ofInputStream())
                .body()) {
            assertThat(body.readNBytes(5)).asString(US_ASCII).isEqualTo("hello");
            server.checkpoint("the first chunk was read");
            assertThat(body.readAllBytes()).asString(US_ASCII).isEqualTo(", world");
        }
    }
}
