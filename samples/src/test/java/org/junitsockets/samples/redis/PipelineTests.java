package org.junitsockets.samples.redis;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What Jedis really sends, seen from the other side of the wire.
 *
 * <p>Hand-written peers read a request and reply, in a loop. To them a pipeline that waits for each
 * reply looks the same as one that does not.
 */
class PipelineTests {

    /** The peer does not reply before it has all three: a client that waits for the first is stuck. */
    @Test
    void sendsAllCommandsBeforeTheFirstReply(@WithSocketServer SocketServer server) {
        server.onConnection(RespScript.begin()
                .command("SET", "a", "1")
                .command("INCR", "a")
                .command("GET", "a")
                .line("+OK")
                .line(":2")
                .bulk("2")
                .andThen(SocketConnection::expectReset));

        try (Jedis jedis = JedisClients.connect(server.address());
                Pipeline pipeline = jedis.pipelined()) {
            Response<String> set = pipeline.set("a", "1");
            Response<Long> incremented = pipeline.incr("a");
            Response<String> got = pipeline.get("a");
            pipeline.sync();

            assertThat(set.get()).isEqualTo("OK");
            assertThat(incremented.get()).isEqualTo(2);
            assertThat(got.get()).isEqualTo("2");
        }
    }

    /** An error in the middle is one command's own: those after it get their own replies. */
    @Test
    void givesEachCommandItsOwnReply(@WithSocketServer SocketServer server) {
        server.onConnection(RespScript.begin()
                .command("GET", "a")
                .command("INCR", "text")
                .command("GET", "b")
                .bulk("first")
                .line("-ERR value is not an integer or out of range")
                .bulk("third")
                .andThen(SocketConnection::expectReset));

        try (Jedis jedis = JedisClients.connect(server.address());
                Pipeline pipeline = jedis.pipelined()) {
            Response<String> first = pipeline.get("a");
            Response<Long> second = pipeline.incr("text");
            Response<String> third = pipeline.get("b");
            pipeline.sync();

            assertThat(first.get()).isEqualTo("first");
            assertThatThrownBy(second::get)
                    .isInstanceOf(JedisDataException.class)
                    .hasMessage("ERR value is not an integer or out of range");
            assertThat(third.get()).isEqualTo("third");
        }
    }

    /** One write of a peer's is not one read of a client's: here each byte travels by itself. */
    @Test
    void readsRepliesThatComeInPieces(@WithSocketServer SocketServer server) {
        server.onConnection(RespScript.begin()
                .command("GET", "a")
                .command("GET", "b")
                .andThen(peer -> peer.writeSlowly(
                        RespScript.encodeBulk("line\r\nline") + RespScript.encodeBulk("ü"), Duration.ofMillis(1)))
                .andThen(SocketConnection::expectReset));

        try (Jedis jedis = JedisClients.connect(server.address());
                Pipeline pipeline = jedis.pipelined()) {
            Response<String> lines = pipeline.get("a");
            Response<String> umlaut = pipeline.get("b");
            pipeline.sync();

            assertThat(lines.get()).isEqualTo("line\r\nline");
            assertThat(umlaut.get()).isEqualTo("ü");
        }
    }
}
