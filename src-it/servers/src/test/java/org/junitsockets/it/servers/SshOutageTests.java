package org.junitsockets.it.servers;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.connection.channel.direct.Session.Command;
import net.schmizz.sshj.transport.TransportException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.jupiter.WithSocketClients;

/** An OpenSSH server that is paused, killed and started again, and sshj. */
class SshOutageTests {

    @RegisterExtension
    static final ServerContainer SSHD = SshClients.server();

    private final SocketClients clients;

    SshOutageTests(@WithSocketClients SocketClients clients) {
        this.clients = clients;
    }

    // -- paused ----------------------------------------------------------------------------------

    @Test
    void aPausedServerGreetsLater() {
        SSHD.pause();
        SocketConnection client = clients.connect(SSHD.address()); // accepted by the system
        SSHD.unpause();
        assertThat(client.readLine()).startsWith("SSH-2.0-OpenSSH_");
    }

    @Test
    void sshjGivesUpAPausedServerAndComesBack() throws Exception {
        SSHD.pause();
        try (SSHClient client = SshClients.client()) {
            client.setTimeout(SshClients.IMPATIENT);
            assertThatThrownBy(() -> client.connect(SSHD.host(), SSHD.address().getPort()))
                    .isInstanceOf(TransportException.class)
                    .hasCauseInstanceOf(SocketTimeoutException.class);
        }
        SSHD.unpause();
        try (SSHClient client = SshClients.logIn(SSHD.address())) {
            assertThat(SshClients.cat(client, "there")).isEqualTo("there");
        }
    }

    // -- killed ----------------------------------------------------------------------------------

    @Test
    void sshjNoticesTheDeathAndIsRefused() throws Exception {
        try (SSHClient client = SshClients.logIn(SSHD.address());
                Session session = client.startSession()) {
            Command cat = session.exec("cat");
            SSHD.kill();
            assertThatThrownBy(() -> client.getTransport().join(SshClients.PATIENT, MILLISECONDS))
                    .isInstanceOf(TransportException.class)
                    .hasMessage("Broken transport; encountered EOF");
            assertThatThrownBy(() -> cat.getInputStream().read()).isInstanceOf(TransportException.class);
            assertThat(client.isConnected()).isFalse();
        }
        assertThatThrownBy(() -> SshClients.logIn(SSHD.address())).isInstanceOf(ConnectException.class);
    }

    @Test
    void itsDeathIsAnEndWhereNothingIsUnread() {
        SocketConnection client = clients.connect(SSHD.address());
        client.readUntil("\r\n");
        SSHD.kill();
        client.readToEnd(); // what it offers may have come already
    }

    // -- started again ---------------------------------------------------------------------------

    @Test
    void isTheSameHostAfterwards() throws Exception {
        try (SSHClient client = SshClients.logIn(SSHD.address())) {
            assertThat(SshClients.cat(client, "before")).isEqualTo("before");
        }
        SSHD.kill();
        SSHD.start();
        try (SSHClient client = SshClients.logIn(SSHD.address())) {
            assertThat(SshClients.cat(client, "after")).isEqualTo("after");
        }
    }
}
