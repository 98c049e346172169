package org.junitsockets.samples.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.SocketConnection;

/**
 * What a web server does on one connection, written down step by step:
 *
 * <pre>{@code
 * server.onConnection(HttpScript.begin()
 *         .request("GET /a")
 *         .reply("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")
 *         .andThen(SocketConnection::rst));
 * }</pre>
 *
 * <p>A client that asks for something else, or for nothing, fails the test.
 */
final class HttpScript implements ConnectionHandler {

    private final ConnectionHandler steps;

    private HttpScript(ConnectionHandler steps) {
        this.steps = steps;
    }

    static HttpScript begin() {
        return new HttpScript(peer -> {});
    }

    /** Expects a request by method and target; its header is skipped. */
    HttpScript request(String line) {
        return andThen(peer -> {
            peer.expectLine(line + " HTTP/1.1");
            readHeader(peer);
        });
    }

    /** Expects a request with a body. */
    HttpScript request(String line, String body) {
        return request(line).andThen(peer -> peer.expect(body));
    }

    /** Replies with these bytes, whatever they are. */
    HttpScript reply(String bytes) {
        return andThen(peer -> peer.write(bytes));
    }

    /** Replies in full. */
    HttpScript ok(String body) {
        return reply(encode(body));
    }

    /** Marks that the script has come this far. */
    HttpScript checkpoint(String name) {
        return andThen(peer -> peer.checkpoint(name));
    }

    /** Anything that a real server does on a bad day. */
    @Override
    public HttpScript andThen(ConnectionHandler step) {
        return new HttpScript(steps.andThen(step));
    }

    @Override
    public void handle(SocketConnection peer) throws Exception {
        steps.handle(peer);
    }

    /** A server for any number of connections and GET requests: from a target to the bytes of a reply. */
    static ConnectionHandler answering(Function<String, String> reply) {
        return peer -> {
            while (peer.awaitInput()) {
                peer.expect("GET ");
                String target = peer.readUntil(" ").trim();
                peer.expectLine("HTTP/1.1");
                readHeader(peer);
                peer.write(reply.apply(target));
            }
        };
    }

    /** Reads the lines between that of the request and the empty one. */
    static List<String> readHeader(SocketConnection peer) {
        List<String> fields = new ArrayList<>();
        String line = peer.readUntil("\r\n");
        while (!line.equals("\r\n")) {
            fields.add(line.stripTrailing());
            line = peer.readUntil("\r\n");
        }
        return fields;
    }

    static String encode(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
    }
}
