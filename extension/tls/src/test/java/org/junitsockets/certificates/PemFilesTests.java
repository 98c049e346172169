package org.junitsockets.certificates;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junitsockets.Tls;
import org.junitsockets.TlsCertificate;

@Isolated("a process that is being started shares the sockets of this one for a moment: a close is not felt then")
class PemFilesTests {

    private static final CertificateFactory FACTORY = factory();

    private static CertificateFactory factory() {
        try {
            return CertificateFactory.getInstance("X.509");
        } catch (CertificateException e) {
            throw new AssertionError(e);
        }
    }

    private final Tls tls = Tls.builder().certificate(TlsCertificate.REVOKED).create();

    @Test
    void theAuthorityIsWrittenOnce() throws Exception {
        Path file = tls.authorityPem();
        assertThat(Tls.builder().create().authorityPem()).isEqualTo(file);
        try (InputStream in = Files.newInputStream(file)) {
            assertThat(FACTORY.generateCertificate(in)).isEqualTo(tls.authority());
        }
        assertThat(Files.readAllLines(file))
                .startsWith("-----BEGIN CERTIFICATE-----")
                .endsWith("-----END CERTIFICATE-----")
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(64));
    }

    @Test
    void filesAreForTheirOwnerOnly() throws Exception {
        for (Path file : List.of(tls.authorityPem(), tls.revocationListPem(), tls.clientPem())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void aRevocationListIsTheOneOfTheMoment() throws Exception {
        Path before = tls.revocationListPem();
        Tls later = Tls.builder().certificate(TlsCertificate.REVOKED).create();
        assertThat(later.revocationListPem()).isNotEqualTo(before);
        assertThat(list(before).isRevoked(tls.certificate())).isTrue();
        assertThat(list(before).isRevoked(later.certificate())).isFalse();
        assertThat(list(later.revocationListPem()).isRevoked(later.certificate()))
                .isTrue();
    }

    private static X509CRL list(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509CRL) FACTORY.generateCRL(in);
        }
    }

    @Test
    void aClientIsItsCertificateAndItsKey() throws Exception {
        Path file = tls.clientPem();
        try (InputStream in = Files.newInputStream(file)) {
            X509Certificate certificate = (X509Certificate) FACTORY.generateCertificate(in);
            certificate.verify(tls.authority().getPublicKey());
        }
        assertThat(key(Files.readString(file))).isNotNull();
    }

    @Test
    void aServerOfAnotherLanguageIsGivenItsChainAndItsKey() throws Exception {
        Tls incomplete =
                Tls.builder().certificate(TlsCertificate.INCOMPLETE_CHAIN).create();
        for (Tls one : List.of(tls, incomplete)) {
            assertThat(FACTORY.generateCertificates(
                            new ByteArrayInputStream(one.chainPem().getBytes(US_ASCII))))
                    .isEqualTo(one.chain());
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key(one.keyPem()));
            signature.update((byte) 1);
            byte[] signed = signature.sign();
            signature.initVerify(one.certificate());
            signature.update((byte) 1);
            assertThat(signature.verify(signed)).isTrue();
        }
    }

    /** GnuTLS asks for it; RFC 5915 leaves it optional, and the JDK leaves it out. */
    @Test
    void aPrivateKeyOnACurveHasItsPublicKey() throws Exception {
        Tls tls = Tls.builder().create();
        String text = tls.keyPem();
        byte[] encoded = Base64.getMimeDecoder()
                .decode(text.replace("-----BEGIN PRIVATE KEY-----\n", "").replace("-----END PRIVATE KEY-----\n", ""));
        assertThat(HexFormat.of().formatHex(encoded))
                .contains(HexFormat.of()
                        .formatHex(SubjectPublicKeyInfo.getInstance(
                                        tls.certificate().getPublicKey().getEncoded())
                                .getPublicKeyData()
                                .getBytes()));
    }

    private static PrivateKey key(String text) throws Exception {
        String key = text.substring(
                text.indexOf("-----BEGIN PRIVATE KEY-----\n") + 28, text.indexOf("\n-----END PRIVATE KEY-----"));
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key)));
    }

    /** What another JVM does that is asked for certificates, and then for files. */
    static final class Asking {
        public static void main(String... arguments) {
            Tls tls = Tls.builder().create();
            tls.serverEngine();
            System.out.println(arguments.length == 0 ? "none" : tls.authorityPem());
        }
    }

    @Test
    void theyAreWrittenOnDemandAndGoneWithTheJvm(@TempDir Path directory) throws Exception {
        assertThat(Judge.java(directory, Asking.class)).isEqualTo("none");
        try (var files = Files.list(directory)) {
            assertThat(files).as("without demand").isEmpty();
        }
        String written = Judge.java(directory, Asking.class, "please");
        assertThat(written).startsWith(directory.toString()).endsWith(".pem");
        try (var files = Files.list(directory)) {
            assertThat(files).as("after its end").isEmpty();
        }
    }
}
