package org.junitsockets.samples.mail;

import static org.junitsockets.assertj.SocketAssertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.apache.commons.net.smtp.AuthenticatingSMTPClient;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * Where a reply begins and ends, and which command it belongs to: nothing in it says so but its place.
 *
 * <p>Hand-written servers reply with one line in one write, at the right time. So a client that takes
 * a read for a line, a line for a reply, or any reply for its own, passes.
 */
class ReplyTests {

    private static final String[] EXTENSIONS = {"250-mail.example", "250-SIZE 1000000", "250 8BITMIME"};

    @AutoClose("disconnect")
    private final AuthenticatingSMTPClient client = new AuthenticatingSMTPClient();

    /**
     * The last line of a reply is the one without a hyphen. Each byte travels by itself, so that each
     * line is cut everywhere, between CR and LF as well.
     */
    @Test
    void aReplyOfSeveralLinesInPieces(@WithSocketServer SocketServer server) throws IOException {
        Duration pause = Duration.ofMillis(1);
        server.onConnection(SmtpScript.begin()
                .andThen(peer -> peer.writeSlowly("220-mail.example\r\n220 no spam\r\n", pause))
                .command("EHLO client.example")
                .andThen(peer -> peer.writeSlowly(SmtpScript.encode(EXTENSIONS), pause))
                .quit());

        connect(server);
        assertThat(client.elogin("client.example")).isTrue();
        assertThat(client.getReplyStrings()).containsExactly(EXTENSIONS);
        assertThat(client.logout()).isTrue();
        assertThat(client.getReplyStrings()).containsExactly("221 goodbye");
    }

    /**
     * Without PIPELINING (RFC 2920) a client waits for each reply, and for as long as there is none
     * nothing comes. A client that sends several commands at once sends them in one flight: the next is
     * there as soon as the first, and the pause need not be long.
     */
    @Test
    void waitsForEachReply(@WithSocketServer SocketServer server) throws IOException {
        server.onConnection(SmtpScript.begin()
                .reply("220 mail.example ready")
                .andThen(expectAlone("EHLO client.example\r\n"))
                .reply(EXTENSIONS)
                .andThen(expectAlone("MAIL FROM:<ada@client.example>\r\n"))
                .reply("250 OK")
                .andThen(expectAlone("RCPT TO:<bob@mail.example>\r\n"))
                .reply("250 OK")
                .andThen(expectAlone("DATA\r\n"))
                .reply("354 go on")
                .andThen(expectAlone("Hello!\r\n.\r\n"))
                .reply("250 queued")
                .quit());

        connect(server);
        assertThat(client.elogin("client.example")).isTrue();
        assertThat(client.sendSimpleMessage("ada@client.example", "bob@mail.example", "Hello!"))
                .isTrue();
        assertThat(client.logout()).isTrue();
    }

    /** A reply that nobody asked for is taken for the next one, and from there on all are one late. */
    @Test
    void aReplyTooMany(@WithSocketServer SocketServer server) throws IOException {
        server.onConnection(SmtpScript.begin()
                .hello()
                .command("MAIL FROM:<ada@client.example>")
                .reply("250 OK", "250 OK again")
                .command("RCPT TO:<nobody@mail.example>")
                .reply("550 5.1.1 unknown user")
                .command("RCPT TO:<bob@mail.example>")
                .andThen(SocketConnection::expectEnd)); // without a reply

        connect(server);
        assertThat(client.login("client.example")).isTrue();
        assertThat(client.setSender("ada@client.example")).isTrue();
        assertThat(client.addRecipient("nobody@mail.example"))
                .as("the refused one")
                .isTrue();
        assertThat(client.addRecipient("bob@mail.example"))
                .as("the one without a reply")
                .isFalse();
    }

    private static ConnectionHandler expectAlone(String flight) {
        return peer -> peer.expect(flight).expectNoMore(Duration.ofMillis(20));
    }

    private void connect(SocketServer server) throws IOException {
        client.setDefaultTimeout(5000);
        client.connect(server.address().getAddress(), server.port());
    }
}
