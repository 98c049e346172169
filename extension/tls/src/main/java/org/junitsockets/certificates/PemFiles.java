package org.junitsockets.certificates;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Files in PEM (RFC 7468) for who is not of the JDK: each written when it is asked for, once, in a
 * directory that only its owner may enter, and removed at the end of the JVM.
 */
final class PemFiles {

    private static final Map<String, Path> WRITTEN = new HashMap<>();
    private static @Nullable Path directory;

    private PemFiles() {}

    /** Returns the file with this text, under its name and a number of its own. */
    private static synchronized Path write(String name, String text) {
        @Nullable Path written = WRITTEN.get(text);
        if (written != null) {
            return written;
        }
        try {
            Path file = Files.createTempFile(directory(), name + "-", ".pem");
            Files.writeString(file, text, US_ASCII);
            WRITTEN.put(text, file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + name + ".pem", e);
        }
    }

    static Path authority(X509Certificate certificate) {
        return write("authority", text(certificate));
    }

    static Path revocationList(X509CRL list) {
        try {
            return write("revoked", text("X509 CRL", list.getEncoded()));
        } catch (CRLException e) {
            throw new IllegalStateException("a revocation list without encoding", e);
        }
    }

    static Path identity(Identity identity) {
        return write("client", text(identity.chain()) + key(identity));
    }

    static String text(List<X509Certificate> chain) {
        return chain.stream().map(PemFiles::text).collect(Collectors.joining());
    }

    private static String text(X509Certificate certificate) {
        try {
            return text("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate without encoding", e);
        }
    }

    static String key(Identity identity) {
        return text(
                "PRIVATE KEY",
                CompleteKey.encoded(identity.key(), identity.certificate().getPublicKey()));
    }

    private static String text(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }

    private static Path directory() throws IOException {
        @Nullable Path made = directory;
        if (made == null) {
            made = Files.createTempDirectory("junit-sockets-tls-"); // for its owner only
            directory = made;
            Runtime.getRuntime().addShutdownHook(new Thread(PemFiles::remove, "junit-sockets-pem-files"));
        }
        return made;
    }

    private static synchronized void remove() {
        try {
            for (Path file : WRITTEN.values()) {
                Files.deleteIfExists(file);
            }
            if (directory != null) {
                Files.deleteIfExists(directory);
            }
        } catch (IOException e) {
            // the JVM is about to end: nobody is left to be told
        }
    }
}
