package org.junitsockets.certificates;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsockets.ClientAuthentication;
import org.junitsockets.Echo;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketPair;
import org.junitsockets.SocketServer;
import org.junitsockets.Tls;
import org.junitsockets.TlsCertificate;
import org.junitsockets.TlsStall;
import org.junitsockets.Transcript;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.Transport;

/** TLS on the library's own connections, with the JDK's sockets as the other side. */
class TlsConnectionTests {

    private static SSLSocket connect(SocketServer server, Tls tls) throws Exception {
        SSLSocket socket = (SSLSocket) tls.clientContext().getSocketFactory().createSocket();
        socket.connect(server.address(), 10_000);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String read(SSLSocket socket, int count) throws Exception {
        return new String(socket.getInputStream().readNBytes(count), US_ASCII);
    }

    private static List<Kind> kinds(Transcript transcript) {
        return transcript.entries().stream().map(Transcript.Entry::kind).toList();
    }

    @Test
    void aPairOverTlsTalksAndEndsInOrder() {
        try (SocketPair pair = SocketPair.open(Transport.TLS)) {
            pair.client().write("ping\n");
            pair.server().expectLine("ping").write("pong\n");
            pair.client().expectLine("pong");
            assertThat(pair.server().tls().session().getProtocol()).isEqualTo("TLSv1.3");
            assertThat(pair.client().tls().session().isValid()).isTrue();
            pair.client().fin();
            pair.server().expectEnd().fin();
            assertThat(kinds(pair.server().transcript()))
                    .containsSubsequence(
                            Kind.TLS_STARTED,
                            Kind.TLS_ESTABLISHED,
                            Kind.RECEIVED,
                            Kind.SENT,
                            Kind.CLOSE_NOTIFY_RECEIVED,
                            Kind.FIN_RECEIVED,
                            Kind.CLOSED);
            assertThat(pair.server().transcript().received()).asString().isEqualTo("ping\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theJdksClientIsServedByAHandler(String version) throws Exception {
        Tls tls = Tls.builder().protocols(version).create();
        try (SocketServer server =
                        SocketServer.builder().tls(tls).handler(new Echo()).start();
                SSLSocket client = connect(server, tls)) {
            client.getOutputStream().write("abc".getBytes(US_ASCII));
            assertThat(read(client, 3)).isEqualTo("abc");
            assertThat(client.getSession().getProtocol()).isEqualTo(version);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"TCP", "TCP6", "UNIX"})
    void everyStreamCanHaveTls(Transport transport) {
        Tls tls = Tls.builder().create();
        try (SocketServer server = SocketServer.builder()
                        .transport(transport)
                        .tls(tls)
                        .handler(new Echo())
                        .start();
                SocketClients clients = SocketClients.open().tls(tls)) {
            clients.connect(server.socketAddress()).write("x").expect("x");
        }
    }

    @Test
    void clientsOverTlsTrustTheAuthorityUnlessTheyAreToldOtherwise() {
        try (SocketServer server = SocketServer.builder()
                        .transport(Transport.TLS)
                        .handler(new Echo())
                        .start();
                SocketClients clients = SocketClients.open().transport(Transport.TLS)) {
            SocketConnection client = clients.connect(server.address());
            client.write("x").expect("x");
            assertThat(client.tls().session().getPeerHost()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void aHandshakeNeedsNobodyWhoAccepts() throws Exception {
        Tls tls = Tls.builder().certificate(TlsCertificate.EXPIRED).create();
        try (SocketServer server = SocketServer.builder().tls(tls).start();
                SSLSocket client = connect(server, tls)) {
            assertThatThrownBy(client::startHandshake)
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasStackTraceContaining("CertificateExpiredException");
        }
    }

    @Test
    void whatTheClientFindsWrongIsTheScriptsFailure() {
        Tls tls = Tls.builder().certificate(TlsCertificate.EXPIRED).create();
        SocketServer server = SocketServer.builder().tls(tls).start();
        server.onConnection(peer -> peer.expectLine("HELLO"));
        assertThatThrownBy(() -> {
                    try (server;
                            SSLSocket client = connect(server, tls)) {
                        assertThatThrownBy(client::startHandshake).isInstanceOf(SSLHandshakeException.class);
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("certificate");
    }

    @Test
    void startTlsInMidConversation() throws Exception {
        Tls tls = Tls.builder().create();
        try (SocketServer server =
                        SocketServer.builder().transport(Transport.TCP).start();
                SocketClients clients = SocketClients.open()) {
            server.onConnection(peer -> {
                peer.expectLine("STARTTLS");
                peer.write("220\r\n");
                peer.startTls(tls);
                peer.expectLine("EHLO me").write("250\r\n").expectEnd();
            });
            SocketConnection client = clients.connect(server.address());
            client.write("STARTTLS\r\n")
                    .expectLine("220")
                    .startTls(tls)
                    .write("EHLO me\r\n")
                    .expectLine("250");
            client.fin();
        }
    }

    @Test
    void aTruncatedConnectionIsNoEnd() {
        try (SocketPair pair = SocketPair.open(Transport.TLS)) {
            pair.client().write("x");
            pair.server().expect("x").write("y");
            pair.client().expect("y");
            pair.client().truncate();
            assertThatThrownBy(() -> pair.server().expectEnd())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("without close_notify (truncated)");
            pair.server().expectEndOrReset();
            assertThat(kinds(pair.server().transcript()))
                    .contains(Kind.TRUNCATED)
                    .doesNotContain(Kind.FIN_RECEIVED);
        }
    }

    @Test
    void aTruncatingServerIsTruncatedToTheJdk() throws Exception {
        Tls tls = Tls.builder().create();
        try (SocketServer server = SocketServer.builder().tls(tls).start();
                SSLSocket client = connect(server, tls)) {
            server.onConnection(peer -> {
                peer.write("half");
                peer.truncate();
            });
            assertThat(read(client, 4)).isEqualTo("half");
            assertThat(client.getInputStream().read()).isEqualTo(-1); // the JDK's sockets do not tell
        }
    }

    @ParameterizedTest
    @EnumSource(value = TlsStall.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aStalledHandshakeTimesOutAtTheClientAndFailsNobody(TlsStall stall) throws Exception {
        Tls tls = Tls.builder().stall(stall).create();
        try (SocketServer server = SocketServer.builder().tls(tls).start();
                SSLSocket client = connect(server, tls)) {
            client.setSoTimeout(200);
            assertThatThrownBy(client::startHandshake).isInstanceOf(SocketTimeoutException.class);
            assertThat(server.connectionCount()).isEqualTo(1);
            assertThat(kinds(server.connection(1).transcript())).contains(Kind.TLS_STALLED);
        }
    }

    @Test
    void aResetOverTlsIsOne() {
        try (SocketPair pair = SocketPair.open(Transport.TLS)) {
            pair.client().write("x");
            pair.server().expect("x").rst();
            pair.client().expectReset();
        }
    }

    @Test
    void aMegabyteGoesThroughEachWay() {
        byte[] much = new byte[1024 * 1024];
        new Random(42).nextBytes(much);
        Tls tls = Tls.builder().create();
        try (SocketServer server = SocketServer.builder().tls(tls).start();
                SocketClients clients = SocketClients.open().tls(tls)) {
            server.onConnection(peer -> {
                byte[] read = peer.readExactly(much.length);
                peer.write(read);
            });
            SocketConnection client = clients.connect(server.address());
            client.write(much);
            assertThat(client.readToEnd()).isEqualTo(much);
        }
    }

    @Test
    void aClientThatDoesNotTrustSaysWhy() {
        Tls tls = Tls.builder().certificate(TlsCertificate.UNKNOWN_CA).create();
        try (SocketServer server = SocketServer.builder().tls(tls).start();
                SocketClients clients = SocketClients.open().tls(tls)) {
            SocketConnection client = clients.connect(server.address());
            assertThatThrownBy(() -> client.write("x"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(SSLException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aFailureStandsInTheTranscriptOnce(String version) throws Exception {
        Tls tls = Tls.builder()
                .protocols(version)
                .clientAuthentication(ClientAuthentication.REQUIRED)
                .create();
        try (SocketServer server =
                        SocketServer.builder().tls(tls).handler(new Echo()).start();
                SSLSocket client = (SSLSocket)
                        tls.anonymousClientContext().getSocketFactory().createSocket()) {
            client.connect(server.address(), 10_000);
            client.setSoTimeout(10_000);
            assertThatThrownBy(() -> {
                        client.startHandshake();
                        client.getInputStream().read(); // in TLS 1.3 a client hears of it later
                    })
                    .isInstanceOf(IOException.class);
            assertThat(kinds(server.connection(1).transcript()))
                    .containsOnlyOnce(Kind.TLS_FAILED)
                    .doesNotContain(Kind.TLS_ESTABLISHED);
        }
    }
}
