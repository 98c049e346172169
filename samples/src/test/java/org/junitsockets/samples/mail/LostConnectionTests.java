package org.junitsockets.samples.mail;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.commons.net.smtp.SMTPClient;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitsockets.Ending;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * A server that is gone before it has said that it took the mail: as long as it has not, it has not.
 *
 * <p>Hand-written servers close their socket "after DATA": whether before, in or after the content,
 * and by FIN or by reset, depends on what happened to be read. The test then shows that something
 * failed.
 */
class LostConnectionTests {

    private static final String ADA = "ada@client.example";
    private static final String BOB = "bob@mail.example";

    @AutoClose("disconnect")
    private final SMTPClient client = new SMTPClient();

    @ParameterizedTest
    @CsvSource({"FIN, org.apache.commons.net.smtp.SMTPConnectionClosedException", "RST, java.net.SocketException"})
    void beforeTheContent(Ending ending, Class<?> failure, @WithSocketServer SocketServer server) throws IOException {
        server.onConnection(SmtpScript.begin()
                .hello()
                .envelope(ADA, BOB)
                .command("DATA")
                .reply("354 go on")
                .hangUp(ending));

        connect(server);
        assertThatThrownBy(() -> client.sendSimpleMessage(ADA, BOB, "Hello!")).isInstanceOf(failure);
    }

    /** All was sent. Whether it was taken nobody knows: who tries again may send it twice. */
    @ParameterizedTest
    @CsvSource({"FIN, org.apache.commons.net.smtp.SMTPConnectionClosedException", "RST, java.net.SocketException"})
    void afterTheContent(Ending ending, Class<?> failure, @WithSocketServer SocketServer server) throws IOException {
        server.onConnection(
                SmtpScript.begin().hello().envelope(ADA, BOB).content("Hello!").hangUp(ending));

        connect(server);
        assertThatThrownBy(() -> client.sendSimpleMessage(ADA, BOB, "Hello!")).isInstanceOf(failure);
    }

    private void connect(SocketServer server) throws IOException {
        client.setDefaultTimeout(5000);
        client.connect(server.address().getAddress(), server.port());
        assertThat(client.login("client.example")).isTrue();
    }
}
