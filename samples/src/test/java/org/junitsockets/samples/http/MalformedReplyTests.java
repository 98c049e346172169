package org.junitsockets.samples.http;

import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;
import static org.junitsockets.samples.http.HttpClients.get;
import static org.junitsockets.samples.http.HttpClients.send;

import java.io.IOException;
import java.net.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * What is not HTTP, and what is too much of it.
 *
 * <p>Hand-written peers are web servers, often real ones: what those do not send is not tested, and
 * is what comes when an address is wrong or a server has been taken over.
 */
class MalformedReplyTests {

    /** The right machine and the wrong port. */
    @Test
    void anotherProtocol(@WithSocketServer SocketServer server) {
        server.onConnection(HttpScript.begin().request("GET /a").reply("SSH-2.0-OpenSSH_9.6\r\n"));

        assertThatThrownBy(() -> send(get(server, "/a")))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("Invalid status line: \"SSH-2.0-OpenSSH_9.6\"");
    }

    /** Else it would keep them until there is no memory left, as a JDK from before October 2024 does. */
    @Test
    void aHeaderThatDoesNotEnd(@WithSocketServer SocketServer server) {
        server.onConnection(HttpScript.begin()
                .request("GET /a")
                .reply("HTTP/1.1 200 OK\r\n" + "X-More: and more\r\n".repeat(25_000)));

        assertThatThrownBy(() -> send(get(server, "/a")))
                .isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith("Header size too big: ")
                .hasMessageEndingWith(" > 393216");
    }

    @ParameterizedTest
    @CsvSource({"-5, Illegal character in chunk size", "FFFFFFFFFF, invalid chunk header"})
    void aChunkWhoseLengthIsNone(String length, String message, @WithSocketServer SocketServer server) {
        server.onConnection(HttpScript.begin()
                .request("GET /a")
                .reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + length + "\r\nhello\r\n")
                .andThen(SocketConnection::expectEndOrReset)); // nobody knows any more where a reply begins

        assertThatThrownBy(() -> send(get(server, "/a")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message);
    }
}
