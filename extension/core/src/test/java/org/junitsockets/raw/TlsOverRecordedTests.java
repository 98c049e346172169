package org.junitsockets.raw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junitsockets.Transport;
import org.junitsockets.spec.Settings;
import org.junitsockets.testing.Background;
import org.junitsockets.testing.Raw;

/** TLS is layered over what is recorded as over the JDK's own; what is recorded is what is on the wire. */
@Isolated("a process that is being started shares the sockets of this one for a moment: a close is not felt then")
class TlsOverRecordedTests {

    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    Path directory;

    @Test
    void theSameIsSaidOverBoth() throws Exception {
        SSLContext context = context();
        assertThat(say(context, RawPair.RECORDED)).isEqualTo(say(context, RawPair.PLAIN));
    }

    private static List<String> say(SSLContext context, Settings settings) throws Exception {
        try (RawPair pair = RawPair.open(Transport.TCP, settings)) {
            Seen seen = new Seen();
            Background<String> server = Background.call(() -> {
                try (SSLSocket tls = layer(context, pair.accepted)) {
                    tls.setUseClientMode(false);
                    String question = Raw.read(tls, 8);
                    Raw.write(tls, "answer");
                    return question;
                }
            });
            SSLSocket tls = layer(context, pair.client);
            Raw.write(tls, "question");
            seen.of("answer", () -> Raw.readToEnd(tls));
            seen.of("question", server::get);
            tls.close();
            seen.of("isClosed", pair.client::isClosed);
            seen.of("accepted isClosed", pair.accepted::isClosed);
            pair.recordedByClient().ifPresent(conversation -> {
                byte[] sent = conversation.transcript().sent();
                assertThat(List.of(sent[0], sent[1])).as("a handshake").containsExactly((byte) 22, (byte) 3);
                assertThat(new String(sent, UTF_8)).doesNotContain("question");
            });
            return seen.lines();
        }
    }

    private static SSLSocket layer(SSLContext context, Socket socket) throws Exception {
        return (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
    }

    private SSLContext context() throws Exception {
        Path file = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "keytool",
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-alias",
                        "server",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
