package org.junitsockets.samples.http;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;
import static org.junitsockets.samples.http.HttpClients.get;
import static org.junitsockets.samples.http.HttpClients.post;
import static org.junitsockets.samples.http.HttpClients.send;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.Ending;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * A connection that is kept for the next request, and a server that has hung up by then.
 *
 * <p>Hand-written peers take any connection and answer whatever comes: whether a request was sent
 * twice, and an order placed twice with it, they cannot say.
 */
class KeepAliveTests {

    private static final ConnectionHandler NOT_ASKED_FOR =
            HttpScript.answering(target -> HttpScript.encode(target) + HttpScript.encode("not asked for"));

    @Test
    void usesOneConnectionAgain(@WithSocketServer SocketServer server) throws Exception {
        server.onEachConnection(HttpScript.answering(HttpScript::encode));

        for (int i = 0; i < 50; i++) {
            assertThat(send(get(server, "/" + i)).body()).isEqualTo("/" + i);
        }
        assertThat(server).receivedConnections(1);
    }

    /** Time enough to notice, and it does: even what must not be sent twice finds a new connection. */
    @Test
    void noticesThatTheServerHasHungUp(@WithSocketServer SocketServer server) throws Exception {
        server.onConnection(HttpScript.begin()
                .request("GET /a")
                .ok("first")
                .andThen(SocketConnection::shutdownOutput)
                .andThen(SocketConnection::expectEnd));
        server.onConnection(HttpScript.begin().request("POST /b", "order").ok("second"));

        assertThat(send(get(server, "/a")).body()).isEqualTo("first");
        assertThat(server.connection(1)).halfClosed().then().endedByFin(); // by the client
        assertThat(send(post(server, "/b", "order")).body()).isEqualTo("second");
    }

    /** The server hangs up at the moment at which the next request is on its way. */
    @ParameterizedTest
    @EnumSource(names = {"FIN", "RST"})
    void sendsAGetAgain(Ending ending, @WithSocketServer SocketServer server) throws Exception {
        server.onConnection(HttpScript.begin()
                .request("GET /a")
                .ok("first")
                .request("GET /b")
                .andThen(peer -> peer.end(ending)));
        server.onConnection(HttpScript.begin().request("GET /b").ok("second"));

        assertThat(send(get(server, "/a")).body()).isEqualTo("first");
        assertThat(send(get(server, "/b")).body()).isEqualTo("second");
    }

    /** It may have been carried out before the server hung up. */
    @ParameterizedTest
    @EnumSource(names = {"FIN", "RST"})
    void doesNotSendAPostAgain(Ending ending, @WithSocketServer SocketServer server) throws Exception {
        server.onConnection(HttpScript.begin()
                .request("GET /a")
                .ok("first")
                .request("POST /b", "order")
                .andThen(peer -> peer.end(ending)));

        assertThat(send(get(server, "/a")).body()).isEqualTo("first");
        assertThatThrownBy(() -> send(post(server, "/b", "order")))
                .isInstanceOf(IOException.class)
                .hasMessage("HTTP/1.1 header parser received no bytes");
        assertThat(server).receivedConnections(1);
    }

    @Test
    void asksTwiceAndNoMore(@WithSocketServer SocketServer server) {
        server.onConnection(HttpScript.begin().request("GET /a").andThen(SocketConnection::fin));
        server.onConnection(HttpScript.begin().request("GET /a").andThen(SocketConnection::fin));

        assertThatThrownBy(() -> send(get(server, "/a")))
                .isInstanceOf(IOException.class)
                .hasMessage("HTTP/1.1 header parser received no bytes");
        assertThat(server).receivedConnections(2);
    }

    /** What a server says unasked is not the reply to the next request. */
    @Test
    void dropsWhatComesAfterTheReply(@WithSocketServer SocketServer server) throws Exception {
        server.onEachConnection(NOT_ASKED_FOR);

        for (int i = 0; i < 10; i++) {
            assertThat(send(get(server, "/" + i)).body()).isEqualTo("/" + i);
        }
        assertThat(server).receivedConnections(1);
    }

    @Test
    void theNaiveOneTakesItForAPartOfTheReply(@WithSocketServer SocketServer server) throws Exception {
        server.onEachConnection(NOT_ASKED_FOR);

        try (NaiveClient naive = new NaiveClient(server)) {
            assertThat(naive.get("/0")).isEqualTo(HttpScript.encode("/0") + HttpScript.encode("not asked for"));
        }
    }
}
