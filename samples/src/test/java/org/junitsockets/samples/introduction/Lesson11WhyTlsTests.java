package org.junitsockets.samples.introduction;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junitsockets.TlsCertificate.WRONG_NAME;
import static org.junitsockets.Transport.TCP;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.Endpoint;
import org.junitsockets.jupiter.WithSocketServer;
import org.junitsockets.jupiter.WithTls;

/**
 * Lesson 11: who else is on the line.
 *
 * <p>Between two machines there are others, which pass on what the two say. TCP sees to it that every
 * byte arrives, once and in order. It does not see to it that nobody reads along, that nobody has
 * changed it, or that the one who answers is the one that was meant.
 *
 * <p><em>TLS</em> does the three. The two sides begin with a <em>handshake</em>: the server shows a
 * <em>certificate</em>, in which an <em>authority</em> that the client trusts confirms the server's
 * name, and proves that it is its own; and they agree on keys that nobody can learn by listening. From
 * then on each byte is encrypted and sealed. To the programs it is a stream as before.
 *
 * <p>It is no family and no type of socket. It is what two programs say inside of a stream, and so can
 * be had over any.
 */
class Lesson11WhyTlsTests {

    private static final String BANK = "bank.test";

    // -- without -----------------------------------------------------------------------------------

    @Test
    void somebodyReadsAlong(@WithSocketServer(transport = TCP) SocketServer server) throws Exception {
        server.onConnection(peer -> peer.expectLine("my password is hunter2"));

        try (InBetween inBetween = InBetween.before(server.address());
                Socket client = connect(inBetween.address())) {
            say(client, "my password is hunter2\n");
            client.shutdownOutput();
            client.getInputStream().readAllBytes();

            assertThat(inBetween.heard()).isEqualTo("my password is hunter2\n");
        }
    }

    /** Neither side has a way to notice. */
    @Test
    void somebodyChangesWhatIsSaid(@WithSocketServer(transport = TCP) SocketServer server) throws Exception {
        server.onConnection(peer -> peer.expectLine("pay 90 to Ann").write("done"));

        try (InBetween inBetween = InBetween.before(server.address());
                Socket client = connect(inBetween.address())) {
            inBetween.changeByte("pay ".length());
            say(client, "pay 10 to Ann\n");

            assertThat(client.getInputStream().readNBytes(4)).asString(US_ASCII).isEqualTo("done");
        }
    }

    /** This is not the bank. It answers, and that is all a client without TLS asks for. */
    @Test
    void somebodyElseAnswers(@WithSocketServer(name = "not the bank", transport = TCP) SocketServer impostor)
            throws Exception {
        impostor.onConnection(peer -> peer.expectLine("my password is hunter2").write("thank you"));

        try (Socket client = connect(impostor.address())) {
            say(client, "my password is hunter2\n");
            assertThat(client.getInputStream().readNBytes(9)).asString(US_ASCII).isEqualTo("thank you");
        }
    }

    // -- with --------------------------------------------------------------------------------------

    /** He hears that there is a conversation, with whom, and how long it is. */
    @Test
    void nobodyUnderstands(
            @WithSocketServer(transport = TCP) @WithTls(names = BANK) SocketServer server, @Endpoint SSLContext trust)
            throws Exception {
        server.onConnection(peer -> peer.expectLine("my password is hunter2").write("welcome"));

        try (InBetween inBetween = InBetween.before(server.address());
                SSLSocket client = secure(connect(inBetween.address()), trust)) {
            say(client, "my password is hunter2\n");
            assertThat(client.getInputStream().readNBytes(7)).asString(US_ASCII).isEqualTo("welcome");

            assertThat(inBetween.heard())
                    .startsWith("\u0016\u0003") // a record of TLS, in which the handshake begins
                    .contains(BANK) // the name that was asked for is not a secret
                    .doesNotContain("password")
                    .doesNotContain("hunter2");
        }
        assertThat(server.connection(1)).receivedExactly("my password is hunter2\n"); // the two understand
    }

    /** One bit is another one: the seal is broken, and not a byte of that reaches the server's program. */
    @Test
    void nobodyChangesAnything(
            @WithSocketServer(transport = TCP) @WithTls(names = BANK) SocketServer server, @Endpoint SSLContext trust)
            throws Exception {
        server.onConnection(peer -> {
            peer.write("who is to be paid?\n");
            assertThatThrownBy(peer::readLine)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(SSLException.class)
                    .hasMessageContaining("Tag mismatch");
            assertThat(peer).receivedNothing();
        });

        try (InBetween inBetween = InBetween.before(server.address());
                SSLSocket client = secure(connect(inBetween.address()), trust)) {
            client.getInputStream().readNBytes(19); // the handshake is over
            inBetween.changeByte(10);
            say(client, "pay 10 to Ann\n");

            assertThatThrownBy(() -> client.getInputStream().read())
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("bad_record_mac");
        }
    }

    /** A certificate it has, a valid one, and it is for somebody else. The client says nothing to it. */
    @Test
    void nobodyElseAnswers(
            @WithSocketServer(name = "not the bank", transport = TCP) @WithTls(certificate = WRONG_NAME)
                    SocketServer impostor,
            @Endpoint SSLContext trust)
            throws Exception {
        impostor.onConnection(peer -> {
            assertThatThrownBy(peer::tls).hasMessageContaining("Received fatal alert: certificate_unknown");
            assertThat(peer).receivedNothing();
        });

        try (Socket line = connect(impostor.address())) {
            assertThatThrownBy(() -> secure(line, trust))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("No subject alternative DNS name matching bank.test found");
        }
    }

    /**
     * An {@code SSLSocket} does not look at the name unless it is told to: the line that is forgotten in
     * {@code secure} here. Whoever has any certificate of a known authority can then be the bank.
     */
    @Test
    void unlessTheNameIsNotLookedAt(
            @WithSocketServer(name = "not the bank", transport = TCP) @WithTls(certificate = WRONG_NAME)
                    SocketServer impostor,
            @Endpoint SSLContext trust)
            throws Exception {
        impostor.onConnection(peer -> peer.expectLine("my password is hunter2").write("thank you"));

        try (SSLSocket client = wrap(connect(impostor.address()), trust)) {
            client.startHandshake();
            say(client, "my password is hunter2\n");
            assertThat(client.getInputStream().readNBytes(9)).asString(US_ASCII).isEqualTo("thank you");
        }
    }

    // -- the client --------------------------------------------------------------------------------

    private static Socket connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.connect(address, 5000);
        socket.setSoTimeout(5000);
        return socket;
    }

    private static SSLSocket secure(Socket line, SSLContext trust) throws IOException {
        SSLSocket socket = wrap(line, trust);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate has to be for the name
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** TLS inside of the connection that there is; whom the client means is the name, wherever the line leads to. */
    private static SSLSocket wrap(Socket line, SSLContext trust) throws IOException {
        return (SSLSocket) trust.getSocketFactory().createSocket(line, BANK, line.getPort(), true);
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }
}
