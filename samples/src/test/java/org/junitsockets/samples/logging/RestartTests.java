package org.junitsockets.samples.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.util.Map;
import org.apache.logging.log4j.core.appender.AppenderLoggingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

    @WithSocketServer
    private SocketServer server;

    /** A FIN says that the server will say no more. Whoever never reads learns that from a lost event. */
    @Test
    void afterAnOrderlyEndTheFirstEventIsLost() throws IOException {
        String found;
        try (SocketLogging logging = SocketLogging.to(server.address())) {
            logging.info("before");
            server.accept().expectLine("before");
            server.stop(Ending.FIN);
            server.start();
            assertThat(logging.read()).isEqualTo(-1); // it could be known

            logging.info("lost"); // without an exception
            found = logUntilConnectedAgain(logging);
        }
        server.accept().expectToEnd(found + "\n");
    }

    /** As a rule it is the very next event; it may take as many as are written before the reset comes back. */
    private String logUntilConnectedAgain(SocketLogging logging) {
        int number = 0;
        while (server.connectionCount() < 2 && number < 1000) {
            number++;
            logging.info("after " + number);
        }
        return "after " + number;
    }

    /** A write that succeeds has found room in a buffer. Nobody has read it yet, and nobody will. */
    @Test
    void whatTheServerHadNotReadIsLost() {
        try (SocketLogging logging = SocketLogging.to(server.address())) {
            logging.info("before");
            server.accept().expectLine("before");
            logging.info("lost"); // without an exception
            reset(logging);
            server.start();

            logging.info("after");
        }
        server.accept().expectToEnd("after\n");
    }

    /** A reset makes the write fail, so the appender knows, connects, and writes the event once more. */
    @Test
    void afterAResetNothingIsLost() {
        try (SocketLogging logging = SocketLogging.to(server.address())) {
            logging.info("before");
            server.accept().expectLine("before");
            reset(logging);
            server.start();

            logging.info("after");
        }
        server.accept().expectToEnd("after\n");
    }

    /** An appender that never had a connection may be told to wait for one; one that lost it does not wait. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsLoggedWhileItIsDownIsLost(boolean immediateFail) throws Exception {
        try (SocketLogging logging = SocketLogging.to(server.address(), Map.of("immediateFail", immediateFail))) {
            logging.info("before");
            server.accept().expectLine("before");
            reset(logging);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> logging.info("lost")).isInstanceOf(AppenderLoggingException.class);
            }

            server.start();
            logging.awaitReconnect();
            logging.info("after");
        }
        server.accept().expectToEnd("after\n");
        assertThat(server.connectionCount()).isEqualTo(2);
    }

    /** This is the default. An administrator is told of a few, and then of none for minutes. */
    @Test
    void byDefaultNobodyIsTold() throws Exception {
        try (SocketLogging logging = SocketLogging.to(server.address(), Map.of("ignoreExceptions", true))) {
            logging.info("before");
            server.accept().expectLine("before");
            reset(logging);
            for (int i = 0; i < 100; i++) {
                logging.info("lost");
            }
            assertThat(StatusMessages.get().errorsAbout(server.address())).hasSizeBetween(1, 10);

            server.start();
            logging.awaitReconnect();
            logging.info("after");
        }
        server.accept().expectToEnd("after\n");
    }

    @Test
    void withANegativeDelayItNeverComesBack() {
        try (SocketLogging logging = SocketLogging.to(server.address(), Map.of("reconnectDelayMillis", -1))) {
            logging.info("before");
            server.accept().expectLine("before");
            reset(logging);
            server.start();

            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> logging.info("lost")).isInstanceOf(AppenderLoggingException.class);
            }
        }
        assertThat(server.connectionCount()).isEqualTo(1);
    }

    /** Returns when the reset has arrived. */
    private void reset(SocketLogging logging) {
        server.stop(Ending.RST);
        assertThatThrownBy(() -> logging.read()).isInstanceOf(SocketException.class);
    }
}
