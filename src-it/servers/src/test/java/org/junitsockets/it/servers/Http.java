package org.junitsockets.it.servers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.BasicHttpClientResponseHandler;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.util.Timeout;

/** Two clients, and a request by hand. */
final class Http {

    static final String REQUEST = "GET /greeting.txt HTTP/1.1\r\nHost: www.example\r\n\r\n";
    static final Duration PATIENT = Duration.ofSeconds(10);
    static final Duration IMPATIENT = Duration.ofMillis(300);

    private Http() {}

    static URI uri(String scheme, InetSocketAddress server) {
        return URI.create(scheme + "://" + server.getAddress().getHostAddress() + ":" + server.getPort());
    }

    static HttpClient jdk(SSLContext context) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context)
                .build();
    }

    static HttpRequest get(URI server, Duration timeout) {
        return HttpRequest.newBuilder(server.resolve("/greeting.txt"))
                .timeout(timeout)
                .build();
    }

    static CloseableHttpClient apache(SSLContext context, Duration timeout) {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setTlsSocketStrategy(
                                new DefaultClientTlsStrategy(context))
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(timeout))
                                .setSocketTimeout(Timeout.of(timeout))
                                .build())
                        .build())
                .build();
    }

    static String get(CloseableHttpClient client, String scheme, InetSocketAddress server, String target)
            throws IOException {
        return client.execute(
                new HttpGet(uri(scheme, server).resolve(target)),
                new BasicHttpClientResponseHandler());
    }
}
