package org.junitsockets.it.servers;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.testcontainers.Lifetime.CLASS;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.Tls;
import org.junitsockets.jupiter.Connected;
import org.junitsockets.jupiter.Endpoint;
import org.junitsockets.jupiter.WithSocketClients;
import org.junitsockets.jupiter.WithSocketServer;
import org.junitsockets.jupiter.WithTls;
import org.junitsockets.testcontainers.WithRemoteEndpoint;

/** An nginx, plain and over TLS, and two clients: the JDK's and Apache's. */
@WithRemoteEndpoint(
        name = "nginx",
        image = "junit-sockets-it/nginx",
        port = 8443,
        ports = "8080",
        tlsCertificate = "/etc/tls/certificate.pem",
        tlsKey = "/etc/tls/key.pem",
        tlsKeyMode = 0444,
        lifetime = CLASS)
@WithTls
class HttpTests {

    @Test
    void answersAndKeepsTheConnection(@Connected("nginx:8080") SocketConnection client) {
        for (int i = 0; i < 2; i++) {
            assertThat(client.write(Http.REQUEST).readUntil("\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 OK\r\nServer: nginx\r\n")
                    .contains("\r\nContent-Length: 6\r\n", "\r\nConnection: keep-alive\r\n");
            client.expect("hello\n");
        }
        client.write("GET /last HTTP/1.1\r\nHost: www.example\r\n\r\n");
        assertThat(client.readUntil("\r\n\r\n")).contains("\r\nConnection: close\r\n");
        client.expectToEnd("good bye\n");
    }

    @Test
    void hearsPlainTextWhereItExpectsTls(
            @Endpoint("nginx") InetSocketAddress nginx, @WithSocketClients SocketClients clients) {
        SocketConnection client = clients.connect(nginx).write(Http.REQUEST);
        assertThat(client.readLine()).isEqualTo("HTTP/1.1 400 Bad Request");
        assertThat(client.readUntil("</html>")).contains("The plain HTTP request was sent to HTTPS port");
    }

    @Test
    void saysTheSameOverTls(@Connected("nginx") SocketConnection client, @Endpoint("nginx") Tls tls)
            throws SSLPeerUnverifiedException {
        client.write(Http.REQUEST);
        assertThat(client.readLine()).isEqualTo("HTTP/1.1 200 OK");
        client.readUntil("\r\n\r\n");
        client.expect("hello\n");
        assertThat(client.tls().session().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(client.tls().session().getPeerCertificates())
                .containsExactly(tls.certificate());
    }

    @Test
    void isAskedByTheJdk(
            @Endpoint("nginx:8080") InetSocketAddress nginx, @Endpoint("nginx") Tls tls, @WithSocketServer SocketServer tap) throws Exception {
        tap.onEachConnection(Tap.to(nginx));
        HttpResponse<String> response = Http.jdk(tls.clientContext()).send(Http.get(tap.uri("http"), Http.PATIENT), BodyHandlers.ofString());
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
    void isAskedByApachesClient(
            @Endpoint("nginx:8080") InetSocketAddress nginx, @Endpoint("nginx") Tls tls, @WithSocketServer SocketServer tap) throws IOException {
        tap.onEachConnection(Tap.to(nginx));
        try (CloseableHttpClient client = Http.apache(tls.clientContext(), Http.PATIENT)) {
            assertThat(Http.get(client, "http", tap.address(), "/greeting.txt")).isEqualTo("hello\n");
            assertThat(Http.get(client, "http", tap.address(), "/last")).isEqualTo("good bye\n");
            assertThat(Http.get(client, "http", tap.address(), "/greeting.txt")).isEqualTo("hello\n");
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
    void isTrustedByBoth(@Endpoint("nginx") InetSocketAddress nginx, @Endpoint("nginx") Tls tls) throws Exception {
        HttpResponse<String> response =
                Http.jdk(tls.clientContext()).send(Http.get(Http.uri("https", nginx), Http.PATIENT), BodyHandlers.ofString());
        assertThat(response.body()).isEqualTo("hello\n");
        assertThat(response.sslSession()).isPresent();
        try (CloseableHttpClient client = Http.apache(tls.clientContext(), Http.PATIENT)) {
            assertThat(Http.get(client, "https", nginx, "/greeting.txt"))
                    .isEqualTo("hello\n");
        }
    }
}
