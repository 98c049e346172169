package org.junitsockets.samples.http;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;
import static org.junitsockets.samples.http.HttpClients.get;
import static org.junitsockets.samples.http.HttpClients.send;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * A body that stops half-way: what came must not pass for all there is.
 *
 * <p>Hand-written peers close and hope. To a client an orderly end and a reset are two things, and
 * where a reply has no length one of them is even right.
 */
class TruncatedBodyTests {

    private static final String FIVE_OF_TEN = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello";
    private static final String NO_LAST_CHUNK = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
    private static final String NO_LENGTH = "HTTP/1.1 200 OK\r\n\r\nhello";

    @Test
    void anEndBeforeTheLengthIsReached(@WithSocketServer SocketServer server) {
        server.onConnection(
                HttpScript.begin().request("GET /a").reply(FIVE_OF_TEN).andThen(SocketConnection::fin));

        assertThatThrownBy(() -> send(get(server, "/a")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("content-length: 10, bytes received: 5")
                .hasRootCauseInstanceOf(EOFException.class);
        assertThat(server).as("it is not asked again").receivedConnections(1);
    }

    @Test
    void aResetBeforeTheLengthIsReached(@WithSocketServer SocketServer server) {
        server.onConnection(
                HttpScript.begin().request("GET /a").reply(FIVE_OF_TEN).andThen(SocketConnection::rst));

        assertThatThrownBy(() -> send(get(server, "/a")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("content-length: 10, bytes received: 5")
                .hasRootCauseInstanceOf(SocketException.class)
                .hasRootCauseMessage("Connection reset");
        assertThat(server).as("it is not asked again").receivedConnections(1);
    }

    @Test
    void anEndBeforeTheLastChunk(@WithSocketServer SocketServer server) {
        server.onConnection(
                HttpScript.begin().request("GET /a").reply(NO_LAST_CHUNK).andThen(SocketConnection::fin));

        assertThatThrownBy(() -> send(get(server, "/a")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chunked transfer encoding")
                .hasRootCauseInstanceOf(EOFException.class);
        assertThat(server).as("it is not asked again").receivedConnections(1);
    }

    /** Without a length the end of the connection is that of the body (RFC 9112, section 6.3). */
    @Test
    void anEndIsTheEndWhereThereIsNoLength(@WithSocketServer SocketServer server) throws Exception {
        server.onConnection(
                HttpScript.begin().request("GET /a").reply(NO_LENGTH).andThen(SocketConnection::fin));

        assertThat(send(get(server, "/a")).body()).isEqualTo("hello");
    }

    @Test
    void aResetIsNotTheEndWhereThereIsNoLength(@WithSocketServer SocketServer server) {
        server.onConnection(
                HttpScript.begin().request("GET /a").reply(NO_LENGTH).andThen(SocketConnection::rst));

        assertThatThrownBy(() -> send(get(server, "/a")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bytes received: 5")
                .hasRootCauseMessage("Connection reset");
    }
}
