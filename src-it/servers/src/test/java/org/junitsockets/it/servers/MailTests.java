package org.junitsockets.it.servers;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.Connected;
import org.junitsockets.jupiter.WithSocketClients;
import org.junitsockets.jupiter.WithSocketServer;
import org.junitsockets.testcontainers.WithRemoteEndpoint;
import org.testcontainers.containers.GenericContainer;

/** An Exim that takes mail over TLS only, by STARTTLS, and Angus Mail. */
@WithRemoteEndpoint(name = "exim", container = "NETWORK", port = 25)
class MailTests {

    private static final int PATIENT = 10_000;
    private static final int IMPATIENT = 300;

    @RegisterExtension
    static final ServerContainer EXIM = ServerContainer.of("exim", 25, client -> client.readLine()
                    .startsWith("220 "))
            .tls("/etc/tls/certificate.pem", "/etc/tls/key.pem");

    static final GenericContainer<?> NETWORK = EXIM.network();

    private final SocketClients clients;

    MailTests(@WithSocketClients SocketClients clients) {
        this.clients = clients;
    }

    // -- what is on the wire ---------------------------------------------------------------------

    @Test
    void takesMailAfterStartTls() {
        SocketConnection client = greeted();
        assertThat(hello(client)).contains("250-STARTTLS\r\n");
        client.write("STARTTLS\r\n").expectLine("220 TLS go ahead");
        client.startTls(EXIM.tls());
        assertThat(hello(client)).doesNotContain("STARTTLS");
        client.write("MAIL FROM:<ada@client.example>\r\n").expectLine("250 OK");
        client.write("RCPT TO:<charles@example>\r\n").expectLine("250 Accepted");
        client.write("DATA\r\n").expectLine("354 Enter message, ending with \".\" on a line by itself");
        client.write("Subject: notes\r\n\r\nA to G.\r\n.\r\n").expectLine("250 OK TLS1.3, subject notes");
        client.write("QUIT\r\n").expectLine("221 mail.example closing connection");
        client.expectEnd();
    }

    @Test
    void takesNoneBefore(@Connected("exim") SocketConnection client) {
        assertThat(client.readLine()).startsWith("220 mail.example ESMTP Exim ");
        hello(client);
        client.write("MAIL FROM:<ada@client.example>\r\n").expectLine("250 OK");
        client.write("RCPT TO:<charles@example>\r\n").expectLine("550 must issue a STARTTLS command first");
    }

    /** What was put behind STARTTLS by somebody on the way must not be taken for what came over TLS. */
    @Test
    void takesNothingThatCameWithStartTls() {
        SocketConnection client = greeted();
        hello(client);
        client.write("STARTTLS\r\nRSET\r\n").expectLine("220 TLS go ahead");
        client.startTls(EXIM.tls());
        assertThat(hello(client)).startsWith("250-mail.example Hello "); // and no answer to RSET before
    }

    @Test
    void isSpokenToByAngus(@WithSocketServer SocketServer tap) throws MessagingException {
        tap.onEachConnection(Tap.to(EXIM.address()));
        try (SMTPTransport transport = connect(tap.address(), PATIENT)) {
            send(transport, "charles@example");
            assertThat(transport.getLastServerResponse()).isEqualTo("250 OK TLS1.3, subject notes\n");
        }
        assertThat(tap.connection(1))
                .sentContaining("220 mail.example ESMTP")
                .then()
                .receivedContaining("EHLO ")
                .then()
                .sentContaining("250-STARTTLS\r\n")
                .then()
                .receivedContaining("STARTTLS\r\n")
                .then()
                .sentContaining("220 TLS go ahead\r\n")
                .then()
                .receivedContaining(new byte[] {22, 3}); // a handshake
        assertThat(tap.transcript()).doesNotContain("charles").doesNotContain("notes");
    }

    @Test
    void relaysNothing() throws MessagingException {
        try (SMTPTransport transport = connect(EXIM.address(), PATIENT)) {
            assertThatThrownBy(() -> send(transport, "charles@elsewhere.example"))
                    .isInstanceOf(SendFailedException.class)
                    .rootCause()
                    .hasMessageContaining("550 relay not permitted");
        }
    }

    // -- paused ----------------------------------------------------------------------------------

    @Test
    void aPausedServerGreetsLater() {
        EXIM.pause();
        SocketConnection client = clients.connect(EXIM.address()); // accepted by the system
        EXIM.unpause();
        assertThat(client.readLine()).startsWith("220 mail.example ESMTP Exim ");
    }

    @Test
    void angusGivesUpAPausedServerAndComesBack() throws MessagingException {
        EXIM.pause();
        assertThatThrownBy(() -> connect(EXIM.address(), IMPATIENT))
                .isInstanceOf(MessagingException.class)
                .hasRootCauseInstanceOf(SocketTimeoutException.class);
        EXIM.unpause();
        try (SMTPTransport transport = connect(EXIM.address(), PATIENT)) {
            send(transport, "charles@example");
        }
    }

    // -- killed ----------------------------------------------------------------------------------

    @Test
    void itsDeathIsAnEndWhereNothingIsUnread() {
        SocketConnection client = greeted();
        EXIM.kill();
        client.expectEnd();
    }

    @Test
    void angusNoticesTheDeathAndIsRefused() throws MessagingException {
        try (SMTPTransport transport = connect(EXIM.address(), PATIENT)) {
            assertThat(transport.isConnected()).isTrue();
            EXIM.kill();
            assertThat(transport.isConnected()).isFalse(); // it asks, by a NOOP
            assertThatThrownBy(() -> send(transport, "charles@example")).isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(() -> connect(EXIM.address(), PATIENT))
                .isInstanceOf(MessagingException.class)
                .hasRootCauseInstanceOf(ConnectException.class);
    }

    // -- started again ---------------------------------------------------------------------------

    @Test
    void angusConnectsTheSameTransportAgain() throws MessagingException {
        try (SMTPTransport transport = connect(EXIM.address(), PATIENT)) {
            send(transport, "charles@example");
            EXIM.kill();
            EXIM.start();
            assertThat(transport.isConnected()).isFalse();
            transport.connect();
            send(transport, "charles@example");
        }
    }

    // -- SMTP, and Angus -------------------------------------------------------------------------

    private SocketConnection greeted() {
        SocketConnection client = clients.connect(EXIM.address());
        assertThat(client.readLine()).startsWith("220 mail.example ESMTP Exim ");
        return client;
    }

    private static String hello(SocketConnection client) {
        return client.write("EHLO client.example\r\n").readUntil("250 HELP\r\n");
    }

    private static SMTPTransport connect(InetSocketAddress address, int timeoutMillis) throws MessagingException {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", address.getAddress().getHostAddress());
        properties.put("mail.smtp.port", address.getPort());
        properties.put("mail.smtp.localhost", "client.example");
        properties.put("mail.smtp.starttls.required", true);
        properties.put("mail.smtp.ssl.socketFactory", EXIM.tls().clientContext().getSocketFactory());
        properties.put("mail.smtp.ssl.checkserveridentity", true);
        properties.put("mail.smtp.connectiontimeout", PATIENT);
        properties.put("mail.smtp.timeout", timeoutMillis);
        SMTPTransport transport =
                (SMTPTransport) Session.getInstance(properties).getTransport("smtp");
        transport.connect();
        return transport;
    }

    private static void send(SMTPTransport transport, String recipient) throws MessagingException {
        MimeMessage message = new MimeMessage((Session) null);
        message.setFrom("ada@client.example");
        message.setSubject("notes");
        message.setText("A to G.");
        InternetAddress[] recipients = {new InternetAddress(recipient)};
        message.setRecipients(RecipientType.TO, recipients);
        message.saveChanges();
        transport.sendMessage(message, recipients);
    }
}
