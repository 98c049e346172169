package org.junitsockets.samples.mail;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import org.apache.commons.net.smtp.SMTPClient;
import org.apache.commons.net.smtp.SMTPConnectionClosedException;
import org.apache.commons.net.smtp.SMTPReply;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * In SMTP the server speaks first: a connection that is there is no greeting yet.
 *
 * <p>Hand-written servers greet, always and at once. A client without a timeout for the greeting, and
 * one that does not look at its code, pass.
 */
class GreetingTests {

    @AutoClose("disconnect")
    private final SMTPClient client = new SMTPClient();

    /**
     * The timeout for connecting does not help: it is over, and was in time. That for reading has to be
     * set before, as the default, because {@code setSoTimeout} works on a connection only.
     */
    @Test
    void aGreetingThatNeverComes(@WithSocketServer SocketServer server) {
        server.onConnection(SocketConnection::expectEnd); // says nothing, and hears nothing

        client.setConnectTimeout(5000);
        client.setDefaultTimeout(150);
        assertThatThrownBy(() -> connect(server)).isInstanceOf(SocketTimeoutException.class);
        assertThat(client.isConnected()).as("and has to be ended by somebody").isTrue();
    }

    /** "No mail here" is a greeting: the session goes on until the client says goodbye. */
    @Test
    void aServerThatTakesNoMail(@WithSocketServer SocketServer server) throws IOException {
        server.onConnection(SmtpScript.begin().reply("554 no mail here").quit());

        client.setDefaultTimeout(5000);
        connect(server);
        assertThat(SMTPReply.isPositiveCompletion(client.getReplyCode()))
                .as("connect() does not throw: who does not look goes on")
                .isFalse();
        assertThat(client.logout()).isTrue();
    }

    /** "Not now" is an end, and an exception. */
    @Test
    void aServerThatIsBusy(@WithSocketServer SocketServer server) {
        server.onConnection(SmtpScript.begin().reply("421 too busy").andThen(SocketConnection::expectEnd));

        client.setDefaultTimeout(5000);
        assertThatThrownBy(() -> connect(server))
                .isInstanceOf(SMTPConnectionClosedException.class)
                .hasMessageContaining("421");
    }

    private void connect(SocketServer server) throws IOException {
        client.connect(server.address().getAddress(), server.port());
    }
}
