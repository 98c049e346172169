package org.junitsockets.samples.database;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * How a session begins and ends, seen from the server.
 *
 * <p>Hand-written peers skip bytes until the driver is content. What it said is not looked at: that it
 * went on in clear text, or left without a word, passes as well.
 */
class SessionTests {

    @Test
    void saysGoodByeAndHangsUp(@WithSocketServer SocketServer server) throws SQLException {
        server.onConnection(PgScript.begin()
                .login()
                .query(Jdbc.NAMES)
                .send(PgReplies.result("Ada", "Grace"))
                .terminate());

        try (Connection connection = Jdbc.connect(server.address())) {
            assertThat(Jdbc.names(connection)).containsExactly("Ada", "Grace");
        }
    }

    /** Encryption would be welcome, the server has none: they go on without, on the same connection. */
    @Test
    void goesOnInClearTextIfThatWillDo(@WithSocketServer SocketServer server) throws SQLException {
        server.onConnection(PgScript.begin()
                .sslRequest()
                .andThen(peer -> peer.write("N"))
                .login()
                .terminate());

        Jdbc.connect(server.address(), "sslmode=prefer").close();
        assertThat(server).receivedConnections(1);
    }

    /** Encryption is a must: not even the name of the user may follow. */
    @Test
    void tellsNothingInClearTextIfThatWillNotDo(@WithSocketServer SocketServer server) {
        server.onConnection(
                PgScript.begin().sslRequest().andThen(peer -> peer.write("N")).andThen(SocketConnection::expectEnd));

        assertThatThrownBy(() -> Jdbc.connect(server.address(), "sslmode=require"))
                .isInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", "08004"); // the connection was rejected: by the client
        assertThat(server).receivedConnections(1).doesNotContain(Jdbc.USER);
    }

    /** Who is turned away is told why, by a code that a program can act on: wait, or give up. */
    @ParameterizedTest
    @CsvSource({
        "53300, 'sorry, too many clients already'",
        "57P03, the database system is starting up",
        "3D000, 'database \"engines\" does not exist'",
    })
    void passesOnWhyItWasTurnedAway(String sqlState, String why, @WithSocketServer SocketServer server) {
        server.onConnection(PgScript.begin()
                .startup()
                .send(PgReplies.error("FATAL", sqlState, why))
                .andThen(SocketConnection::expectEnd));

        assertThatThrownBy(() -> Jdbc.connect(server.address()))
                .isInstanceOf(SQLException.class)
                .hasMessage("FATAL: " + why)
                .hasFieldOrPropertyWithValue("SQLState", sqlState);
    }
}
