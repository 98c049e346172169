package org.junitsockets.it.servers;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.jupiter.WithSocketClients;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A Redis server that is paused, killed and started again, and Jedis. */
class RedisOutageTests {

    private static final String PING = "*1\r\n$4\r\nPING\r\n";

    @RegisterExtension
    static final ServerContainer REDIS = ServerContainer.of("redis", 6379, client -> client.write(PING)
            .readLine()
            .equals("+PONG"));

    private final SocketClients clients;

    RedisOutageTests(@WithSocketClients SocketClients clients) {
        this.clients = clients;
    }

    // -- paused ----------------------------------------------------------------------------------

    @Test
    void whatIsSaidToAPausedServerIsAnsweredLater() {
        SocketConnection client = clients.connect(REDIS.address());
        REDIS.pause();
        SocketConnection later = clients.connect(REDIS.address()); // accepted by the system
        client.write(PING);
        later.write(PING);
        REDIS.unpause();
        client.expect("+PONG\r\n");
        later.expect("+PONG\r\n");
    }

    @Test
    void jedisGivesUpAPausedServerAndComesBack() {
        REDIS.pause();
        try (RedisClient pool = JedisClients.pool(REDIS.address(), JedisClients.IMPATIENT)) {
            assertThatThrownBy(pool::ping)
                    .isInstanceOf(JedisConnectionException.class)
                    .hasCauseInstanceOf(SocketTimeoutException.class);
        }
        REDIS.unpause();
        try (RedisClient pool = JedisClients.pool(REDIS.address(), JedisClients.PATIENT)) {
            assertThat(pool.ping()).isEqualTo("PONG");
        }
    }

    // -- killed ----------------------------------------------------------------------------------

    @Test
    void itsDeathIsAnEndWhereNothingIsUnread() {
        SocketConnection client = clients.connect(REDIS.address());
        client.write(PING).expect("+PONG\r\n");
        REDIS.kill();
        client.expectEnd();
    }

    @Test
    void itsDeathIsAResetWhereSomethingIsUnread() {
        SocketConnection client = clients.connect(REDIS.address());
        client.write(PING).expect("+PONG\r\n");
        REDIS.pause();
        client.write(PING);
        REDIS.kill();
        client.expectReset();
    }

    @Test
    void jedisNoticesTheDeathAndIsRefused() {
        try (Jedis jedis = JedisClients.connect(REDIS.address(), JedisClients.PATIENT)) {
            assertThat(jedis.ping()).isEqualTo("PONG");
            REDIS.kill();
            assertThatThrownBy(jedis::ping)
                    .isInstanceOf(JedisConnectionException.class)
                    .hasMessageStartingWith("Unexpected end of stream");
            assertThat(jedis.isBroken()).isTrue();
        }
        assertThatThrownBy(() -> JedisClients.connect(REDIS.address(), JedisClients.PATIENT))
                .isInstanceOf(JedisConnectionException.class)
                .satisfies(e -> assertThat(e.getSuppressed()).hasExactlyElementsOfTypes(ConnectException.class));
    }

    // -- started again ---------------------------------------------------------------------------

    @Test
    void jedisReconnectsAndFindsAnEmptyServer() {
        try (RedisClient pool = JedisClients.pool(REDIS.address(), JedisClients.PATIENT)) {
            pool.set("before", "1");
            REDIS.kill();
            REDIS.start();
            assertThatThrownBy(() -> pool.get("before")) // on the connection that was in the pool
                    .isInstanceOf(JedisConnectionException.class);
            assertThat(pool.get("before")).isNull();
        }
    }
}
