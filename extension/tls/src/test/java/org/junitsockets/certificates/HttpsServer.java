package org.junitsockets.certificates;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junitsockets.Tls;

/** The JDK's own TLS server on the wildcard of both families' loopback: answers each request alike. */
final class HttpsServer implements AutoCloseable {

    static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi";

    private final SSLServerSocket listener;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** What became of the handshake of the first connection. */
    final CompletableFuture<String> first = new CompletableFuture<>();

    private HttpsServer(SSLContext context, String host, Consumer<SSLServerSocket> settings) throws IOException {
        listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName(host));
        settings.accept(listener);
        Thread thread = new Thread(this::serve, "https");
        thread.setDaemon(true);
        thread.start();
    }

    static HttpsServer at(String host, Tls tls) throws IOException {
        return new HttpsServer(tls.serverContext(), host, listener -> {});
    }

    static HttpsServer with(SSLContext context, Consumer<SSLServerSocket> settings) throws IOException {
        return new HttpsServer(context, "127.0.0.1", settings);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void serve() {
        try {
            while (true) {
                try (SSLSocket socket = (SSLSocket) listener.accept()) {
                    socket.setSoTimeout(10_000);
                    try {
                        socket.startHandshake();
                        first.complete(socket.getSession().getProtocol());
                        StringBuilder request = new StringBuilder();
                        for (int next;
                                request.indexOf("\r\n\r\n") < 0
                                        && (next = socket.getInputStream().read()) >= 0; ) {
                            request.append((char) next);
                        }
                        socket.getOutputStream().write(ANSWER.getBytes(US_ASCII));
                    } catch (IOException e) {
                        first.complete(String.valueOf(e.getMessage()));
                    }
                }
            }
        } catch (IOException e) {
            ended.complete(null);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        ended.orTimeout(10, TimeUnit.SECONDS).join();
    }
}
