package org.junitsockets.samples.https;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;
import static org.junitsockets.samples.https.HttpsClients.byAddress;

import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketServer;
import org.junitsockets.TlsStall;
import org.junitsockets.Transcript;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.jupiter.Endpoint;
import org.junitsockets.jupiter.WithSocketServer;
import org.junitsockets.jupiter.WithTls;

/**
 * A server that takes the connection and falls silent in the handshake: an overloaded one, or a load
 * balancer in front of none.
 *
 * <p>Hand-written peers do not accept, which is another timeout: a client can have one for connecting
 * and none for what comes between connecting and the request. This one counts the handshake to either
 * of its two.
 */
class StalledHandshakeTests {

    /** Long enough to come as far as the handshake on a busy machine, where the first one takes a second. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Test
    void beforeItsFirstWord(
            @WithSocketServer @WithTls(stall = TlsStall.AFTER_CLIENT_HELLO) SocketServer server,
            @Endpoint SSLContext trust) {
        expectStall(server, TlsStall.AFTER_CLIENT_HELLO);
        HttpClient client = HttpsClients.trusting(trust);

        assertThatThrownBy(() -> client.send(
                        HttpRequest.newBuilder(byAddress(server))
                                .timeout(PATIENCE)
                                .build(),
                        BodyHandlers.ofString()))
                .isInstanceOf(HttpConnectTimeoutException.class)
                .hasMessage("HTTP connect timed out");
        server.assertReached("the client has hung up");
    }

    @Test
    void inTheMiddleOfIt(
            @WithSocketServer @WithTls(stall = TlsStall.MID_HANDSHAKE) SocketServer server,
            @Endpoint SSLContext trust) {
        expectStall(server, TlsStall.MID_HANDSHAKE);
        HttpClient client = HttpsClients.builder(trust).connectTimeout(PATIENCE).build();

        assertThatThrownBy(() ->
                        client.send(HttpRequest.newBuilder(byAddress(server)).build(), BodyHandlers.ofString()))
                .isInstanceOf(HttpConnectTimeoutException.class)
                .hasMessage("HTTP connect timed out");
        server.assertReached("the client has hung up");
    }

    private static void expectStall(SocketServer server, TlsStall where) {
        server.onConnection(peer -> {
            HttpsPeer.expectHangUp(peer);
            assertThat(peer.transcript().entries())
                    .filteredOn(entry -> entry.kind() == Kind.TLS_STALLED)
                    .extracting(Transcript.Entry::detail)
                    .containsExactly(where.name());
            peer.checkpoint("the client has hung up");
        });
    }
}
