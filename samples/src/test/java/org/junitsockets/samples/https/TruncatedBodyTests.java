package org.junitsockets.samples.https;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;
import static org.junitsockets.samples.https.HttpsClients.byAddress;
import static org.junitsockets.samples.https.HttpsClients.get;
import static org.junitsockets.samples.https.HttpsClients.trusting;

import java.io.EOFException;
import java.io.IOException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.Tls;
import org.junitsockets.Transcript;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.jupiter.Endpoint;
import org.junitsockets.jupiter.WithSocketClients;
import org.junitsockets.jupiter.WithSocketServer;
import org.junitsockets.jupiter.WithTls;

/**
 * Somebody in between cannot read the reply, nor change it, but he can cut it off. So TLS has an end of
 * its own, close_notify, which cannot be forged; a FIN without it is no end (RFC 8446, section 6.1).
 *
 * <p>Hand-written peers end in order whatever they do: the JDK's {@code SSLSocket} sees to that.
 */
@WithSocketServer
@WithTls
class TruncatedBodyTests {

    private static final String FIVE_OF_TEN = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello";
    private static final String NO_LENGTH = "HTTP/1.1 200 OK\r\n\r\nhello";

    @Test
    void anOrderlyEndIsTheEndOfABodyWithoutLength(SocketServer server, @Endpoint SSLContext trust) throws Exception {
        server.onConnection(replying(NO_LENGTH, SocketConnection::fin));

        assertThat(get(trusting(trust), byAddress(server)).body()).isEqualTo("hello");
        assertThat(kinds(server)).contains(Kind.CLOSE_NOTIFY_SENT);
    }

    /**
     * The JDK's client takes the cut for the end, up to JDK 25 at least: half a reply passes for a whole
     * one. Do not send a reply without a length, and do not believe one.
     */
    @Test
    void aCutPassesForTheEndOfABodyWithoutLength(SocketServer server, @Endpoint SSLContext trust) throws Exception {
        server.onConnection(replying(NO_LENGTH, SocketConnection::truncate));

        assertThat(get(trusting(trust), byAddress(server)).body()).isEqualTo("hello");
        assertThat(kinds(server)).doesNotContain(Kind.CLOSE_NOTIFY_SENT);
    }

    /** The difference is there to be seen: the library's own client reports it. */
    @Test
    void aClientCanTellThemApart(SocketServer server, @Endpoint Tls tls, @WithSocketClients SocketClients clients) {
        server.onConnection(replying(NO_LENGTH, SocketConnection::fin));
        server.onConnection(replying(NO_LENGTH, SocketConnection::truncate));

        ask(clients.tls(tls).connect(server.address())).expectToEnd(NO_LENGTH);
        SocketConnection cut = ask(clients.tls(tls).connect(server.address())).expect(NO_LENGTH);
        assertThatThrownBy(cut::expectEnd)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("without close_notify (truncated)");
    }

    private static SocketConnection ask(SocketConnection client) {
        return client.write("GET /secret HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    /** With a length nobody needs the end. */
    @Test
    void aCutBeforeTheLengthIsReached(SocketServer server, @Endpoint SSLContext trust) {
        server.onConnection(replying(FIVE_OF_TEN, SocketConnection::truncate));

        assertThatThrownBy(() -> get(trusting(trust), byAddress(server)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("content-length: 10, bytes received: 5")
                .hasRootCauseInstanceOf(EOFException.class);
        assertThat(server).as("it is not asked again").receivedConnections(1);
    }

    private static ConnectionHandler replying(String bytes, Consumer<SocketConnection> end) {
        return peer -> {
            HttpsPeer.readRequest(peer);
            peer.write(bytes);
            end.accept(peer);
        };
    }

    private static Iterable<Kind> kinds(SocketServer server) {
        return server.transcript().entries().stream()
                .map(Transcript.Entry::kind)
                .toList();
    }
}
