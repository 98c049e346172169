package org.junitsockets.it.servers;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketClients;
import org.junitsockets.jupiter.WithSocketServer;

/** A PostgreSQL server, and its JDBC driver. */
class PostgresTests {

    private static final String PASSWORD = UUID.randomUUID().toString();

    /** Class 08: connection exceptions. */
    private static final String UNABLE_TO_CONNECT = "08001";

    private static final String CONNECTION_FAILURE = "08006";

    /** The process of a connection may find time to say that the one that all come from is dead. */
    private static final String SHUTDOWN = "57P01";

    /** Length, and 1234 and 5679 where the version would be. */
    private static final byte[] SSL_REQUEST =
            ByteBuffer.allocate(8).putInt(8).putInt(80877103).array();

    @RegisterExtension
    static final ServerContainer POSTGRES = ServerContainer.of(
                    "postgresql", 5432, client -> authenticationIsAskedFor(client.write(startup("ada"))))
            .file("/run/password", 0444, address -> PASSWORD);

    private final SocketClients clients;

    PostgresTests(@WithSocketClients SocketClients clients) {
        this.clients = clients;
    }

    // -- what is on the wire ---------------------------------------------------------------------

    @Test
    void asksForScram() {
        SocketConnection client = clients.connect(POSTGRES.address()).write(startup("ada"));
        byte[] mechanisms = "SCRAM-SHA-256\0\0".getBytes(StandardCharsets.US_ASCII);
        client.expect("R").expect(ByteBuffer.allocate(8)
                .putInt(8 + mechanisms.length)
                .putInt(10) // AuthenticationSASL
                .array());
        client.expect(mechanisms);
    }

    @Test
    void hasNoTlsAndGoesOnWithoutIt() {
        clients.connect(POSTGRES.address())
                .write(SSL_REQUEST)
                .expect("N")
                .write(startup("ada"))
                .expect("R");
    }

    @Test
    void isSpokenToByTheDriver(@WithSocketServer SocketServer tap) throws SQLException {
        tap.onEachConnection(Tap.to(POSTGRES.address()));
        try (Connection connection = connect(tap.address(), "sslmode=prefer")) {
            assertThat(query(connection, "SELECT 6 * 7")).isEqualTo("42");
        }
        assertThat(tap.connection(1)).received(SSL_REQUEST).then().sent("N");
        assertThat(tap.connection(1)).receivedContaining("SCRAM-SHA-256").endedByFin();
        assertThat(tap.connection(1))
                .receivedContaining("SELECT 6 * 7")
                .then()
                .sentContaining("42")
                .then()
                .receivedContaining(new byte[] {'X', 0, 0, 0, 4}); // Terminate
        assertThat(tap.transcript()).doesNotContain(PASSWORD);
    }

    @Test
    void refusesAWrongPassword() {
        assertThatThrownBy(() -> connect(POSTGRES.address(), "password=wrong"))
                .asInstanceOf(InstanceOfAssertFactories.type(SQLException.class))
                .returns("28P01", SQLException::getSQLState);
    }

    // -- paused ----------------------------------------------------------------------------------

    @Test
    void whatIsSaidToAPausedServerIsAnsweredLater() {
        SocketConnection client = clients.connect(POSTGRES.address());
        POSTGRES.pause();
        client.write(SSL_REQUEST);
        POSTGRES.unpause();
        client.expect("N");
    }

    @Test
    void theDriverGivesUpAPausedServerAndComesBack() throws SQLException {
        try (Connection connection = connect(POSTGRES.address())) {
            connection.setNetworkTimeout(Runnable::run, 300);
            POSTGRES.pause();
            assertThatThrownBy(() -> query(connection, "SELECT 1"))
                    .hasCauseInstanceOf(SocketTimeoutException.class)
                    .asInstanceOf(InstanceOfAssertFactories.type(SQLException.class))
                    .returns(CONNECTION_FAILURE, SQLException::getSQLState);
            POSTGRES.unpause();
            assertThat(connection.isClosed()).isTrue(); // an answer that is late would be taken for another's
        }
        try (Connection connection = connect(POSTGRES.address())) {
            assertThat(query(connection, "SELECT 1")).isEqualTo("1");
        }
    }

    // -- killed ----------------------------------------------------------------------------------

    @Test
    void theDriverNoticesTheDeathAndIsRefused() throws SQLException {
        try (Connection connection = connect(POSTGRES.address())) {
            POSTGRES.kill();
            assertThatThrownBy(() -> query(connection, "SELECT 1"))
                    .asInstanceOf(InstanceOfAssertFactories.type(SQLException.class))
                    .extracting(SQLException::getSQLState)
                    .isIn(CONNECTION_FAILURE, SHUTDOWN);
            assertThat(connection.isValid(10)).isFalse();
        }
        assertThatThrownBy(() -> connect(POSTGRES.address()))
                .hasCauseInstanceOf(ConnectException.class)
                .asInstanceOf(InstanceOfAssertFactories.type(SQLException.class))
                .returns(UNABLE_TO_CONNECT, SQLException::getSQLState);
    }

    @Test
    void itsDeathIsAnEndWhereNothingIsUnread() {
        SocketConnection client = clients.connect(POSTGRES.address());
        client.write(SSL_REQUEST).expect("N");
        POSTGRES.kill();
        byte[] last = client.readToEnd();
        if (last.length > 0) {
            assertThat(last).asString().startsWith("E").contains(SHUTDOWN);
        }
    }

    // -- started again ---------------------------------------------------------------------------

    @Test
    void whatWasCommittedIsThereAndNothingElse() throws SQLException {
        try (Connection connection = connect(POSTGRES.address());
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
        try (Connection connection = connect(POSTGRES.address())) {
            assertThat(query(connection, "SELECT string_agg(name, ',') FROM friends")).isEqualTo("Ada");
        }
    }

    // -- the protocol, and the driver ----------------------------------------------------------------

    /** While it starts, or recovers, it accepts connections and answers with an error. */
    private static boolean authenticationIsAskedFor(SocketConnection client) {
        return client.readExactly(1)[0] == 'R';
    }

    private static byte[] startup(String user) {
        byte[] parameters = ("user\0" + user + "\0database\0postgres\0\0").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(8 + parameters.length)
                .putInt(8 + parameters.length)
                .putShort((short) 3)
                .putShort((short) 0)
                .put(parameters)
                .array();
    }

    private static Connection connect(InetSocketAddress address, String... properties) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://" + address.getAddress().getHostAddress() + ":"
                + address.getPort() + "/postgres?user=ada&gssEncMode=disable&sslmode=disable&password=" + PASSWORD
                + (properties.length == 0 ? "" : "&" + String.join("&", properties)));
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
