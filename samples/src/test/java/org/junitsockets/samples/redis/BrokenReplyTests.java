package org.junitsockets.samples.redis;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * A reply that announces ten bytes and stops after five: half a value must not pass for a value.
 *
 * <p>Hand-written peers call {@code close()} and hope: that is a FIN or a reset, by what happened to
 * be unread. Here a reset is a reset, after the five bytes, and an end is an end.
 */
class BrokenReplyTests {

    private static final String HALF_A_REPLY = "$10\r\nhello";

    @Test
    void aResetInTheMiddleIsAnError(@WithSocketServer SocketServer server) {
        server.onConnection(RespScript.begin()
                .command("GET", "a")
                .andThen(peer -> peer.write(HALF_A_REPLY))
                .andThen(SocketConnection::rst));

        try (Jedis jedis = JedisClients.connect(server.address())) {
            assertThatThrownBy(() -> jedis.get("a"))
                    .isInstanceOf(JedisConnectionException.class)
                    .hasRootCauseInstanceOf(SocketException.class)
                    .hasRootCauseMessage("Connection reset");
            assertThat(jedis.isBroken()).isTrue();
        }
    }

    @Test
    void anEndInTheMiddleIsAnError(@WithSocketServer SocketServer server) {
        server.onConnection(RespScript.begin()
                .command("GET", "a")
                .andThen(peer -> peer.write(HALF_A_REPLY))
                .andThen(SocketConnection::fin));

        try (Jedis jedis = JedisClients.connect(server.address())) {
            assertThatThrownBy(() -> jedis.get("a"))
                    .isInstanceOf(JedisConnectionException.class)
                    .hasMessageContaining("Unexpected end of stream");
            assertThat(jedis.isBroken()).isTrue();
        }
    }

    /** The other half would be taken for the reply to the next command, were the connection used again. */
    @Test
    void aBrokenConnectionIsNotUsedAgain(@WithSocketServer SocketServer server) {
        server.onConnection(RespScript.begin()
                .command("GET", "a")
                .andThen(peer -> peer.write(HALF_A_REPLY))
                .andThen(SocketConnection::expectReset)); // the client has given up, and hangs up

        try (Jedis jedis = JedisClients.connect(server.address(), JedisClients.config(150))) {
            assertThatThrownBy(() -> jedis.get("a")).isInstanceOf(JedisConnectionException.class);
            assertThat(jedis.isBroken()).isTrue();
            assertThatThrownBy(() -> jedis.get("b")).isInstanceOf(JedisConnectionException.class);
        }
    }
}
