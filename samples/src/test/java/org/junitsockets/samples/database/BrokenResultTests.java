package org.junitsockets.samples.database;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.EOFException;
import java.net.SocketException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * A server that dies while it sends a result: some of the rows must not pass for all of them.
 *
 * <p>Hand-written peers close their socket between two messages, if they get that far, and by FIN or
 * by reset as it happens. Here each end comes after the very byte, and is the one in the test's name.
 */
class BrokenResultTests {

    private static final byte[] ROW = PgReplies.row("Grace").encode();

    @ParameterizedTest(name = "{1}")
    @CsvSource({"0, between two rows", "3, within a length", "14, within a value", "16, after the last row"})
    void anEndOfTheStreamIsNoEndOfTheRows(int bytes, String where, @WithSocketServer SocketServer server)
            throws SQLException {
        server.onConnection(brokenOff(bytes).andThen(SocketConnection::fin));

        try (Connection connection = Jdbc.connect(server.address())) {
            assertThatThrownBy(() -> Jdbc.names(connection))
                    .isInstanceOf(SQLException.class)
                    .hasRootCauseInstanceOf(EOFException.class);
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({"0, between two rows", "3, within a length", "14, within a value", "16, after the last row"})
    void aResetIsNoEndOfTheRows(int bytes, String where, @WithSocketServer SocketServer server) throws SQLException {
        server.onConnection(brokenOff(bytes).andThen(SocketConnection::rst));

        try (Connection connection = Jdbc.connect(server.address())) {
            assertThatThrownBy(() -> Jdbc.names(connection))
                    .isInstanceOf(SQLException.class)
                    .hasRootCauseInstanceOf(SocketException.class)
                    .hasRootCauseMessage("Connection reset");
            assertThat(connection.isClosed()).isTrue();
        }
    }

    /** The first row, and so many bytes of the second. */
    private static PgScript brokenOff(int bytes) {
        return PgScript.begin()
                .login()
                .query(Jdbc.NAMES)
                .send(
                        PgReplies.parseComplete(),
                        PgReplies.bindComplete(),
                        PgReplies.rowDescription(),
                        PgReplies.row("Ada"))
                .andThen(peer -> peer.write(Arrays.copyOf(ROW, bytes)));
    }

    /** Rows are fetched two at a time: the user has had two of them when he learns that it is not all. */
    @Test
    void aCursorDoesNotEndEarly(@WithSocketServer SocketServer server) throws SQLException {
        server.onConnection(PgScript.begin()
                .login()
                .sync() // BEGIN and the query, in one flight
                .send(
                        PgReplies.commandComplete("BEGIN"),
                        PgReplies.readyForQuery('T'),
                        PgReplies.parseComplete(),
                        PgReplies.bindComplete(),
                        PgReplies.rowDescription(),
                        PgReplies.row("Ada"),
                        PgReplies.row("Grace"),
                        PgReplies.portalSuspended(),
                        PgReplies.readyForQuery('T'))
                .sync() // the next two rows
                .andThen(SocketConnection::fin));

        try (Connection connection = Jdbc.connect(server.address());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(2);
            ResultSet names = statement.executeQuery(Jdbc.NAMES);
            assertThat(names.next()).isTrue();
            assertThat(names.next()).isTrue();
            assertThatThrownBy(names::next).isInstanceOf(SQLException.class).hasRootCauseInstanceOf(EOFException.class);
        }
    }

    /** A server that is shut down says so before it hangs up, and the user is told that, not "I/O error". */
    @Test
    void theLastWordsOfTheServerCount(@WithSocketServer SocketServer server) throws SQLException {
        String why = "terminating connection due to administrator command";
        server.onConnection(
                brokenOff(0).send(PgReplies.error("FATAL", "57P01", why)).andThen(SocketConnection::fin));

        try (Connection connection = Jdbc.connect(server.address())) {
            assertThatThrownBy(() -> Jdbc.names(connection))
                    .isInstanceOf(SQLException.class)
                    .hasMessage("FATAL: " + why)
                    .hasFieldOrPropertyWithValue("SQLState", "57P01");
        }
    }
}
