package org.junitsockets.samples.logging;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import org.apache.logging.log4j.core.appender.AppenderLoggingException;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * Events that arrive: all of them, once, in their order, and over how many connections.
 *
 * <p>Hand-written peers collect the lines of all connections in one list. That there was a connection
 * for each event, that the last one was cut off, or that a server that is not there yet was somebody
 * else's, does not show in it.
 */
class DeliveryTests {

    @Test
    void inOrderAndOverOneConnection(@WithSocketServer SocketServer server) {
        try (SocketLogging logging = SocketLogging.to(server.address())) {
            logging.info("one", "two", "three");
        }
        server.accept().expectToEnd("one\ntwo\nthree\n");
        assertThat(server).receivedConnections(1);
    }

    /** The server is not there yet. What is logged until it is there is lost. */
    @Test
    void onceThereIsAServer(@WithSocketServer SocketServer server) throws Exception {
        server.stop();
        try (SocketLogging logging = SocketLogging.to(server.address())) {
            assertThatThrownBy(() -> logging.info("lost"))
                    .isInstanceOf(AppenderLoggingException.class)
                    .hasMessageEndingWith("socket not available");

            server.start();
            logging.awaitReconnect();
            logging.info("one", "two", "three");
        }
        server.accept().expectToEnd("one\ntwo\nthree\n");
        assertThat(server).receivedConnections(1);
    }
}
