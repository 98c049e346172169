package org.junitsockets.samples.daemon;

import static org.junitsockets.assertj.SocketAssertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.Timeout;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.Transport;

/** A client of a daemon, as an application would have it, and what the daemon sees and says. */
final class Daemon implements AutoCloseable {

    static final Timeout PATIENCE = Timeout.ofSeconds(10);

    private final String base;
    private final CloseableHttpClient client;

    private Daemon(String base, RequestConfig.Builder config, Timeout toConnect, Timeout toAnswer) {
        this.base = base;
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(toConnect)
                                .build())
                        .build())
                .setDefaultRequestConfig(config.setResponseTimeout(toAnswer).build())
                .build();
    }

    static Daemon at(SocketServer server) {
        return at(server, PATIENCE, PATIENCE);
    }

    /** The one difference: over UNIX the client is told of a path, and its URIs of nobody. */
    static Daemon at(SocketServer server, Timeout toConnect, Timeout toAnswer) {
        return server.transport() == Transport.UNIX
                ? at(server.path(), toConnect, toAnswer)
                : new Daemon(server.uri("http").toString(), RequestConfig.custom(), toConnect, toAnswer);
    }

    static Daemon at(Path path) {
        return at(path, PATIENCE, PATIENCE);
    }

    private static Daemon at(Path path, Timeout toConnect, Timeout toAnswer) {
        RequestConfig.Builder config = RequestConfig.custom().setUnixDomainSocket(path);
        return new Daemon("http://localhost", config, toConnect, toAnswer);
    }

    /** Asks for something, which may be asked twice. */
    String get(String path) throws IOException {
        return execute(new HttpGet(base + path));
    }

    /** Has something done, which may not be done twice. */
    String post(String path) throws IOException {
        return execute(new HttpPost(base + path));
    }

    private String execute(ClassicHttpRequest request) throws IOException {
        return client.execute(request, response -> {
            assertThat(response.getCode()).isEqualTo(200);
            return EntityUtils.toString(response.getEntity());
        });
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    /** Expects a request, all of it: none of these has a body. */
    static void expect(SocketConnection peer, String request) {
        peer.expectLine(request + " HTTP/1.1").readUntil("\r\n\r\n");
    }

    static void answer(SocketConnection peer, String body) {
        peer.write("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }
}
