package org.junitsockets.samples.readme;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junitsockets.TlsCertificate.EXPIRED;
import static org.junitsockets.Transport.TCP;
import static org.junitsockets.Transport.TCP6;
import static org.junitsockets.Transport.TLS;
import static org.junitsockets.Transport.UDP;
import static org.junitsockets.Transport.UNIX;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitsockets.Banner;
import org.junitsockets.Echo;
import org.junitsockets.Message;
import org.junitsockets.Silent;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketPair;
import org.junitsockets.SocketServer;
import org.junitsockets.Tls;
import org.junitsockets.jupiter.Connected;
import org.junitsockets.jupiter.EachTransport;
import org.junitsockets.jupiter.Endpoint;
import org.junitsockets.jupiter.Port;
import org.junitsockets.jupiter.RefusedEndpoint;
import org.junitsockets.jupiter.UnresponsiveEndpoint;
import org.junitsockets.jupiter.WithSocketClients;
import org.junitsockets.jupiter.WithSocketPair;
import org.junitsockets.jupiter.WithSocketServer;
import org.junitsockets.jupiter.WithTls;

/** The code that README shows, between its tags; {@link ReadmeSnippetsTests} compares the two. */
class ReadmeExamplesTests {

    // tag::opening[]
    @Test
    void pingsAgainAfterAReset(@WithSocketServer SocketServer server) {
        server.onConnection(peer -> peer.expectLine("PING").rst());
        server.onConnection(peer -> peer.expectLine("PING").write("PONG\r\n").expectEnd());

        assertThat(new PingClient(server.address()).ping()).isTrue();
    }
    // end::opening[]

    // tag::plain-pair[]
    @Test
    @WithSocketServer
    void theJdksOwnObjects(ServerSocket server, Socket client) throws IOException {
        try (Socket accepted = server.accept()) {
            client.getOutputStream().write("hello\n".getBytes(US_ASCII));
            assertThat(accepted.getInputStream().readNBytes(6))
                    .asString(US_ASCII)
                    .isEqualTo("hello\n");
        }
    }

    @Test
    void bothEndsAtOnce(@WithSocketPair SocketPair pair) {
        pair.client().write("ping\n");
        pair.server().expectLine("ping");
    }
    // end::plain-pair[]

    // tag::assertions[]
    @Test
    void whatWasOnTheWire(@WithSocketServer SocketServer server) {
        server.onConnection(peer -> peer.expectLine("PING").rst());
        server.onConnection(peer -> peer.expectLine("PING").write("PONG\r\n").expectEnd());

        new PingClient(server.address()).ping();

        assertThat(server).receivedConnections(2);
        assertThat(server.connection(1)).received("PING\r\n").then().endedByReset();
        assertThat(server.connection(2))
                .received("PING\r\n")
                .then()
                .sent("PONG\r\n")
                .endedByFin();
        assertThat(server.transcript()).doesNotContain("password");
    }
    // end::assertions[]

    // tag::inline[]
    @Test
    void onTheTestsOwnThread(@WithSocketServer SocketServer server, SocketConnection client) {
        client.write("GET / HTTP/1.1\r\nHost: example\r\n\r\n");
        try (SocketConnection peer = server.accept()) {
            assertThat(peer.readLine()).isEqualTo("GET / HTTP/1.1");
            peer.readUntil("\r\n\r\n");
            peer.write("HTTP/1.1 204 No Content\r\n\r\n");
        }
        client.expectToEnd("HTTP/1.1 204 No Content\r\n\r\n");
    }
    // end::inline[]

    // tag::dead-ends[]
    @Test
    void givesUpInTime(
            @WithSocketServer(handler = Silent.class) SocketServer silent,
            @RefusedEndpoint InetSocketAddress refused,
            @UnresponsiveEndpoint InetSocketAddress full) {
        PingClient.Timeouts short100 = new PingClient.Timeouts(100, 100);
        assertThatThrownBy(() -> PingClient.ping(silent.address(), short100))
                .isInstanceOf(SocketTimeoutException.class);
        assertThatThrownBy(() -> PingClient.ping(refused, short100)).isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> PingClient.ping(full, short100)).isInstanceOf(SocketTimeoutException.class);
        silent.awaitConnections(1);
    }
    // end::dead-ends[]

    // tag::your-own-server[]
    @AutoClose
    private final PingServer server = PingServer.start();

    @Test
    void answersEachClient(@WithSocketClients SocketClients clients) {
        SocketConnection halfALine = clients.connect(server.address()).write("PI");
        clients.run(server.address(), 20, client -> client.write("PING\r\n").expectLine("PONG")); // all at once
        halfALine.shutdownOutput().expectEnd();
    }
    // end::your-own-server[]

    @Nested
    // tag::several[]
    @WithSocketServer(name = "primary", handler = Echo.class) // a new one for each test
    @WithSocketServer(name = "replica", handler = Silent.class)
    class FailoverTests {
        @WithSocketServer
        static SocketServer metrics; // one for the class

        @WithSocketServer
        SocketServer audit; // one for each test

        @Test
        void fails(
                @Endpoint("primary") SocketServer primary,
                @Connected("primary") Socket client,
                @Port("replica") int port) {
            primary.stop(); // refuses from here on, keeps its port
            primary.start();
        }
    }
    // end::several[]

    // tag::each-transport[]
    @EachTransport({TCP, TCP6, UNIX, TLS})
    @WithSocketServer(handler = Echo.class)
    void echoesEverywhere(SocketConnection client) {
        client.write("x");
        client.expect("x");
    }
    // end::each-transport[]

    // tag::udp[]
    @Test
    @WithSocketServer(transport = UDP)
    void asksAgainWhenTheQuestionIsLost(SocketServer server, @WithSocketClients SocketClients clients) {
        server.dropMessages(1); // as if the network had lost it
        SocketConnection client = clients.transport(UDP).connect(server.address());
        client.write("who?").write("who?");

        Message question = server.awaitMessage();
        question.reply("me");
        client.expectMessage("me");
        server.expectNoMore(Duration.ofMillis(100));
    }
    // end::udp[]

    // tag::tls[]
    @Test
    void refusesAnExpiredCertificate(
            @WithSocketServer @WithTls(certificate = EXPIRED) SocketServer server, @Endpoint SSLContext trusting) {
        assertThatThrownBy(() -> PingClient.https(server.uri("https"), trusting))
                .isInstanceOf(SSLHandshakeException.class)
                .hasStackTraceContaining("CertificateExpiredException");
    }

    @Test
    void startsTls(@WithSocketServer SocketServer server, Tls tls, @WithSocketClients SocketClients clients) {
        server.onConnection(peer -> {
            peer.expectLine("STARTTLS").write("220 go ahead\r\n");
            peer.startTls(tls); // what is recorded from here on is plaintext
            peer.expectLine("EHLO me");
        });
        SocketConnection client = clients.connect(server.address());
        client.write("STARTTLS\r\n").expectLine("220 go ahead").startTls(tls).write("EHLO me\r\n");
    }
    // end::tls[]

    // tag::without-junit[]
    @Test
    void withoutTheExtension() throws IOException {
        try (SocketServer server = SocketServer.builder()
                        .handler(Banner.of("220 ready\r\n"))
                        .start();
                Socket client = new Socket(server.address().getAddress(), server.port())) {
            assertThat(client.getInputStream().readNBytes(11))
                    .asString(US_ASCII)
                    .isEqualTo("220 ready\r\n");
        } // close() throws what the peers threw
    }
    // end::without-junit[]
}
