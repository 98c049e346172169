package org.junitsockets.it.servers;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.testcontainers.Lifetime.CLASS;

import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.Connected;
import org.junitsockets.jupiter.Endpoint;
import org.junitsockets.jupiter.WithSocketServer;
import org.junitsockets.testcontainers.WithRemoteEndpoint;
import redis.clients.jedis.Jedis;

/** A Redis server, and Jedis. */
@WithRemoteEndpoint(name = "redis", image = "junit-sockets-it/redis", port = 6379, lifetime = CLASS)
class RedisTests {

    private static final String PING = "*1\r\n$4\r\nPING\r\n";

    @Test
    void answersByteForByte(@Connected("redis") SocketConnection client) {
        client.write(PING).expect("+PONG\r\n");
        client.write("*3\r\n$3\r\nSET\r\n$4\r\nwire\r\n$4\r\na\r\nb\r\n").expect("+OK\r\n");
        client.write("*2\r\n$3\r\nGET\r\n$4\r\nwire\r\n").expect("$4\r\na\r\nb\r\n");
        client.write("*1\r\n$5\r\nWRONG\r\n").expectLine("-ERR unknown command 'WRONG', with args beginning with: ");
        client.write("QUIT\r\n").expectToEnd("+OK\r\n"); // inline, without its length
    }

    @Test
    void endsAConnectionThatBreaksTheProtocol(@Connected("redis") SocketConnection client) {
        client.write("*1\r\n#4\r\n")
                .expectToEnd("-ERR Protocol error: expected '$', got '#'\r\n");
    }

    @Test
    void isSpokenToByJedis(@Endpoint("redis") InetSocketAddress redis, @WithSocketServer SocketServer tap) {
        tap.onEachConnection(Tap.to(redis));
        try (Jedis jedis = JedisClients.connect(tap.address(), JedisClients.PATIENT)) {
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

    @Test
    void isSpokenToByJedisThroughASocketThatIsThereAlready(@Connected("redis") Socket socket) {
        try (Jedis jedis = new Jedis(() -> socket)) {
            assertThat(jedis.echo("hello")).isEqualTo("hello");
        }
        assertThat(socket.isClosed()).isTrue();
    }
}
