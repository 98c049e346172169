package org.junitsockets.samples.logging;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.util.Map;
import org.apache.logging.log4j.core.appender.AppenderLoggingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsockets.Ending;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * What is logged while the server is down.
 *
 * <p>Hand-written tests start the server again, log something, and find it. That everything before was
 * lost, and who was told, they did not ask.
 */
class DowntimeTests {

    private static final String AFTER = "after 1\nafter 2\nafter 3\n";

    @WithSocketServer
    private SocketServer server;

    /** An appender that never had a connection may be told to wait for one; one that lost it does not wait. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsLoggedWhileItIsDownIsLost(boolean immediateFail) throws Exception {
        try (SocketLogging logging = SocketLogging.to(server.address(), Map.of("immediateFail", immediateFail))) {
            logging.connect(server);
            server.stop(Ending.RST);
            logging.awaitReset();
            expectLost(logging);

            server.start();
            logging.awaitReconnect();
            logging.info("after 1", "after 2", "after 3");
        }
        expectAfter();
    }

    /** This is the default. An administrator is told of a few, and then of none for minutes. */
    @Test
    void byDefaultNobodyIsTold() throws Exception {
        try (SocketLogging logging = SocketLogging.to(server.address(), Map.of("ignoreExceptions", true))) {
            logging.connect(server);
            server.stop(Ending.RST);
            logging.awaitReset();
            for (int i = 0; i < 100; i++) {
                logging.info("lost");
            }
            assertThat(StatusMessages.get().errorsAbout(server.address())).hasSizeBetween(1, 10);

            server.start();
            logging.awaitReconnect();
            logging.info("after 1", "after 2", "after 3");
        }
        expectAfter();
    }

    @Test
    void withANegativeDelayItNeverComesBack() {
        try (SocketLogging logging = SocketLogging.to(server.address(), Map.of("reconnectDelayMillis", -1))) {
            logging.connect(server);
            server.stop(Ending.RST);
            logging.awaitReset();
            server.start();
            expectLost(logging);
        }
        assertThat(server).receivedConnections(1);
    }

    private static void expectLost(SocketLogging logging) {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> logging.info("lost")).isInstanceOf(AppenderLoggingException.class);
        }
    }

    /** All of them, in their order, and nothing else, over one connection more. */
    private void expectAfter() {
        server.accept().expectToEnd(AFTER);
        assertThat(server).receivedConnections(2).doesNotContain("lost");
    }
}
