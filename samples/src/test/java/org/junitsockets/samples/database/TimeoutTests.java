package org.junitsockets.samples.database;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.UnresponsiveEndpoint;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * Which timeout covers what: {@code connectTimeout} until there is a connection, {@code socketTimeout}
 * each read from then on, {@code loginTimeout} the patience of whoever asked for the connection.
 *
 * <p>Hand-written peers are silent from the first byte on, or not there at all, and sleep. The test is
 * green, and the setting that it is about may have had no part in it.
 */
class TimeoutTests {

    @Test
    void connectingEndsByConnectTimeout(@UnresponsiveEndpoint InetSocketAddress full) {
        assertThatThrownBy(() -> Jdbc.connect(full, "connectTimeout=1"))
                .isInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", "08001")
                .hasRootCauseInstanceOf(SocketTimeoutException.class)
                .hasRootCauseMessage("Connect timed out");
    }

    @Test
    void loggingInEndsBySocketTimeout(@WithSocketServer SocketServer server) {
        server.onConnection(PgScript.begin().startup().andThen(SocketConnection::expectEnd));

        assertThatThrownBy(() -> Jdbc.connect(server.address(), "socketTimeout=1"))
                .isInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", "08001")
                .hasRootCauseInstanceOf(SocketTimeoutException.class)
                .hasRootCauseMessage("Read timed out");
    }

    /** Whoever relies on it alone gets his thread back, and an attempt that goes on behind his back. */
    @Test
    void loginTimeoutEndsTheWaitAndNotTheAttempt(@WithSocketServer SocketServer server) throws Exception {
        assertThatThrownBy(() -> Jdbc.connect(server.address(), "loginTimeout=0.3"))
                .isInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", "08001")
                .hasNoCause();

        // The server finds its voice, is believed, and left.
        PgScript.begin().login().terminate().handle(server.accept());
    }

    @Test
    void aQueryEndsBySocketTimeout(@WithSocketServer SocketServer server) throws SQLException {
        server.onConnection(PgScript.begin().login().query(Jdbc.NAMES).andThen(SocketConnection::expectEnd));

        try (Connection connection = Jdbc.connect(server.address(), "socketTimeout=60")) {
            assertThat(connection.getNetworkTimeout()).isEqualTo(60_000);
            connection.setNetworkTimeout(Runnable::run, 150); // the same, in JDBC's words
            assertThatThrownBy(() -> Jdbc.names(connection))
                    .isInstanceOf(SQLException.class)
                    .hasFieldOrPropertyWithValue("SQLState", "08006")
                    .hasRootCauseInstanceOf(SocketTimeoutException.class)
                    .hasRootCauseMessage("Read timed out");
            assertThat(connection.isClosed()).as("the reply may still come").isTrue();
        }
    }
}
