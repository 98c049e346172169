package org.junitsockets.samples.redis;

import static org.junitsockets.assertj.SocketAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;

/**
 * What Jedis says before it is asked to say anything: nobody sees that in a test against a server
 * that understands it, and it may change with the version of the client.
 *
 * <p>Hand-written peers reply {@code +OK} to whatever comes, and so find nothing out.
 */
class GreetingTests {

    private static final JedisClientConfig DEFAULTS =
            DefaultJedisClientConfig.builder().build();

    /** A single connection says who it is: two commands in one flight. */
    @Test
    void aConnectionIntroducesItself(@WithSocketServer SocketServer server) {
        server.onConnection(RespScript.begin()
                .andThen(GreetingTests::expectIntroduction)
                .command("PING")
                .line("+PONG")
                .andThen(SocketConnection::expectReset));

        try (Jedis jedis = JedisClients.connect(server.address(), DEFAULTS)) {
            assertThat(jedis.ping()).isEqualTo("PONG");
        }
    }

    /** A pool asks for version 3 of the protocol first; a server from before that must do as well. */
    @Test
    void aPoolFallsBackToTheOlderProtocol(@WithSocketServer SocketServer server) {
        server.onConnection(RespScript.begin()
                .command("HELLO", "3")
                .line("-ERR unknown command 'HELLO'")
                .command("HELLO", "2")
                .line("-ERR unknown command 'HELLO'")
                .andThen(GreetingTests::expectIntroduction)
                .command("GET", "a")
                .bulk("1")
                .andThen(SocketConnection::expectReset));

        try (RedisClient redis = JedisClients.pool(server.address(), false, DEFAULTS)) {
            assertThat(redis.get("a")).isEqualTo("1");
        }
    }

    private static void expectIntroduction(SocketConnection peer) {
        assertThat(RespScript.readCommand(peer)).containsExactly("CLIENT", "SETINFO", "LIB-NAME", "jedis");
        assertThat(RespScript.readCommand(peer)).hasSize(4).startsWith("CLIENT", "SETINFO", "LIB-VER");
        peer.write("+OK\r\n+OK\r\n");
    }
}
