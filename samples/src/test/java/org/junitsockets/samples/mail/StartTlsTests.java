package org.junitsockets.samples.mail;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.commons.net.smtp.AuthenticatingSMTPClient;
import org.apache.commons.net.smtp.AuthenticatingSMTPClient.AUTH_METHOD;
import org.apache.commons.net.smtp.SMTPConnectionClosedException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.Tls;
import org.junitsockets.TlsCertificate;
import org.junitsockets.TlsStall;
import org.junitsockets.Transcript;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * A session that begins in the clear and goes on inside TLS (RFC 3207): from {@code STARTTLS} on nobody
 * else may read, or write, a word of it.
 *
 * <p>Hand-written servers for this need a key store in the repository, which expires one day, and so there
 * are none: the tests speak plain text, and the line that asks for TLS is first run in production.
 */
class StartTlsTests {

    private static final String ADA = "ada@client.example";
    private static final String BOB = "bob@mail.example";
    private static final String IN_THE_CLEAR = "EHLO client.example\r\nSTARTTLS\r\n";

    private final SocketServer server;
    private final Tls tls;

    @AutoClose("disconnect")
    private final AuthenticatingSMTPClient client;

    StartTlsTests(@WithSocketServer SocketServer server, Tls tls) {
        this.server = server;
        this.tls = tls;
        client = new AuthenticatingSMTPClient(false, tls.clientContext()); // trusts the authority of all these
    }

    /** What the server said before may have been forged: it is asked again, inside, and only then told the password. */
    @Test
    void deliversAMailInside() throws Exception {
        server.onConnection(SmtpScript.begin()
                .askedForTls()
                .reply("220 go ahead")
                .andThen(peer -> peer.startTls(tls))
                .andThen(peer -> assertThat(peer.tls().session().getProtocol()).isEqualTo("TLSv1.3"))
                .extendedHello("250-mail.example", "250 AUTH PLAIN")
                .command("AUTH PLAIN")
                .reply("334 ")
                .command("AGFkYQBzZWNyZXQ=") // \0ada\0secret
                .reply("235 welcome")
                .envelope(ADA, BOB)
                .content("Hello, Bob!")
                .reply("250 queued")
                .quit());

        connect();
        assertThat(client.execTLS()).isTrue();
        assertThat(client.elogin("client.example")).isTrue();
        assertThat(client.auth(AUTH_METHOD.PLAIN, "ada", "secret")).isTrue();
        assertThat(client.sendSimpleMessage(ADA, BOB, "Hello, Bob!")).isTrue();
        assertThat(client.logout()).isTrue();
        assertThat(server.connection(1)).received(IN_THE_CLEAR).then().receivedContaining("Hello, Bob!");
    }

    /** A refusal is a reply like any other: whoever does not look at the result goes on in the clear. */
    @Test
    void aServerThatRefuses() throws Exception {
        server.onConnection(
                SmtpScript.begin().askedForTls().reply("454 TLS not available").quit());

        connect();
        assertThat(client.execTLS()).isFalse();
        assertThat(client.logout()).isTrue();
        assertThat(server.connection(1)).receivedExactly(IN_THE_CLEAR + "QUIT\r\n");
    }

    /** Whatever is wrong with the certificate, the server hears no more: no greeting, no password, no mail. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "VALID")
    void aCertificateThatIsNoGood(TlsCertificate certificate) throws Exception {
        Tls bad = Tls.builder().certificate(certificate).names(server.host()).create();
        server.onConnection(handshakeFails(bad));

        connect();
        assertThatThrownBy(client::execTLS).isInstanceOf(SSLHandshakeException.class);
        assertThat(server.connection(1)).receivedExactly(IN_THE_CLEAR);
    }

    /**
     * Whether the certificate is for this server the client asks only if it is told to: by default anybody
     * who has a certificate for anything gets the mail.
     */
    @Test
    void doesNotAskForWhomTheCertificateIs() throws Exception {
        Tls bad = Tls.builder().certificate(TlsCertificate.WRONG_NAME).create();
        server.onConnection(SmtpScript.begin()
                .askedForTls()
                .reply("220 go ahead")
                .andThen(peer -> peer.startTls(bad))
                .quit());

        connect();
        client.setEndpointCheckingEnabled(false); // the default
        assertThat(client.execTLS()).isTrue();
        assertThat(client.logout()).isTrue();
    }

    /**
     * Somebody in between appends a reply to the last one in the clear, in the same packet. Were it kept,
     * it would be taken for the first one inside. (CVE-2011-0411 is the same at servers, with commands.)
     */
    @Test
    void aReplyFromBeforeDoesNotCount() throws Exception {
        server.onConnection(SmtpScript.begin()
                .askedForTls()
                .reply("220 go ahead", "250-forged.example", "250 SIZE 1")
                .andThen(peer -> peer.startTls(tls))
                .extendedHello("250 mail.example")
                .quit());

        connect();
        assertThat(client.execTLS()).isTrue();
        assertThat(client.elogin("client.example")).isTrue();
        assertThat(client.getReplyStrings()).containsExactly("250 mail.example");
        assertThat(client.logout()).isTrue();
    }

    /**
     * The timeout for reading has to cover the handshake too. What the server made of it is the script's to
     * say: the client may give up before the server has begun.
     */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void aHandshakeThatStalls(TlsStall stall) throws Exception {
        Tls bad = Tls.builder().stall(stall).create();
        server.onConnection(
                SmtpScript.begin().askedForTls().reply("220 go ahead").andThen(peer -> {
                    peer.startTls(bad); // returns when the client has left
                    assertThat(kinds(peer)).contains(Kind.TLS_STALLED);
                }));

        connect();
        client.setSoTimeout(500);
        assertThatThrownBy(client::execTLS).isInstanceOf(SocketTimeoutException.class);
    }

    /**
     * The mail is sent, and there is no reply: a FIN without close_notify can be from anybody. To the user
     * it is the same as an end in order, and the mail is in doubt.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isCutOffBeforeTheReply(boolean closeNotify) throws Exception {
        server.onConnection(mailInside().andThen(closeNotify ? SocketConnection::fin : SocketConnection::truncate));

        connect();
        assertThat(client.execTLS()).isTrue();
        assertThatThrownBy(() -> client.sendSimpleMessage(ADA, BOB, "Hello!"))
                .isInstanceOf(SMTPConnectionClosedException.class);
        assertThat(kinds(server.connection(1)).contains(Kind.CLOSE_NOTIFY_SENT)).isEqualTo(closeNotify);
    }

    /** Half a reply passes for a whole one: nobody asks whether the line has an end. */
    @Test
    void isCutOffWithinTheReply() throws Exception {
        server.onConnection(mailInside().andThen(peer -> peer.write("250").truncate()));

        connect();
        assertThat(client.execTLS()).isTrue();
        assertThat(client.sendSimpleMessage(ADA, BOB, "Hello!")).isTrue();
    }

    private SmtpScript mailInside() {
        return SmtpScript.begin()
                .askedForTls()
                .reply("220 go ahead")
                .andThen(peer -> peer.startTls(tls))
                .envelope(ADA, BOB)
                .content("Hello!");
    }

    private static SmtpScript handshakeFails(Tls bad) {
        return SmtpScript.begin()
                .askedForTls()
                .reply("220 go ahead")
                .andThen(peer -> assertThatThrownBy(() -> peer.startTls(bad)).hasCauseInstanceOf(SSLException.class));
    }

    private static List<Kind> kinds(SocketConnection peer) {
        return peer.transcript().entries().stream().map(Transcript.Entry::kind).toList();
    }

    private void connect() throws IOException {
        client.setEndpointCheckingEnabled(true);
        client.setDefaultTimeout(5000);
        client.connect(server.address().getAddress(), server.port());
        assertThat(client.elogin("client.example")).isTrue();
    }
}
