package org.junitsockets.it.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
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
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import net.schmizz.sshj.userauth.keyprovider.KeyPairWrapper;

/** sshj, and the keys of the server and of its user. */
final class SshClients {

    static final KeyPair HOST_KEY = newKey();
    static final KeyPair USER_KEY = newKey();
    static final int PATIENT = 10_000;
    static final int IMPATIENT = 300;

    private SshClients() {}

    static SSHClient client() {
        SSHClient client = new SSHClient();
        client.setConnectTimeout(PATIENT);
        client.setTimeout(PATIENT);
        return client;
    }

    static SSHClient logIn(InetSocketAddress address) throws IOException {
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

    static String cat(SSHClient client, String text) throws IOException {
        try (Session session = client.startSession()) {
            Command cat = session.exec("cat");
            cat.getOutputStream().write(text.getBytes(UTF_8));
            cat.getOutputStream().close();
            return new String(cat.getInputStream().readAllBytes(), UTF_8);
        }
    }

    static HostKeyVerifier only(PublicKey expected) {
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

    static String hostKey() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(HOST_KEY.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    static String authorizedKeys() {
        return "ecdsa-sha2-nistp256 " + Base64.getEncoder().encodeToString(encoded(USER_KEY.getPublic())) + " ada\n";
    }

    private static byte[] encoded(PublicKey key) {
        return new PlainBuffer().putPublicKey(key).getCompactData();
    }
}
