package org.junitsockets.samples.logging;

import static org.junitsockets.assertj.SocketAssertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * A server that is there and does not read: a full disk, a pause, a debugger.
 *
 * <p>Hand-written peers read as fast as they can, or their buffers take all that a test writes, four
 * megabytes of it. So nobody sees that writing a log can be what an application waits for.
 */
class StalledReaderTests {

    private static final int EVENTS = 256;

    @WithSocketServer(receiveBuffer = 4096)
    private SocketServer server;

    /** It is the thread that logs that waits; what it has logged is not lost by that. */
    @Test
    void theApplicationWaitsUntilTheServerReads() throws IOException {
        try (SocketLogging logging = SocketLogging.to(server.address())) {
            logging.setSendBufferSize(4096);
            CompletableFuture<Void> application = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < EVENTS; i++) {
                    logging.info(event(i));
                }
            });
            try (SocketConnection peer = server.accept()) {
                peer.expectLine(event(0));
                assertThat(application).failsWithin(Duration.ofMillis(150));

                for (int i = 1; i < EVENTS; i++) {
                    peer.expectLine(event(i));
                }
                assertThat(application).succeedsWithin(Duration.ofSeconds(5));
            }
        }
        assertThat(server).receivedConnections(1);
    }

    private static String event(int number) {
        return "event " + number + " " + ".".repeat(4096);
    }

    /** The server had some of it. It gets it again, all of it, over another connection, and then the next. */
    @Test
    void anEventThatWasCutIsWrittenAgain() throws IOException {
        String event = ".".repeat(EVENTS * 4096);
        server.onConnection(peer -> {
            peer.readExactly(1000);
            peer.rst();
        });
        server.onConnection(peer -> peer.expectToEnd(event + "\nnext\nlast\n"));

        try (SocketLogging logging = SocketLogging.to(server.address())) {
            logging.setSendBufferSize(4096);
            logging.info(event, "next", "last");
        }
        assertThat(server).receivedConnections(2);
    }
}
