package org.junitsockets.samples.daemon;

import static org.junitsockets.Transport.TCP;
import static org.junitsockets.Transport.UNIX;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.util.Timeout;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.EachTransport;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * What does not depend on the kind of socket: each test runs over TCP, and over UNIX.
 *
 * <p>Hand-written servers listen on a port, since that is what a test can have. The socket that is used in
 * production, with an adapter of the client's below it that nothing else has, is not tested.
 */
class ApiTests {

    private final SocketServer server;

    ApiTests(@WithSocketServer SocketServer server) {
        this.server = server;
    }

    /** Several requests, one connection. */
    @EachTransport({TCP, UNIX})
    void keepsItsConnection() throws IOException {
        server.onConnection(peer -> {
            Daemon.expect(peer, "GET /version");
            Daemon.answer(peer, "28.1");
            Daemon.expect(peer, "POST /containers/prune");
            Daemon.answer(peer, "3 deleted");
            peer.expectEnd();
        });

        try (Daemon daemon = Daemon.at(server)) {
            assertThat(daemon.get("/version")).isEqualTo("28.1");
            assertThat(daemon.post("/containers/prune")).isEqualTo("3 deleted");
        }
        assertThat(server).receivedConnections(1);
    }

    /** Each byte by itself: a read is no chunk, and no line. */
    @EachTransport({TCP, UNIX})
    void readsWhatComesInPieces() throws IOException {
        server.onConnection(peer -> {
            Daemon.expect(peer, "GET /events");
            peer.writeSlowly(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nstart\n\r\n4\r\ndie\n\r\n0\r\n\r\n",
                    Duration.ofMillis(1));
            peer.expectEnd();
        });

        try (Daemon daemon = Daemon.at(server)) {
            assertThat(daemon.get("/events")).isEqualTo("start\ndie\n");
        }
    }

    /** Half an answer is none. */
    @EachTransport({TCP, UNIX})
    void doesNotTakeHalfAnAnswer() throws IOException {
        server.onConnection(peer -> {
            Daemon.expect(peer, "POST /containers/prune");
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n3 del").fin();
        });

        try (Daemon daemon = Daemon.at(server)) {
            assertThatThrownBy(() -> daemon.post("/containers/prune")).isInstanceOf(ConnectionClosedException.class);
        }
    }

    /** The daemon dies in the middle of it: what may not be done twice is not tried twice. */
    @EachTransport({TCP, UNIX})
    void isToldThatItIsInDoubt() throws IOException {
        server.onConnection(peer -> {
            Daemon.expect(peer, "POST /containers/prune");
            peer.fin();
        });

        try (Daemon daemon = Daemon.at(server)) {
            assertThatThrownBy(() -> daemon.post("/containers/prune")).isInstanceOf(NoHttpResponseException.class);
        }
        assertThat(server).receivedConnections(1);
    }

    /** A daemon that hangs: the JDK's UNIX sockets know no timeout, so this one is the client's own work. */
    @EachTransport({TCP, UNIX})
    void doesNotWaitForEver() throws IOException {
        server.onConnection(peer -> {
            Daemon.expect(peer, "GET /version");
            peer.expectEndOrReset();
        });

        try (Daemon daemon = Daemon.at(server, Daemon.PATIENCE, Timeout.ofMilliseconds(200))) {
            assertThatThrownBy(() -> daemon.get("/version")).isInstanceOf(SocketTimeoutException.class);
        }
    }

    /** The pooled connection is dead, the address the same: the client finds out, and connects again. */
    @EachTransport({TCP, UNIX})
    void outlivesARestart() throws IOException {
        server.onConnection(peer -> {
            Daemon.expect(peer, "GET /version");
            Daemon.answer(peer, "28.1");
            peer.holdOpen(); // until the daemon is stopped
        });
        server.onConnection(peer -> {
            Daemon.expect(peer, "GET /version");
            Daemon.answer(peer, "28.2");
            peer.expectEnd();
        });

        try (Daemon daemon = Daemon.at(server)) {
            assertThat(daemon.get("/version")).isEqualTo("28.1");
            server.stop();
            server.start();
            assertThat(daemon.get("/version")).isEqualTo("28.2");
        }
    }
}
