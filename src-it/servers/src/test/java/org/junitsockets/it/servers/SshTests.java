package org.junitsockets.it.servers;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.transport.TransportException;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.Connected;
import org.junitsockets.jupiter.Endpoint;
import org.junitsockets.jupiter.WithSocketServer;
import org.junitsockets.testcontainers.WithRemoteEndpoint;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;

/** An OpenSSH server, and sshj. */
@WithRemoteEndpoint(name = "sshd", container = "CONTAINER", port = 22, greeting = "SSH-2.0-")
class SshTests {

    static final GenericContainer<?> CONTAINER = new GenericContainer<>("junit-sockets-it/openssh")
            .withCopyToContainer(Transferable.of(SshClients.hostKey(), 0600), "/etc/ssh/host_key")
            .withCopyToContainer(Transferable.of(SshClients.authorizedKeys(), 0644), "/etc/ssh/authorized_keys");

    @Test
    void speaksFirst(@Connected("sshd") SocketConnection client) {
        assertThat(client.readUntil("\r\n")).startsWith("SSH-2.0-OpenSSH_");
    }

    @Test
    void refusesWhatIsNoSsh(@Connected("sshd") SocketConnection client) {
        client.readUntil("\r\n");
        client.write("GET / HTTP/1.1\r\n").expectToEnd("Invalid SSH identification string.\r\n");
    }

    @Test
    void isSpokenToBySshj(@Endpoint("sshd") InetSocketAddress sshd, @WithSocketServer SocketServer tap) throws Exception {
        tap.onEachConnection(Tap.to(sshd));
        try (SSHClient client = SshClients.logIn(tap.address())) {
            assertThat(SshClients.cat(client, "a secret\n")).isEqualTo("a secret\n");
        }
        assertThat(tap.connection(1))
                .receivedContaining("SSH-2.0-SSHJ")
                .then()
                .receivedContaining("ecdsa-sha2-nistp256"); // what it offers
        assertThat(tap.connection(1)).sentContaining("SSH-2.0-OpenSSH_");
        assertThat(tap.transcript()).doesNotContain("a secret").doesNotContain("authorized");
    }

    @Test
    void isKnownByItsKey(@Endpoint("sshd") InetSocketAddress sshd) throws Exception {
        try (SSHClient client = SshClients.client()) {
            client.addHostKeyVerifier(SshClients.only(SshClients.USER_KEY.getPublic()));
            assertThatThrownBy(() -> client.connect(sshd.getAddress(), sshd.getPort()))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("Could not verify `ecdsa-sha2-nistp256` host key");
        }
    }
}
