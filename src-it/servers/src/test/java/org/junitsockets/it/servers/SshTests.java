package org.junitsockets.it.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.Buffer.PlainBuffer;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.connection.channel.direct.Session.Command;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import net.schmizz.sshj.userauth.keyprovider.KeyPairWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketClients;
import org.junitsockets.jupiter.WithSocketServer;

/** An OpenSSH server, and sshj. */
class SshTests {

    private static final KeyPair HOST_KEY = newKey();
    private static final KeyPair USER_KEY = newKey();
    private static final int PATIENT = 10_000;
    private static final int IMPATIENT = 300;

    @RegisterExtension
    static final ServerContainer SSHD = ServerContainer.of("openssh", 22, client -> client.readLine()
                    .startsWith("SSH-2.0-"))
            .file("/etc/ssh/host_key", 0600, address -> pem(HOST_KEY))
            .file("/etc/ssh/authorized_keys", 0644, address -> authorized(USER_KEY));

    private final SocketClients clients;

    SshTests(@WithSocketClients SocketClients clients) {
        this.clients = clients;
    }

    // -- what is on the wire ---------------------------------------------------------------------

    @Test
    void speaksFirst() {
        SocketConnection client = clients.connect(SSHD.address());
        assertThat(client.readUntil("\r\n")).startsWith("SSH-2.0-OpenSSH_");
    }

    @Test
    void refusesWhatIsNoSsh() {
        SocketConnection client = clients.connect(SSHD.address());
        client.readUntil("\r\n");
        client.write("GET / HTTP/1.1\r\n").expectToEnd("Invalid SSH identification string.\r\n");
    }

    @Test
    void isSpokenToBySshj(@WithSocketServer SocketServer tap) throws Exception {
        tap.onEachConnection(Tap.to(SSHD.address()));
        try (SSHClient client = logIn(tap.address())) {
            assertThat(cat(client, "a secret\n")).isEqualTo("a secret\n");
        }
        assertThat(tap.connection(1))
                .receivedContaining("SSH-2.0-SSHJ")
                .then()
                .receivedContaining("ecdsa-sha2-nistp256"); // what it offers
        assertThat(tap.connection(1)).sentContaining("SSH-2.0-OpenSSH_");
        assertThat(tap.transcript()).doesNotContain("a secret").doesNotContain("authorized");
    }

    @Test
    void isKnownByItsKey() throws Exception {
        try (SSHClient client = client()) {
            client.addHostKeyVerifier(only(USER_KEY.getPublic()));
            assertThatThrownBy(() -> client.connect(SSHD.host(), SSHD.address().getPort()))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("Could not verify `ecdsa-sha2-nistp256` host key");
        }
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
        try (SSHClient client = client()) {
            client.setTimeout(IMPATIENT);
            assertThatThrownBy(() -> client.connect(SSHD.host(), SSHD.address().getPort()))
                    .isInstanceOf(TransportException.class)
                    .hasCauseInstanceOf(SocketTimeoutException.class);
        }
        SSHD.unpause();
        try (SSHClient client = logIn(SSHD.address())) {
            assertThat(cat(client, "there")).isEqualTo("there");
        }
    }

    // -- killed ----------------------------------------------------------------------------------

    @Test
    void sshjNoticesTheDeathAndIsRefused() throws Exception {
        try (SSHClient client = logIn(SSHD.address());
                Session session = client.startSession()) {
            Command cat = session.exec("cat");
            SSHD.kill();
            assertThatThrownBy(() -> cat.getInputStream().readAllBytes())
                    .isInstanceOf(TransportException.class)
                    .hasMessage("Broken transport; encountered EOF");
            assertThatThrownBy(() -> client.getTransport().join()).isInstanceOf(TransportException.class);
            assertThat(client.isConnected()).isFalse();
        }
        assertThatThrownBy(() -> logIn(SSHD.address())).isInstanceOf(ConnectException.class);
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
        try (SSHClient client = logIn(SSHD.address())) {
            assertThat(cat(client, "before")).isEqualTo("before");
        }
        SSHD.kill();
        SSHD.start();
        try (SSHClient client = logIn(SSHD.address())) {
            assertThat(cat(client, "after")).isEqualTo("after");
        }
    }

    // -- sshj ------------------------------------------------------------------------------------

    private static SSHClient client() {
        SSHClient client = new SSHClient();
        client.setConnectTimeout(PATIENT);
        client.setTimeout(PATIENT);
        return client;
    }

    private static SSHClient logIn(InetSocketAddress address) throws IOException {
        SSHClient client = client();
        try {
            client.addHostKeyVerifier(only(HOST_KEY.getPublic()));
            client.connect(address.getAddress(), address.getPort());
            client.authPublickey("ada", new KeyPairWrapper(USER_KEY));
            return client;
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    private static String cat(SSHClient client, String text) throws IOException {
        try (Session session = client.startSession()) {
            Command cat = session.exec("cat");
            cat.getOutputStream().write(text.getBytes(UTF_8));
            cat.getOutputStream().close();
            return new String(cat.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static HostKeyVerifier only(PublicKey expected) {
        return new HostKeyVerifier() {
            @Override
            public boolean verify(String hostname, int port, PublicKey key) {
                return Arrays.equals(encoded(key), encoded(expected));
            }

            @Override
            public List<String> findExistingAlgorithms(String hostname, int port) {
                return List.of();
            }
        };
    }

    // -- keys ------------------------------------------------------------------------------------

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK makes no keys on the curve P-256", e);
        }
    }

    private static String pem(KeyPair key) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(key.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static String authorized(KeyPair key) {
        return "ecdsa-sha2-nistp256 " + Base64.getEncoder().encodeToString(encoded(key.getPublic())) + " ada\n";
    }

    private static byte[] encoded(PublicKey key) {
        return new PlainBuffer().putPublicKey(key).getCompactData();
    }
}
