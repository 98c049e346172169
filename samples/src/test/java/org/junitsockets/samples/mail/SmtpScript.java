package org.junitsockets.samples.mail;

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

    private final ConnectionHandler steps;

    private SmtpScript(ConnectionHandler steps) {
        this.steps = steps;
    }

    static SmtpScript begin() {
        return new SmtpScript(peer -> {});
    }

    /** Expects one command, to the byte: its line ends with CR LF. */
    SmtpScript command(String line) {
        return andThen(peer -> peer.expect(line + "\r\n"));
    }

    /** Replies, with one line or several: {@code 250-first}, {@code 250 last}. */
    SmtpScript reply(String... lines) {
        return andThen(peer -> peer.write(encode(lines)));
    }

    /** Greets, and is greeted. */
    SmtpScript hello() {
        return reply("220 mail.example ready").command("HELO client.example").reply("250 mail.example");
    }

    /** Is greeted by a client that wants to know what there is. */
    SmtpScript extendedHello(String... extensions) {
        return command("EHLO client.example").reply(extensions);
    }

    /** Greets, offers TLS (RFC 3207), and is asked for it. */
    SmtpScript askedForTls() {
        return reply("220 mail.example ready")
                .extendedHello("250-mail.example", "250 STARTTLS")
                .command("STARTTLS");
    }

    /** Takes a sender and recipients. */
    SmtpScript envelope(String sender, String... recipients) {
        SmtpScript script = command("MAIL FROM:<" + sender + ">").reply("250 OK");
        for (String recipient : recipients) {
            script = script.command("RCPT TO:<" + recipient + ">").reply("250 OK");
        }
        return script;
    }

    /** Asks for the content, and expects it as it is on the wire, up to the line with the one dot. */
    SmtpScript content(String... lines) {
        return command("DATA")
                .reply("354 go on")
                .andThen(peer -> peer.expectUntil(END_OF_CONTENT, String.join("\r\n", lines) + END_OF_CONTENT));
    }

    /** The proper end: the client says goodbye, waits for the reply, and hangs up. */
    SmtpScript quit() {
        return command("QUIT").reply("221 goodbye").andThen(SocketConnection::expectEnd);
    }

    /** The other end: the server hangs up, in the middle of whatever it is. */
    SmtpScript hangUp(Ending ending) {
        return andThen(peer -> peer.end(ending));
    }

    /** Anything else that a server does on a bad day. */
    @Override
    public SmtpScript andThen(ConnectionHandler step) {
        return new SmtpScript(steps.andThen(step));
    }

    @Override
    public void handle(SocketConnection peer) throws Exception {
        steps.handle(peer);
    }

    static String encode(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }
}
