package org.junitsockets.it.servers;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.jupiter.WithSocketClients;

/** A PostgreSQL server that is paused, killed and started again, and its JDBC driver. */
class PostgresOutageTests {

    /** Class 08: connection exceptions. */
    private static final String UNABLE_TO_CONNECT = "08001";

    private static final String CONNECTION_FAILURE = "08006";

    /** The process of a connection may find time to say that the one that all come from is dead. */
    private static final String SHUTDOWN = "57P01";

    @RegisterExtension
    static final ServerContainer POSTGRES = Jdbc.server();

    private final SocketClients clients;

    PostgresOutageTests(@WithSocketClients SocketClients clients) {
        this.clients = clients;
    }

    // -- paused ----------------------------------------------------------------------------------

    @Test
    void whatIsSaidToAPausedServerIsAnsweredLater() {
        SocketConnection client = clients.connect(POSTGRES.address());
        POSTGRES.pause();
        client.write(Jdbc.SSL_REQUEST);
        POSTGRES.unpause();
        client.expect("N");
    }

    @Test
    void theDriverGivesUpAPausedServerAndComesBack() throws SQLException {
        try (Connection connection = Jdbc.connect(POSTGRES.address())) {
            connection.setNetworkTimeout(Runnable::run, 300);
            POSTGRES.pause();
            assertThatThrownBy(() -> Jdbc.query(connection, "SELECT 1"))
                    .hasCauseInstanceOf(SocketTimeoutException.class)
                    .asInstanceOf(InstanceOfAssertFactories.type(SQLException.class))
                    .returns(CONNECTION_FAILURE, SQLException::getSQLState);
            POSTGRES.unpause();
            assertThat(connection.isClosed()).isTrue(); // an answer that is late would be taken for another's
        }
        try (Connection connection = Jdbc.connect(POSTGRES.address())) {
            assertThat(Jdbc.query(connection, "SELECT 1")).isEqualTo("1");
        }
    }

    // -- killed ----------------------------------------------------------------------------------

    @Test
    void theDriverNoticesTheDeathAndIsRefused() throws SQLException {
        try (Connection connection = Jdbc.connect(POSTGRES.address())) {
            POSTGRES.kill();
            assertThatThrownBy(() -> Jdbc.query(connection, "SELECT 1"))
                    .asInstanceOf(InstanceOfAssertFactories.type(SQLException.class))
                    .extracting(SQLException::getSQLState)
                    .isIn(CONNECTION_FAILURE, SHUTDOWN);
            assertThat(connection.isValid(10)).isFalse();
        }
        assertThatThrownBy(() -> Jdbc.connect(POSTGRES.address()))
                .hasCauseInstanceOf(ConnectException.class)
                .asInstanceOf(InstanceOfAssertFactories.type(SQLException.class))
                .returns(UNABLE_TO_CONNECT, SQLException::getSQLState);
    }

    @Test
    void itsDeathIsAnEndWhereNothingIsUnread() {
        SocketConnection client = clients.connect(POSTGRES.address());
        client.write(Jdbc.SSL_REQUEST).expect("N");
        POSTGRES.kill();
        byte[] last = client.readToEnd();
        if (last.length > 0) {
            assertThat(last).asString().startsWith("E").contains(SHUTDOWN);
        }
    }

    // -- started again ---------------------------------------------------------------------------

    @Test
    void whatWasCommittedIsThereAndNothingElse() throws SQLException {
        try (Connection connection = Jdbc.connect(POSTGRES.address());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE friends (name text)");
            statement.execute("INSERT INTO friends VALUES ('Ada')");
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO friends VALUES ('Charles')");
            POSTGRES.kill();
            POSTGRES.start();
            assertThatThrownBy(connection::commit)
                    .asInstanceOf(InstanceOfAssertFactories.type(SQLException.class))
                    .extracting(SQLException::getSQLState)
                    .isIn(CONNECTION_FAILURE, SHUTDOWN);
        }
        try (Connection connection = Jdbc.connect(POSTGRES.address())) {
            assertThat(Jdbc.query(connection, "SELECT string_agg(name, ',') FROM friends")).isEqualTo("Ada");
        }
    }
}
