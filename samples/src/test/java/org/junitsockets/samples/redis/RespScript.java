package org.junitsockets.samples.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.SocketConnection;

/**
 * What a Redis server says in one conversation, written down step by step:
 *
 * <pre>{@code
 * server.onConnection(RespScript.begin()
 *         .command("GET", "a")
 *         .bulk("1")
 *         .andThen(SocketConnection::expectReset));
 * }</pre>
 *
 * <p>A client that says something else, or nothing, fails the test.
 */
final class RespScript implements ConnectionHandler {

    private final ConnectionHandler steps;

    private RespScript(ConnectionHandler steps) {
        this.steps = steps;
    }

    static RespScript begin() {
        return new RespScript(peer -> {});
    }

    /** Expects one command, byte for byte. */
    RespScript command(String... words) {
        return andThen(peer -> peer.expect(encode(words)));
    }

    /** Replies with a line of its own kind: {@code +OK}, {@code :42}, {@code -ERR no}. */
    RespScript line(String line) {
        return andThen(peer -> peer.write(line + "\r\n"));
    }

    /** Replies with a string. */
    RespScript bulk(String text) {
        return andThen(peer -> peer.write(encodeBulk(text)));
    }

    /** Anything that a real server does on a bad day. */
    @Override
    public RespScript andThen(ConnectionHandler step) {
        return new RespScript(steps.andThen(step));
    }

    @Override
    public void handle(SocketConnection peer) throws Exception {
        steps.handle(peer);
    }

    /** A server for any number of conversations that looks at each command and replies. */
    static ConnectionHandler answering(Function<List<String>, String> reply) {
        return peer -> {
            while (peer.awaitInput()) {
                peer.write(reply.apply(readCommand(peer)));
            }
        };
    }

    static List<String> readCommand(SocketConnection peer) {
        int words = number(peer, '*');
        List<String> command = new ArrayList<>();
        for (int i = 0; i < words; i++) {
            command.add(new String(peer.readExactly(number(peer, '$')), UTF_8));
            peer.expect("\r\n");
        }
        return command;
    }

    private static int number(SocketConnection peer, char type) {
        peer.expect(String.valueOf(type));
        return Integer.parseInt(peer.readUntil("\r\n").trim());
    }

    static String encode(String... words) {
        StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            text.append(encodeBulk(word));
        }
        return text.toString();
    }

    static String encodeBulk(String text) {
        return "$" + text.getBytes(UTF_8).length + "\r\n" + text + "\r\n";
    }
}
