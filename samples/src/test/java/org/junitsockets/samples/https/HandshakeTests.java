package org.junitsockets.samples.https;

import static java.net.http.HttpClient.Version.HTTP_1_1;
import static java.net.http.HttpClient.Version.HTTP_2;
import static org.junitsockets.ClientAuthentication.REQUIRED;
import static org.junitsockets.Location.IN_PROCESS;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;
import static org.junitsockets.samples.https.HttpsClients.byAddress;
import static org.junitsockets.samples.https.HttpsClients.byName;
import static org.junitsockets.samples.https.HttpsClients.contextOf;
import static org.junitsockets.samples.https.HttpsClients.get;
import static org.junitsockets.samples.https.HttpsClients.trusting;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.Principal;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.Tls;
import org.junitsockets.Transport;
import org.junitsockets.jupiter.Endpoint;
import org.junitsockets.jupiter.WithSocketServer;
import org.junitsockets.jupiter.WithTls;

/**
 * What the two sides agree on before the first byte of HTTP: who each is, the version, and what is
 * spoken inside.
 *
 * <p>Hand-written peers agree with the client by being made of the same library with the same
 * defaults. What it does when the other side knows only less, or wants more, is not seen.
 */
class HandshakeTests {

    // -- whom it trusts ----------------------------------------------------------------------------

    @Test
    void aGoodCertificateByName(
            @WithSocketServer(location = IN_PROCESS) @WithTls SocketServer server, @Endpoint SSLContext trust)
            throws Exception {
        server.onConnection(peer -> {
            assertThat(peer.tls().serverName()).as("SNI").contains("localhost");
            HttpsPeer.welcome(peer);
        });

        assertThat(get(trusting(trust), byName(server)).body()).isEqualTo("welcome");
    }

    @Test
    void aGoodCertificateByAddress(@WithSocketServer @WithTls SocketServer server, @Endpoint Path authority)
            throws Exception {
        server.onConnection(peer -> {
            assertThat(peer.tls().serverName()).as("SNI is for names").isEmpty();
            HttpsPeer.welcome(peer);
        });

        assertThat(get(trusting(contextOf(authority)), byAddress(server)).body())
                .isEqualTo("welcome");
    }

    // -- who it is ---------------------------------------------------------------------------------

    @Test
    void showsItsOwnCertificate(
            @WithSocketServer @WithTls(clientAuthentication = REQUIRED) SocketServer server,
            @Endpoint SSLContext withACertificate)
            throws Exception {
        server.onConnection(peer -> {
            Principal client = peer.tls().session().getPeerPrincipal();
            assertThat(client.getName()).startsWith("CN=");
            HttpsPeer.welcome(peer);
        });

        assertThat(get(trusting(withACertificate), byAddress(server)).body()).isEqualTo("welcome");
    }

    /**
     * In TLS 1.3 a client hears of it when it takes itself for connected, and has sent the request; this
     * one may then ask once more.
     */
    @Test
    void hasNoneToShow(
            @WithSocketServer @WithTls(clientAuthentication = REQUIRED, protocols = "TLSv1.3") SocketServer server,
            @Endpoint Tls tls) {
        server.onEachConnection(HttpsPeer.expectFailure("Empty client certificate chain$"));

        assertThatThrownBy(() -> get(trusting(tls.anonymousClientContext()), byAddress(server)))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageMatching(".*Received fatal alert: (bad_certificate|certificate_required)"); // newer JDKs
        assertThat(server.awaitConnections(1).connectionCount()).isLessThanOrEqualTo(2);
        assertThat(server).doesNotContain("GET ");
    }

    // -- what is spoken inside ---------------------------------------------------------------------

    /** A server's SETTINGS, and HEADERS of stream 1: {@code :status: 204}, the end (RFC 9113, RFC 7541). */
    private static final byte[] NO_CONTENT =
            HexFormat.of().parseHex("000000" + "04" + "00" + "00000000" + "000001" + "01" + "05" + "00000001" + "89");

    @Test
    void speaksHttp2WhereTheServerDoes(
            @WithSocketServer @WithTls(applicationProtocols = {"h2", "http/1.1"}) SocketServer server,
            @Endpoint SSLContext trust)
            throws Exception {
        server.onConnection(peer -> {
            assertThat(peer.tls().applicationProtocol()).contains("h2");
            peer.expect("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            readRequest(peer);
            peer.write(NO_CONTENT).holdOpen();
        });

        HttpResponse<String> reply =
                get(HttpsClients.builder(trust).version(HTTP_2).build(), byAddress(server));
        assertThat(reply.version()).isEqualTo(HTTP_2);
        assertThat(reply.statusCode()).isEqualTo(204);
    }

    /**
     * The client's frames up to its HEADERS, type 1, which begin stream 1: it announces its SETTINGS in a
     * write of its own, and an answer to a stream that is still idle is a connection error (RFC 9113,
     * section 5.1).
     */
    private static void readRequest(SocketConnection peer) {
        byte type;
        do {
            ByteBuffer header = ByteBuffer.wrap(peer.readExactly(9));
            int length = header.getInt() >>> 8;
            type = header.get(3);
            assertThat(length).as("SETTINGS_MAX_FRAME_SIZE is 16,384").isLessThanOrEqualTo(16_384);
            peer.readExactly(length);
        } while (type != 1);
    }

    /** It offers both. No upgrade in plaintext, no second attempt: one connection. */
    @Test
    void speaksHttp1WhereTheServerDoes(
            @WithSocketServer @WithTls(applicationProtocols = "http/1.1") SocketServer server,
            @Endpoint SSLContext trust)
            throws Exception {
        server.onConnection(peer -> {
            assertThat(peer.tls().applicationProtocol()).contains("http/1.1");
            HttpsPeer.welcome(peer);
        });

        HttpResponse<String> reply =
                get(HttpsClients.builder(trust).version(HTTP_2).build(), byAddress(server));
        assertThat(reply.version()).isEqualTo(HTTP_1_1);
        assertThat(reply.body()).isEqualTo("welcome");
        assertThat(server).receivedConnections(1);
    }

    // -- versions ----------------------------------------------------------------------------------

    /** The client insists on 1.3: it does not offer less, and does not come again with less. */
    @Test
    void aServerThatIsTooOld(
            @WithSocketServer @WithTls(protocols = "TLSv1.2") SocketServer server, @Endpoint SSLContext trust) {
        server.onConnection(HttpsPeer.expectFailure("The client supported protocol versions \\[TLSv1.3\\]"));
        SSLParameters modern = new SSLParameters();
        modern.setProtocols(new String[] {"TLSv1.3"});

        assertThatThrownBy(() ->
                        get(HttpsClients.builder(trust).sslParameters(modern).build(), byAddress(server)))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageEndingWith("Received fatal alert: protocol_version");
        assertThat(server).as("it is not asked again").receivedConnections(1);
    }

    /**
     * A server that chooses TLS 1.1, which was not offered: it is written byte by byte, as the JDK's own
     * TLS has unlearned it (RFC 8996).
     */
    @Test
    void aServerThatChoosesWhatWasNotOffered(
            @WithSocketServer(transport = Transport.TCP) SocketServer server, @WithTls Tls tls) {
        server.onConnection(peer -> {
            readClientHello(peer);
            peer.write(serverHello("0302"));
            peer.expectEnd(); // without an alert
        });

        assertThatThrownBy(() -> get(trusting(tls.clientContext()), byAddress(server)))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining(
                        "The server selected protocol version TLS11 is not accepted by client preferences");
        assertThat(server).doesNotContain("GET ");
    }

    /** A record of type 22, handshake, with a length (RFC 8446, section 5.1); the message in it has type 1. */
    private static void readClientHello(SocketConnection peer) {
        byte[] header = peer.readExactly(5);
        assertThat(header[0]).isEqualTo((byte) 22);
        byte[] message = peer.readExactly(ByteBuffer.wrap(header).getShort(3));
        assertThat(message[0]).isEqualTo((byte) 1);
    }

    /** Version, random, no session, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, no compression (RFC 4346). */
    private static byte[] serverHello(String version) {
        String message = version + "00".repeat(32) + "00" + "c009" + "00";
        return HexFormat.of().parseHex("16" + version + "002a" + "02" + "000026" + message);
    }
}
