package org.junitsockets.it.servers;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketClients;
import org.junitsockets.jupiter.WithSocketServer;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A Redis server, and Jedis. */
class RedisTests {

    private static final String PING = "*1\r\n$4\r\nPING\r\n";
    private static final int PATIENT = 10_000;
    private static final int IMPATIENT = 200;

    @RegisterExtension
    static final ServerContainer REDIS = ServerContainer.of("redis", 6379, client -> client.write(PING)
            .readLine()
            .equals("+PONG"));

    private final SocketClients clients;

    RedisTests(@WithSocketClients SocketClients clients) {
        this.clients = clients;
    }

    // -- what is on the wire ---------------------------------------------------------------------

    @Test
    void answersByteForByte() {
        SocketConnection client = clients.connect(REDIS.address());
        client.write(PING).expect("+PONG\r\n");
        client.write("*3\r\n$3\r\nSET\r\n$4\r\nwire\r\n$4\r\na\r\nb\r\n").expect("+OK\r\n");
        client.write("*2\r\n$3\r\nGET\r\n$4\r\nwire\r\n").expect("$4\r\na\r\nb\r\n");
        client.write("*1\r\n$5\r\nWRONG\r\n").expectLine("-ERR unknown command 'WRONG', with args beginning with: ");
        client.write("QUIT\r\n").expectToEnd("+OK\r\n"); // inline, without its length
    }

    @Test
    void endsAConnectionThatBreaksTheProtocol() {
        clients.connect(REDIS.address())
                .write("*1\r\n#4\r\n")
                .expectToEnd("-ERR Protocol error: expected '$', got '#'\r\n");
    }

    @Test
    void isSpokenToByJedis(@WithSocketServer SocketServer tap) {
        tap.onEachConnection(Tap.to(REDIS.address()));
        try (Jedis jedis = jedis(tap.address(), PATIENT)) {
            assertThat(jedis.set("name", "ada")).isEqualTo("OK");
            assertThat(jedis.get("name")).isEqualTo("ada");
        }
        assertThat(tap.connection(1))
                .received("*3\r\n$3\r\nSET\r\n$4\r\nname\r\n$3\r\nada\r\n")
                .then()
                .sent("+OK\r\n")
                .then()
                .received("*2\r\n$3\r\nGET\r\n$4\r\nname\r\n")
                .then()
                .sent("$3\r\nada\r\n")
                .endedByReset(); // Jedis hangs up that way
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
        try (RedisClient pool = pool(IMPATIENT)) {
            assertThatThrownBy(pool::ping)
                    .isInstanceOf(JedisConnectionException.class)
                    .hasCauseInstanceOf(SocketTimeoutException.class);
        }
        REDIS.unpause();
        try (RedisClient pool = pool(PATIENT)) {
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
        try (Jedis jedis = jedis(REDIS.address(), PATIENT)) {
            assertThat(jedis.ping()).isEqualTo("PONG");
            REDIS.kill();
            assertThatThrownBy(jedis::ping)
                    .isInstanceOf(JedisConnectionException.class)
                    .hasMessageStartingWith("Unexpected end of stream");
            assertThat(jedis.isBroken()).isTrue();
        }
        assertThatThrownBy(() -> jedis(REDIS.address(), PATIENT))
                .isInstanceOf(JedisConnectionException.class)
                .satisfies(e -> assertThat(e.getSuppressed()).hasExactlyElementsOfTypes(ConnectException.class));
    }

    // -- started again ---------------------------------------------------------------------------

    @Test
    void jedisReconnectsAndFindsAnEmptyServer() {
        try (RedisClient pool = pool(PATIENT)) {
            pool.set("before", "1");
            REDIS.kill();
            REDIS.start();
            assertThatThrownBy(() -> pool.get("before")) // on the connection that was in the pool
                    .isInstanceOf(JedisConnectionException.class);
            assertThat(pool.get("before")).isNull();
        }
    }

    // -- Jedis -----------------------------------------------------------------------------------

    private static JedisClientConfig config(int timeoutMillis) {
        return DefaultJedisClientConfig.builder()
                .serverDefaultProtocol() // no HELLO
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED) // no CLIENT SETINFO
                .connectionTimeoutMillis(PATIENT)
                .socketTimeoutMillis(timeoutMillis)
                .build();
    }

    private static Jedis jedis(InetSocketAddress address, int timeoutMillis) {
        return new Jedis(hostAndPort(address), config(timeoutMillis));
    }

    private static RedisClient pool(int timeoutMillis) {
        return RedisClient.builder()
                .hostAndPort(hostAndPort(REDIS.address()))
                .clientConfig(config(timeoutMillis))
                .build();
    }

    private static HostAndPort hostAndPort(InetSocketAddress address) {
        return new HostAndPort(address.getAddress().getHostAddress(), address.getPort());
    }
}
