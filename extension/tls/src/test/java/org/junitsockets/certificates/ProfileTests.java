package org.junitsockets.certificates;

import static java.time.Instant.now;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.security.Security;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsockets.Tls;
import org.junitsockets.TlsCertificate;

/** Certificates and revocation lists are as RFC 5280 has them, but for what is to be wrong. */
class ProfileTests {

    private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    private static final String CRL_NUMBER = "2.5.29.20";

    private static Tls tls(TlsCertificate certificate) {
        return Tls.builder().certificate(certificate).create();
    }

    @ParameterizedTest
    @EnumSource
    void aServersCertificateIsOneOfAServer(TlsCertificate kind) {
        X509Certificate certificate = tls(kind).certificate();
        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getBasicConstraints()).as("no authority").isEqualTo(-1);
        assertThat(certificate.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.15", "2.5.29.19");
        assertThat(certificate.getKeyUsage()[0]).as("digitalSignature").isTrue();
        assertThat(certificate.getKeyUsage()[2]).as("keyEncipherment").isEqualTo(kind == TlsCertificate.WEAK_KEY);
        assertThat(certificate.getKeyUsage()[5]).as("keyCertSign").isFalse();
        assertThat(extendedKeyUsage(certificate)).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(certificate.getSerialNumber().signum()).isPositive();
        assertThat(certificate.getSerialNumber().toByteArray()).hasSizeLessThanOrEqualTo(20);
        if (kind == TlsCertificate.WEAK_KEY) {
            assertThat(((RSAPublicKey) certificate.getPublicKey()).getModulus().bitLength())
                    .isEqualTo(768);
        } else {
            assertThat(((ECPublicKey) certificate.getPublicKey()).getParams().toString())
                    .contains("secp256r1");
        }
    }

    private static List<String> extendedKeyUsage(X509Certificate certificate) {
        try {
            return certificate.getExtendedKeyUsage();
        } catch (CertificateParsingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatWasIssuedNamesItsIssuer() throws Exception {
        Tls tls = tls(TlsCertificate.VALID);
        tls.certificate().verify(tls.authority().getPublicKey());
        assertThat(tls.certificate().getIssuerX500Principal())
                .isEqualTo(tls.authority().getSubjectX500Principal());
        assertThat(keyIdentifier(tls.certificate().getExtensionValue(AUTHORITY_KEY_IDENTIFIER)))
                .isEqualTo(keyIdentifier(tls.authority().getExtensionValue(SUBJECT_KEY_IDENTIFIER)));
    }

    /** The last 20 bytes: a SHA-1 sum. */
    private static byte[] keyIdentifier(byte[] extension) {
        return Arrays.copyOfRange(extension, extension.length - 20, extension.length);
    }

    @Test
    void theAuthorityMayIssueAndRevokeAndNothingElse() throws Exception {
        X509Certificate authority = tls(TlsCertificate.VALID).authority();
        authority.verify(authority.getPublicKey());
        assertThat(authority.getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
        assertThat(authority.getKeyUsage())
                .containsExactly(false, false, false, false, false, true, true, false, false);
        assertThat(authority.getSubjectX500Principal().getName()).isEqualTo("CN=junit-sockets authority");
    }

    @Test
    void timesAreWrongByADay() {
        assertThat(tls(TlsCertificate.EXPIRED).certificate().getNotAfter().toInstant())
                .isCloseTo(now().minus(Duration.ofDays(1)), within(5, MINUTES));
        assertThat(tls(TlsCertificate.NOT_YET_VALID)
                        .certificate()
                        .getNotBefore()
                        .toInstant())
                .isCloseTo(now().plus(Duration.ofDays(1)), within(5, MINUTES));
    }

    @Test
    void anUnknownAuthorityIsAnotherOne() {
        Tls tls = tls(TlsCertificate.UNKNOWN_CA);
        assertThat(tls.certificate().getIssuerX500Principal())
                .isNotEqualTo(tls.authority().getSubjectX500Principal())
                .isNotEqualTo(tls.certificate().getSubjectX500Principal());
    }

    @Test
    void selfSignedIsWhatIsVerifiedByItsOwnKey() throws Exception {
        X509Certificate certificate = tls(TlsCertificate.SELF_SIGNED).certificate();
        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getIssuerX500Principal()).isEqualTo(certificate.getSubjectX500Principal());
    }

    @Test
    void theRevocationListHasWhatIsRevokedAndNothingElse() throws Exception {
        Tls revoked = tls(TlsCertificate.REVOKED);
        Tls valid = tls(TlsCertificate.VALID);
        X509CRL list = Authority.trusted().revocationList();
        list.verify(valid.authority().getPublicKey());
        assertThat(list.isRevoked(revoked.certificate())).isTrue();
        assertThat(list.isRevoked(valid.certificate())).isFalse();
        assertThat(list.getNonCriticalExtensionOIDs()).containsExactlyInAnyOrder(AUTHORITY_KEY_IDENTIFIER, CRL_NUMBER);
        assertThat(list.getThisUpdate()).isInThePast();
        assertThat(list.getNextUpdate()).isInTheFuture();
    }

    @Test
    void serialNumbersAreOnesOfTheirOwn() {
        Set<Object> serials = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            serials.add(tls(TlsCertificate.VALID).certificate().getSerialNumber());
        }
        assertThat(serials).hasSize(50);
    }

    @Test
    void noProviderIsRegistered() {
        tls(TlsCertificate.VALID);
        assertThat(Security.getProvider("BC")).isNull();
    }
}
