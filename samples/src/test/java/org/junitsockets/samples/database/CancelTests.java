package org.junitsockets.samples.database;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * A query that is cancelled while it runs: the driver asks for it on a second connection.
 *
 * <p>Hand-written peers sleep for as long as it takes somebody else to cancel, they hope, and serve one
 * connection: that there is a second, and what is on it, nobody sees. Here it is the server that says
 * when: once the query has arrived.
 */
class CancelTests {

    private final CompletableFuture<Statement> running = new CompletableFuture<>();

    /** The cancelled query is over, and its connection as good as new. */
    @Test
    void isAskedForOnAConnectionOfItsOwn(@WithSocketServer SocketServer server) throws SQLException {
        server.onConnection(PgScript.begin()
                .login()
                .query(Jdbc.NAMES)
                .andThen(peer -> running.get().cancel())
                .send(
                        PgReplies.error("ERROR", "57014", "canceling statement due to user request"),
                        PgReplies.readyForQuery('I'))
                .query(Jdbc.NAMES)
                .send(PgReplies.result("Ada"))
                .terminate());
        server.onConnection(PgScript.begin().cancelRequest());

        try (Connection connection = Jdbc.connect(server.address());
                Statement statement = connection.createStatement()) {
            running.complete(statement);
            assertThatThrownBy(() -> Jdbc.names(statement))
                    .isInstanceOf(SQLException.class)
                    .hasFieldOrPropertyWithValue("SQLState", "57014");
            assertThat(Jdbc.names(statement)).containsExactly("Ada");
        }
        assertThat(server).receivedConnections(2);
    }

    /** A server hangs up when it has understood; from one that does not, cancelSignalTimeout frees the caller. */
    @Test
    void doesNotWaitForEverToBeUnderstood(@WithSocketServer SocketServer server) throws SQLException {
        server.onConnection(PgScript.begin()
                .login()
                .query(Jdbc.NAMES)
                .andThen(peer -> running.get().cancel())
                .send(PgReplies.result("Ada"))
                .terminate());
        server.onConnection(PgScript.begin().cancelRequest().andThen(SocketConnection::expectEnd));

        try (Connection connection = Jdbc.connect(server.address(), "cancelSignalTimeout=1");
                Statement statement = connection.createStatement()) {
            running.complete(statement);
            assertThat(Jdbc.names(statement)).as("not cancelled").containsExactly("Ada");
        }
    }
}
