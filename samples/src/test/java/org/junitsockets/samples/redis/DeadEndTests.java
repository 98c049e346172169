package org.junitsockets.samples.redis;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.RefusedEndpoint;
import org.junitsockets.jupiter.UnresponsiveEndpoint;
import org.junitsockets.jupiter.WithSocketServer;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Nobody there, nobody answering, nobody taking the call: three failures that look alike to a user,
 * and are not.
 *
 * <p>Hand-written peers sleep a little longer than the client's timeout, take a port at which they
 * hope that nobody listens, or an address that they hope leads nowhere. Each makes the test pass for
 * another reason than the one in its name, on some machine.
 */
class DeadEndTests {

    private static final JedisClientConfig IMPATIENT = JedisClients.config(150);

    /** The command arrives, and the peer stays on the line: it is the read that times out. */
    @Test
    void aSilentServer(@WithSocketServer SocketServer server) {
        server.onConnection(RespScript.begin().command("GET", "a").andThen(SocketConnection::expectReset));

        try (Jedis jedis = JedisClients.connect(server.address(), IMPATIENT)) {
            assertThatThrownBy(() -> jedis.get("a"))
                    .isInstanceOf(JedisConnectionException.class)
                    .hasRootCauseInstanceOf(SocketTimeoutException.class)
                    .hasRootCauseMessage("Read timed out");
        }
    }

    /** Said at once, not after a timeout: somebody holds this port, and does not listen. */
    @Test
    void aRefusedConnection(@RefusedEndpoint InetSocketAddress refused) {
        assertThatThrownBy(() -> JedisClients.connect(refused))
                .isInstanceOf(JedisConnectionException.class)
                .satisfies(failure ->
                        assertThat(failure.getSuppressed()).hasExactlyElementsOfTypes(ConnectException.class));
    }

    /** The queue of this server is full: the connection is neither made nor refused. */
    @Test
    void aConnectionThatNeverCompletes(@UnresponsiveEndpoint InetSocketAddress full) {
        assertThatThrownBy(() -> JedisClients.connect(full, IMPATIENT))
                .isInstanceOf(JedisConnectionException.class)
                .satisfies(failure ->
                        assertThat(failure.getSuppressed()).hasExactlyElementsOfTypes(SocketTimeoutException.class));
    }
}
