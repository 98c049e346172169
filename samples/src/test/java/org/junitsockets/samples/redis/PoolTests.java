package org.junitsockets.samples.redis;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * A pool hands out connections that were fine when they were put back.
 *
 * <p>Hand-written peers serve one connection, or any: which command went over which is not asked. A
 * pool that never validates, or connects for each command, passes just as well.
 */
class PoolTests {

    /** Each connection is asked before it is handed out, and one that does not answer is replaced. */
    @Test
    void validatesBeforeItHandsOut(@WithSocketServer SocketServer server) {
        server.onConnection(RespScript.begin()
                .command("PING") // for the client itself, which borrows a connection when it is built
                .line("+PONG")
                .command("PING")
                .line("+PONG")
                .command("GET", "a")
                .bulk("1")
                .command("PING")
                .andThen(SocketConnection::rst));
        server.onConnection(RespScript.begin()
                .command("PING")
                .line("+PONG")
                .command("GET", "b")
                .bulk("2")
                .andThen(SocketConnection::expectReset));

        try (RedisClient redis = JedisClients.pool(server.address(), true)) {
            assertThat(server).receivedConnections(1);
            assertThat(redis.get("a")).isEqualTo("1");
            assertThat(redis.get("b")).as("the user notices nothing").isEqualTo("2");
        }
    }

    /** The same without validation: the user is the one who finds out. */
    @Test
    void withoutValidationTheUserPays(@WithSocketServer SocketServer server) {
        server.onConnection(RespScript.begin().command("GET", "a").bulk("1").andThen(SocketConnection::fin));
        server.onConnection(RespScript.begin().command("GET", "b").bulk("2").andThen(SocketConnection::expectReset));

        try (RedisClient redis = JedisClients.pool(server.address(), false)) {
            assertThat(redis.get("a")).isEqualTo("1");
            assertThatThrownBy(() -> redis.get("b")).isInstanceOf(JedisConnectionException.class);
            assertThat(redis.get("b")).isEqualTo("2");
        }
    }

    @Test
    void usesOneConnectionAgain(@WithSocketServer SocketServer server) {
        server.onEachConnection(RespScript.answering(command -> RespScript.encodeBulk(command.get(1))));

        try (RedisClient redis = JedisClients.pool(server.address(), false)) {
            for (int i = 0; i < 100; i++) {
                assertThat(redis.get("key " + i)).isEqualTo("key " + i);
            }
        }
        assertThat(server).receivedConnections(1);
    }
}
