package org.junitsockets.samples.logging;

import static org.junitsockets.assertj.SocketAssertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junitsockets.Ending;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * A server that goes down and comes back at the same address.
 *
 * <p>Hand-written peers close their server socket and leave the connection as it is: the appender goes
 * on writing into it, and nothing is lost, in the test. Or they close both, look into the list of what
 * has arrived since, and find some of it.
 */
class RestartTests {

    private static final String AFTER = "after 1\nafter 2\nafter 3\n";

    @WithSocketServer
    private SocketServer server;

    /** A FIN says that the server will say no more. Whoever never reads learns that from a lost event. */
    @Test
    void afterAnOrderlyEndTheFirstEventIsLost() throws IOException {
        String found;
        try (SocketLogging logging = SocketLogging.to(server.address())) {
            logging.connect(server);
            server.stop(Ending.FIN);
            server.start();
            assertThat(logging.read()).isEqualTo(-1); // it could be known

            logging.info("lost"); // without an exception
            found = logUntilConnectedAgain(logging);
            logging.info("after 1", "after 2", "after 3");
        }
        server.accept().expectToEnd(found + "\n" + AFTER);
        assertThat(server).receivedConnections(2);
    }

    /** As a rule it is the very next event; it may take as many as are written before the reset comes back. */
    private String logUntilConnectedAgain(SocketLogging logging) {
        int number = 0;
        while (server.connectionCount() < 2 && number < 1000) {
            number++;
            logging.info("maybe " + number);
        }
        return "maybe " + number;
    }

    /** A write that succeeds has found room in a buffer. Nobody has read it yet, and nobody will. */
    @Test
    void whatTheServerHadNotReadIsLost() {
        try (SocketLogging logging = SocketLogging.to(server.address())) {
            logging.connect(server).pauseReading(); // so that it cannot have been read
            logging.info("lost"); // without an exception
            server.stop(Ending.RST);
            logging.awaitReset();
            server.start();

            logging.info("after 1", "after 2", "after 3");
        }
        expectAfter();
        assertThat(server).doesNotContain("lost");
    }

    /** A reset makes the write fail, so the appender knows, connects, and writes the event once more. */
    @Test
    void afterAResetNothingIsLost() {
        try (SocketLogging logging = SocketLogging.to(server.address())) {
            logging.connect(server);
            server.stop(Ending.RST);
            logging.awaitReset();
            server.start();

            logging.info("after 1", "after 2", "after 3");
        }
        expectAfter();
    }

    /** All of them, in their order, and nothing else, over one connection more. */
    private void expectAfter() {
        server.accept().expectToEnd(AFTER);
        assertThat(server).receivedConnections(2);
    }
}
