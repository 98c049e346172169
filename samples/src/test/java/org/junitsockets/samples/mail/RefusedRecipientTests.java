package org.junitsockets.samples.mail;

import static org.junitsockets.assertj.SocketAssertions.assertThat;

import java.io.IOException;
import org.apache.commons.net.smtp.SMTPClient;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * A mail to several people, some of whom the server does not know.
 *
 * <p>Hand-written servers say {@code 250 OK} to each line, whatever it is. What becomes of the others
 * when one recipient is refused, and of a mail that nobody may have, is first seen in production.
 */
class RefusedRecipientTests {

    private static final String ADA = "ada@client.example";
    private static final String BOB = "bob@mail.example";
    private static final String NOBODY = "nobody@mail.example";
    private static final String CAROL = "carol@mail.example";
    private static final String UNKNOWN = "550 5.1.1 unknown user";

    @AutoClose("disconnect")
    private final SMTPClient client = new SMTPClient();

    /** The others get theirs, and the result is a success: who was left out it does not say. */
    @Test
    void theOthersGetTheirs(@WithSocketServer SocketServer server) throws IOException {
        server.onConnection(SmtpScript.begin()
                .hello()
                .envelope(ADA)
                .command("RCPT TO:<" + NOBODY + ">")
                .reply(UNKNOWN)
                .command("RCPT TO:<" + BOB + ">")
                .reply("250 OK")
                .content("Hello!")
                .reply("250 queued")
                .quit());

        connect(server);
        assertThat(client.sendSimpleMessage(ADA, new String[] {NOBODY, BOB}, "Hello!"))
                .isTrue();
        assertThat(client.logout()).isTrue();
    }

    /** No recipient, no DATA. What was begun is taken back, and the next mail has its own envelope. */
    @Test
    void aMailForNobodyIsNotSent(@WithSocketServer SocketServer server) throws IOException {
        server.onConnection(SmtpScript.begin()
                .hello()
                .envelope(ADA)
                .command("RCPT TO:<" + NOBODY + ">")
                .reply(UNKNOWN)
                .command("RCPT TO:<" + BOB + ">")
                .reply("550 5.7.1 not for you")
                .command("RSET")
                .reply("250 OK")
                .envelope(ADA, CAROL)
                .content("Hello!")
                .reply("250 queued")
                .quit());

        connect(server);
        assertThat(client.sendSimpleMessage(ADA, new String[] {NOBODY, BOB}, "Hello!"))
                .isFalse();
        assertThat(client.reset()).isTrue();
        assertThat(client.sendSimpleMessage(ADA, CAROL, "Hello!")).isTrue();
        assertThat(client.logout()).isTrue();
    }

    private void connect(SocketServer server) throws IOException {
        client.setDefaultTimeout(5000);
        client.connect(server.address().getAddress(), server.port());
        assertThat(client.login("client.example")).isTrue();
    }
}
