package org.junitsockets.it.servers;

import static org.junitsockets.Transport.TLS;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.jupiter.WithSocketClients;

/** An nginx that is paused, killed and started again, and two clients: the JDK's and Apache's. */
class HttpOutageTests {

    private static final int HTTPS = 8443;

    @RegisterExtension
    static final ServerContainer NGINX = ServerContainer.of("nginx", 8080, client -> client.write(Http.REQUEST)
                    .readLine()
                    .equals("HTTP/1.1 200 OK"))
            .tls("/etc/tls/certificate.pem", "/etc/tls/key.pem");

    private final SocketClients clients;

    HttpOutageTests(@WithSocketClients SocketClients clients) {
        this.clients = clients;
    }

    // -- paused ----------------------------------------------------------------------------------

    @Test
    void whatAPausedServerIsAskedIsAnsweredLater() {
        NGINX.pause();
        SocketConnection client = clients.connect(NGINX.address()); // accepted by the system
        client.write(Http.REQUEST);
        NGINX.unpause();
        assertThat(client.readLine()).isEqualTo("HTTP/1.1 200 OK");
    }

    @Test
    void theJdkGivesUpAPausedServerAndComesBack() throws Exception {
        HttpClient client = Http.jdk(NGINX.tls().clientContext());
        NGINX.pause();
        assertThatThrownBy(() -> client.send(Http.get(Http.uri("http", NGINX.address()), Http.IMPATIENT), BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class)
                .hasMessage("request timed out");
        NGINX.unpause();
        assertThat(client.send(Http.get(Http.uri("http", NGINX.address()), Http.PATIENT), BodyHandlers.ofString()).body())
                .isEqualTo("hello\n");
    }

    @Test
    void apachesClientGivesUpAPausedServerAndTheHandshakeOfOne() throws IOException {
        NGINX.pause();
        try (CloseableHttpClient client = Http.apache(NGINX.tls().clientContext(), Http.IMPATIENT)) {
            assertThatThrownBy(() -> Http.get(client, "http", NGINX.address(), "/greeting.txt"))
                    .isInstanceOf(SocketTimeoutException.class);
            assertThatThrownBy(() -> Http.get(client, "https", NGINX.address(HTTPS), "/greeting.txt"))
                    .isInstanceOf(SocketTimeoutException.class);
        }
        NGINX.unpause();
        try (CloseableHttpClient client = Http.apache(NGINX.tls().clientContext(), Http.PATIENT)) {
            assertThat(Http.get(client, "https", NGINX.address(HTTPS), "/greeting.txt"))
                    .isEqualTo("hello\n");
        }
    }

    // -- killed ----------------------------------------------------------------------------------

    @Test
    void itsDeathIsAnEndWhereNothingIsUnread() {
        SocketConnection client = clients.connect(NGINX.address()).write(Http.REQUEST);
        client.readUntil("hello\n");
        NGINX.kill();
        client.expectEnd();
    }

    /** An attacker on the way could do that as well, so TLS tells it from an end. */
    @Test
    void itsDeathIsNoEndOfTls() {
        SocketConnection client =
                clients.transport(TLS).tls(NGINX.tls()).connect(NGINX.address(HTTPS)).write(Http.REQUEST);
        client.readUntil("hello\n");
        NGINX.kill();
        assertThatThrownBy(client::expectEnd).hasMessageContaining("close_notify");
    }

    @Test
    void bothClientsAreRefusedOnceItIsDead() throws Exception {
        HttpClient jdk = Http.jdk(NGINX.tls().clientContext());
        try (CloseableHttpClient apache = Http.apache(NGINX.tls().clientContext(), Http.PATIENT)) {
            jdk.send(Http.get(Http.uri("http", NGINX.address()), Http.PATIENT), BodyHandlers.ofString());
            Http.get(apache, "http", NGINX.address(), "/greeting.txt");
            NGINX.kill();
            assertThatThrownBy(() -> jdk.send(Http.get(Http.uri("http", NGINX.address()), Http.PATIENT), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> Http.get(apache, "http", NGINX.address(), "/greeting.txt"))
                    .isInstanceOf(ConnectException.class); // it has asked again, and was refused
        }
        assertThatThrownBy(() -> Http.jdk(NGINX.tls().clientContext()).send(Http.get(Http.uri("http", NGINX.address()), Http.PATIENT), BodyHandlers.ofString()))
                .isInstanceOf(ConnectException.class);
    }

    // -- started again ---------------------------------------------------------------------------

    /** What it had in its pool is dead; a request that may be repeated is. */
    @Test
    void apachesClientDoesNotShowThatItWasAway() throws IOException {
        try (CloseableHttpClient client = Http.apache(NGINX.tls().clientContext(), Http.PATIENT)) {
            assertThat(Http.get(client, "http", NGINX.address(), "/greeting.txt")).isEqualTo("hello\n");
            NGINX.kill();
            NGINX.start();
            assertThat(Http.get(client, "http", NGINX.address(), "/greeting.txt")).isEqualTo("hello\n");
        }
    }

    @Test
    void theJdkDoesNotShowThatItWasAway() throws Exception {
        HttpClient client = Http.jdk(NGINX.tls().clientContext());
        assertThat(client.send(Http.get(Http.uri("http", NGINX.address()), Http.PATIENT), BodyHandlers.ofString()).body())
                .isEqualTo("hello\n");
        NGINX.kill();
        NGINX.start();
        assertThat(client.send(Http.get(Http.uri("http", NGINX.address()), Http.PATIENT), BodyHandlers.ofString()).body())
                .isEqualTo("hello\n");
    }
}
