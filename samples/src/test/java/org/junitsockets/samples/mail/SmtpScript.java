package org.junitsockets.samples.mail;

import java.util.ArrayList;
import java.util.List;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.Ending;
import org.junitsockets.SocketConnection;

/**
 * What a mail server says in one session, written down step by step:
 *
 * <pre>{@code
 * server.onConnection(SmtpScript.begin()
 *         .hello()
 *         .envelope("ada@client.example", "bob@mail.example")
 *         .content("Subject: hello", "", "Hello!")
 *         .reply("250 OK")
 *         .quit());
 * }</pre>
 *
 * <p>A client that says something else, or nothing, fails the test.
 */
final class SmtpScript implements ConnectionHandler {

    private static final String END_OF_CONTENT = "\r\n.\r\n";

    private final List<ConnectionHandler> steps = new ArrayList<>();

    private SmtpScript() {}

    static SmtpScript begin() {
        return new SmtpScript();
    }

    /** Expects one command, to the byte: its line ends with CR LF. */
    SmtpScript command(String line) {
        return then(peer -> peer.expect(line + "\r\n"));
    }

    /** Replies, with one line or several: {@code 250-first}, {@code 250 last}. */
    SmtpScript reply(String... lines) {
        return then(peer -> peer.write(encode(lines)));
    }

    /** Greets, and is greeted. */
    SmtpScript hello() {
        return reply("220 mail.example ready").command("HELO client.example").reply("250 mail.example");
    }

    /** Takes a sender and recipients. */
    SmtpScript envelope(String sender, String... recipients) {
        command("MAIL FROM:<" + sender + ">").reply("250 OK");
        for (String recipient : recipients) {
            command("RCPT TO:<" + recipient + ">").reply("250 OK");
        }
        return this;
    }

    /** Asks for the content, and expects it as it is on the wire, up to the line with the one dot. */
    SmtpScript content(String... lines) {
        return command("DATA")
                .reply("354 go on")
                .then(peer -> peer.expectUntil(END_OF_CONTENT, String.join("\r\n", lines) + END_OF_CONTENT));
    }

    /** The proper end: the client says goodbye, waits for the reply, and hangs up. */
    SmtpScript quit() {
        return command("QUIT").reply("221 goodbye").then(SocketConnection::expectEnd);
    }

    /** The other end: the server hangs up, in the middle of whatever it is. */
    SmtpScript hangUp(Ending ending) {
        return then(ending == Ending.RST ? SocketConnection::rst : SocketConnection::fin);
    }

    /** Anything else that a server does on a bad day. */
    SmtpScript then(ConnectionHandler step) {
        steps.add(step);
        return this;
    }

    @Override
    public void handle(SocketConnection peer) throws Exception {
        for (ConnectionHandler step : steps) {
            step.handle(peer);
        }
    }

    static String encode(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }
}
