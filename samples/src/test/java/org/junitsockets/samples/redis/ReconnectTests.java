package org.junitsockets.samples.redis;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsockets.Ending;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * A server that goes away and comes back at the same address.
 *
 * <p>Hand-written peers close their server socket, which leaves the open connections as they are, so
 * that the client notices nothing; and then race with the rest of the machine for the port.
 */
class ReconnectTests {

    @ParameterizedTest
    @EnumSource(names = {"FIN", "RST"})
    void aPoolConnectsAnew(Ending ending, @WithSocketServer SocketServer server) {
        server.onEachConnection(RespScript.answering(command -> RespScript.encodeBulk(command.get(1))));

        try (RedisClient redis = JedisClients.pool(server.address(), false)) {
            assertThat(redis.get("before")).isEqualTo("before");

            server.stop(ending);
            assertThatThrownBy(() -> redis.get("on the old connection")).isInstanceOf(JedisConnectionException.class);
            assertThatThrownBy(() -> redis.get("on a new connection"))
                    .isInstanceOf(JedisConnectionException.class)
                    .satisfies(failure ->
                            assertThat(failure.getSuppressed()).hasExactlyElementsOfTypes(ConnectException.class));

            server.start();
            assertThat(redis.get("after")).isEqualTo("after");
        }
        assertThat(server).receivedConnections(2);
        assertThat(server.connection(2))
                .as("what failed is not sent again")
                .receivedExactly(RespScript.encode("GET", "after"));
    }

    /** A single connection does not come back by itself: who has one must make another. */
    @Test
    void aSingleConnectionStaysBroken(@WithSocketServer SocketServer server) {
        server.onEachConnection(RespScript.answering(command -> "+PONG\r\n"));

        try (Jedis jedis = JedisClients.connect(server.address())) {
            assertThat(jedis.ping()).isEqualTo("PONG");
            server.stop();
            assertThatThrownBy(jedis::ping).isInstanceOf(JedisConnectionException.class);
            server.start();
            assertThatThrownBy(jedis::ping).isInstanceOf(JedisConnectionException.class);
        }
        try (Jedis jedis = JedisClients.connect(server.address())) {
            assertThat(jedis.ping()).isEqualTo("PONG");
        }
    }
}
