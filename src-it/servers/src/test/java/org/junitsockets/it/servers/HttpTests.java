package org.junitsockets.it.servers;

import static org.junitsockets.Transport.TLS;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.BasicHttpClientResponseHandler;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketClients;
import org.junitsockets.jupiter.WithSocketServer;

/** An nginx, plain and over TLS, and two clients: the JDK's and Apache's. */
class HttpTests {

    private static final int HTTP = 8080;
    private static final int HTTPS = 8443;
    private static final String REQUEST = "GET /greeting.txt HTTP/1.1\r\nHost: www.example\r\n\r\n";
    private static final Duration PATIENT = Duration.ofSeconds(10);
    private static final Duration IMPATIENT = Duration.ofMillis(300);

    /** That it accepts is all that it says. */
    @RegisterExtension
    static final ServerContainer NGINX = ServerContainer.of("nginx", HTTP, client -> client.write(REQUEST)
                    .readLine()
                    .equals("HTTP/1.1 200 OK"))
            .tls("/etc/tls/certificate.pem", "/etc/tls/key.pem");

    private final SocketClients clients;

    HttpTests(@WithSocketClients SocketClients clients) {
        this.clients = clients;
    }

    // -- what is on the wire ---------------------------------------------------------------------

    @Test
    void answersAndKeepsTheConnection() {
        SocketConnection client = clients.connect(NGINX.address());
        for (int i = 0; i < 2; i++) {
            assertThat(client.write(REQUEST).readUntil("\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 OK\r\nServer: nginx\r\n")
                    .contains("\r\nContent-Length: 6\r\n", "\r\nConnection: keep-alive\r\n");
            client.expect("hello\n");
        }
        client.write("GET /last HTTP/1.1\r\nHost: www.example\r\n\r\n");
        assertThat(client.readUntil("\r\n\r\n")).contains("\r\nConnection: close\r\n");
        client.expectToEnd("good bye\n");
    }

    @Test
    void hearsPlainTextWhereItExpectsTls() {
        SocketConnection client = clients.connect(NGINX.address(HTTPS)).write(REQUEST);
        assertThat(client.readLine()).isEqualTo("HTTP/1.1 400 Bad Request");
        assertThat(client.readUntil("</html>")).contains("The plain HTTP request was sent to HTTPS port");
    }

    @Test
    void saysTheSameOverTls() throws SSLPeerUnverifiedException {
        SocketConnection client =
                clients.transport(TLS).tls(NGINX.tls()).connect(NGINX.address(HTTPS)).write(REQUEST);
        assertThat(client.readLine()).isEqualTo("HTTP/1.1 200 OK");
        client.readUntil("\r\n\r\n");
        client.expect("hello\n");
        assertThat(client.tls().session().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(client.tls().session().getPeerCertificates())
                .containsExactly(NGINX.tls().certificate());
    }

    @Test
    void isAskedByTheJdk(@WithSocketServer SocketServer tap) throws Exception {
        tap.onEachConnection(Tap.to(NGINX.address()));
        HttpResponse<String> response = jdk().send(get(tap.uri("http"), PATIENT), BodyHandlers.ofString());
        assertThat(response.body()).isEqualTo("hello\n");
        assertThat(tap).receivedConnections(1);
        assertThat(tap.connection(1))
                .receivedContaining("GET /greeting.txt HTTP/1.1\r\n")
                .then()
                .sentContaining("HTTP/1.1 200 OK\r\n")
                .then()
                .sentContaining("\r\n\r\nhello\n");
    }

    @Test
    void isAskedByApachesClient(@WithSocketServer SocketServer tap) throws IOException {
        tap.onEachConnection(Tap.to(NGINX.address()));
        try (CloseableHttpClient client = apache(PATIENT)) {
            assertThat(get(client, "http", tap.address(), "/greeting.txt")).isEqualTo("hello\n");
            assertThat(get(client, "http", tap.address(), "/last")).isEqualTo("good bye\n");
            assertThat(get(client, "http", tap.address(), "/greeting.txt")).isEqualTo("hello\n");
        }
        assertThat(tap).receivedConnections(2); // the one that was kept, and one after the last
        assertThat(tap.connection(1))
                .receivedContaining("GET /greeting.txt HTTP/1.1\r\n")
                .then()
                .receivedContaining("GET /last HTTP/1.1\r\n")
                .then()
                .sentContaining("\r\nConnection: close\r\n");
    }

    @Test
    void isTrustedByBoth() throws Exception {
        HttpResponse<String> response =
                jdk().send(get(URI.create("https://" + NGINX.host() + ":" + HTTPS), PATIENT), BodyHandlers.ofString());
        assertThat(response.body()).isEqualTo("hello\n");
        assertThat(response.sslSession()).isPresent();
        try (CloseableHttpClient client = apache(PATIENT)) {
            assertThat(get(client, "https", NGINX.address(HTTPS), "/greeting.txt"))
                    .isEqualTo("hello\n");
        }
    }

    // -- paused ----------------------------------------------------------------------------------

    @Test
    void whatAPausedServerIsAskedIsAnsweredLater() {
        NGINX.pause();
        SocketConnection client = clients.connect(NGINX.address()); // accepted by the system
        client.write(REQUEST);
        NGINX.unpause();
        assertThat(client.readLine()).isEqualTo("HTTP/1.1 200 OK");
    }

    @Test
    void theJdkGivesUpAPausedServerAndComesBack() throws Exception {
        HttpClient client = jdk();
        NGINX.pause();
        assertThatThrownBy(() -> client.send(get(uri(), IMPATIENT), BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class)
                .hasMessage("request timed out");
        NGINX.unpause();
        assertThat(client.send(get(uri(), PATIENT), BodyHandlers.ofString()).body())
                .isEqualTo("hello\n");
    }

    @Test
    void apachesClientGivesUpAPausedServerAndTheHandshakeOfOne() throws IOException {
        NGINX.pause();
        try (CloseableHttpClient client = apache(IMPATIENT)) {
            assertThatThrownBy(() -> get(client, "http", NGINX.address(), "/greeting.txt"))
                    .isInstanceOf(SocketTimeoutException.class);
            assertThatThrownBy(() -> get(client, "https", NGINX.address(HTTPS), "/greeting.txt"))
                    .isInstanceOf(SocketTimeoutException.class);
        }
        NGINX.unpause();
        try (CloseableHttpClient client = apache(PATIENT)) {
            assertThat(get(client, "https", NGINX.address(HTTPS), "/greeting.txt"))
                    .isEqualTo("hello\n");
        }
    }

    // -- killed ----------------------------------------------------------------------------------

    @Test
    void itsDeathIsAnEndWhereNothingIsUnread() {
        SocketConnection client = clients.connect(NGINX.address()).write(REQUEST);
        client.readUntil("hello\n");
        NGINX.kill();
        client.expectEnd();
    }

    /** An attacker on the way could do that as well, so TLS tells it from an end. */
    @Test
    void itsDeathIsNoEndOfTls() {
        SocketConnection client =
                clients.transport(TLS).tls(NGINX.tls()).connect(NGINX.address(HTTPS)).write(REQUEST);
        client.readUntil("hello\n");
        NGINX.kill();
        assertThatThrownBy(client::expectEnd).hasMessageContaining("close_notify");
    }

    @Test
    void bothClientsAreRefusedOnceItIsDead() throws Exception {
        HttpClient jdk = jdk();
        try (CloseableHttpClient apache = apache(PATIENT)) {
            jdk.send(get(uri(), PATIENT), BodyHandlers.ofString());
            get(apache, "http", NGINX.address(), "/greeting.txt");
            NGINX.kill();
            assertThatThrownBy(() -> jdk.send(get(uri(), PATIENT), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> get(apache, "http", NGINX.address(), "/greeting.txt"))
                    .isInstanceOf(ConnectException.class); // it has asked again, and was refused
        }
        assertThatThrownBy(() -> jdk().send(get(uri(), PATIENT), BodyHandlers.ofString()))
                .isInstanceOf(ConnectException.class);
    }

    // -- started again ---------------------------------------------------------------------------

    /** What it had in its pool is dead; a request that may be repeated is. */
    @Test
    void apachesClientDoesNotShowThatItWasAway() throws IOException {
        try (CloseableHttpClient client = apache(PATIENT)) {
            assertThat(get(client, "http", NGINX.address(), "/greeting.txt")).isEqualTo("hello\n");
            NGINX.kill();
            NGINX.start();
            assertThat(get(client, "http", NGINX.address(), "/greeting.txt")).isEqualTo("hello\n");
        }
    }

    @Test
    void theJdkDoesNotShowThatItWasAway() throws Exception {
        HttpClient client = jdk();
        assertThat(client.send(get(uri(), PATIENT), BodyHandlers.ofString()).body())
                .isEqualTo("hello\n");
        NGINX.kill();
        NGINX.start();
        assertThat(client.send(get(uri(), PATIENT), BodyHandlers.ofString()).body())
                .isEqualTo("hello\n");
    }

    // -- the clients -----------------------------------------------------------------------------

    private static URI uri() {
        return URI.create("http://" + NGINX.host() + ":" + HTTP);
    }

    private static HttpClient jdk() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(NGINX.tls().clientContext())
                .build();
    }

    private static HttpRequest get(URI server, Duration timeout) {
        return HttpRequest.newBuilder(server.resolve("/greeting.txt"))
                .timeout(timeout)
                .build();
    }

    private static CloseableHttpClient apache(Duration timeout) {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setTlsSocketStrategy(
                                new DefaultClientTlsStrategy(NGINX.tls().clientContext()))
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(timeout))
                                .setSocketTimeout(Timeout.of(timeout))
                                .build())
                        .build())
                .build();
    }

    private static String get(CloseableHttpClient client, String scheme, InetSocketAddress server, String target)
            throws IOException {
        String host = server.getAddress().getHostAddress();
        return client.execute(
                new HttpGet(scheme + "://" + host + ":" + server.getPort() + target),
                new BasicHttpClientResponseHandler());
    }
}
