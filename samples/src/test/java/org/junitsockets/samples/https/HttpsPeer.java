package org.junitsockets.samples.https;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import org.junitsockets.ConnectionHandler;
import org.junitsockets.SocketConnection;
import org.junitsockets.Transcript;
import org.junitsockets.Transcript.Kind;

/** What is seen, and done, at the other side of a client's connection. */
final class HttpsPeer {

    private static final String REPLY = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nwelcome";

    private HttpsPeer() {}

    /** Takes the request. */
    static void readRequest(SocketConnection peer) {
        peer.expectLine("GET /secret HTTP/1.1");
        peer.readUntil("\r\n\r\n");
    }

    /** Takes the request, and answers {@code welcome}. */
    static void welcome(SocketConnection peer) {
        readRequest(peer);
        peer.write(REPLY);
    }

    /**
     * The client hangs up in the middle of the handshake, without a word. That is how the JDK's {@code
     * HttpClient} does it, up to JDK 25 at least: the alert that says why is made, and not sent.
     */
    static void expectHangUp(SocketConnection peer) {
        assertThatThrownBy(peer::tls).hasMessageContaining("tls() on connection ");
        assertThat(peer.transcript().entries())
                .extracting(Transcript.Entry::kind)
                .containsAnyOf(Kind.TRUNCATED, Kind.RESET_RECEIVED) // a FIN; a reset if there was more to read
                .doesNotContain(Kind.TLS_ESTABLISHED, Kind.TLS_FAILED);
        assertThat(peer).as("there is no request").receivedNothing();
    }

    /** The handshake fails, and this is why: what this side found, or the alert of the other side. */
    static ConnectionHandler expectFailure(String regex) {
        return peer -> {
            assertThatThrownBy(peer::tls).hasMessageContaining("tls() on connection ");
            assertThat(peer.transcript().entries())
                    .filteredOn(entry -> entry.kind() == Kind.TLS_FAILED)
                    .extracting(Transcript.Entry::detail)
                    .isNotEmpty()
                    .allSatisfy(detail -> assertThat(detail).containsPattern(regex));
            assertThat(peer).as("there is no request").receivedNothing();
        };
    }
}
