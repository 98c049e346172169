package org.junitsockets.samples.mail;

import static org.junitsockets.assertj.SocketAssertions.assertThat;

import java.io.IOException;
import org.apache.commons.net.smtp.SMTPClient;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * What a mail server gets to see of a mail.
 *
 * <p>Hand-written servers read lines and drop them, up to the one with the dot. Whether the content
 * is what was to be sent, whether it ended where it should, and whether the client said goodbye, is
 * not asked.
 */
class DeliveryTests {

    private static final String ADA = "ada@client.example";
    private static final String BOB = "bob@mail.example";

    @AutoClose("disconnect")
    private final SMTPClient client = new SMTPClient();

    @Test
    void deliversAMail(@WithSocketServer SocketServer server) throws IOException {
        server.onConnection(SmtpScript.begin()
                .hello()
                .envelope(ADA, BOB)
                .content("Subject: hello", "", "Hello, Bob!")
                .reply("250 queued")
                .quit());

        connect(server);
        assertThat(client.sendSimpleMessage(ADA, BOB, "Subject: hello\r\n\r\nHello, Bob!\r\n"))
                .isTrue();
        assertThat(client.logout()).isTrue();
    }

    /**
     * A line with one dot ends the content (RFC 5321, 4.5.2). So each line that begins with a dot gets
     * another in front, which the server takes away again.
     */
    @Test
    void aDotInTheContentDoesNotEndIt(@WithSocketServer SocketServer server) throws IOException {
        server.onConnection(SmtpScript.begin()
                .hello()
                .envelope(ADA, BOB)
                .content("Subject: dots", "", "..", "..profile", "...", "e.g.", "..")
                .reply("250 queued")
                .quit());

        connect(server);
        assertThat(client.sendSimpleMessage(ADA, BOB, "Subject: dots\n\n.\n.profile\n..\ne.g.\n."))
                .isTrue();
        assertThat(client.logout()).isTrue();
    }

    /**
     * The first line of all is a line as well: version 3.13.0 of this client forgets that. The content
     * ends before it began, and what was meant as text is a command. A mail begins with a header, so
     * nobody does this by accident; somebody may on purpose.
     */
    @Test
    void aDotAtTheVeryBeginningDoesEndIt(@WithSocketServer SocketServer server) throws IOException {
        server.onConnection(SmtpScript.begin()
                .hello()
                .envelope(ADA, BOB)
                .command("DATA")
                .reply("354 go on")
                .command(".") // an empty mail
                .command("MAIL FROM:<mallory@mail.example>") // out of the text
                .command(".") // meant as the end of the content
                .reply("250 queued", "250 OK", "500 unknown command")
                .andThen(SocketConnection::expectEndOrReset)); // with replies that nobody has read

        connect(server);
        assertThat(client.sendSimpleMessage(ADA, BOB, ".\nMAIL FROM:<mallory@mail.example>\n"))
                .as("the user hears that all is well")
                .isTrue();
    }

    private void connect(SocketServer server) throws IOException {
        client.setDefaultTimeout(5000);
        client.connect(server.address().getAddress(), server.port());
        assertThat(client.login("client.example")).isTrue();
    }
}
