package org.junitsockets.samples.database;

import static org.junitsockets.assertj.SocketAssertions.assertThat;

import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.RefusedEndpoint;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * Two servers, and the first will not do.
 *
 * <p>Hand-written peers are one server that serves, and a port at which nobody is thought to listen.
 * There are more ways not to be of use, and the driver leaves each of them in another way.
 *
 * <p>One of them is no test: from a first server that does not answer the connect there is no failover
 * to rely on. {@code connectTimeout} is for all servers together, and the first takes it all.
 */
class FailoverTests {

    private static final PgScript SERVES = PgScript.begin()
            .login()
            .query(Jdbc.NAMES)
            .send(PgReplies.result("Ada"))
            .terminate();

    @WithSocketServer
    private SocketServer second;

    @Test
    void theFirstRefuses(@RefusedEndpoint InetSocketAddress refused) throws SQLException {
        second.onConnection(SERVES);
        assertServed(refused);
    }

    /** Somebody takes the connection, and drops it: a load balancer without a server behind it. */
    @Test
    void theFirstHangsUp(@WithSocketServer SocketServer first) throws SQLException {
        first.onConnection(PgScript.begin().startup().andThen(SocketConnection::fin));
        second.onConnection(SERVES);
        assertServed(first.address());
    }

    @Test
    void theFirstIsStillStarting(@WithSocketServer SocketServer first) throws SQLException {
        first.onConnection(PgScript.begin()
                .startup()
                .send(PgReplies.error("FATAL", "57P03", "the database system is starting up"))
                .andThen(SocketConnection::expectEnd));
        second.onConnection(SERVES);
        assertServed(first.address());
    }

    /** It lets them in. Only then do they learn that they may not write, and leave. */
    @Test
    void theFirstIsAStandby(@WithSocketServer SocketServer first) throws SQLException {
        first.onConnection(PgScript.begin()
                .startup()
                .send(PgReplies.welcome(PgReplies.parameter("in_hot_standby", "on")))
                .terminate());
        second.onConnection(PgScript.begin()
                .login()
                .simpleQuery("show transaction_read_only")
                .send(
                        PgReplies.rowDescription(),
                        PgReplies.row("off"),
                        PgReplies.commandComplete("SHOW"),
                        PgReplies.readyForQuery('I'))
                .query(Jdbc.NAMES)
                .send(PgReplies.result("Ada"))
                .terminate());
        assertServed(first.address(), "targetServerType=primary");
    }

    /**
     * For a while the driver does not ask who failed it once, even if he is back. That is remembered by
     * address and for all of the JVM: at a port that another test has used it would begin with that.
     */
    @Test
    void theFirstIsBack(@WithSocketServer SocketServer first) throws SQLException {
        second.onConnection(SERVES);
        second.onConnection(SERVES);
        first.stop();
        assertServed(first.address());

        first.onEachConnection(SocketConnection::fin); // if he were asked
        first.start();
        assertServed(first.address(), "hostRecheckSeconds=3600");
        assertThat(first).hasNoConnections();
    }

    private void assertServed(InetSocketAddress first, String... properties) throws SQLException {
        try (Connection connection = Jdbc.connect(List.of(first, second.address()), properties)) {
            assertThat(Jdbc.names(connection)).containsExactly("Ada");
        }
    }
}
