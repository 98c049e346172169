package org.junitsockets.certificates;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Keys and certificates by the profile of RFC 5280. Nothing here registers a provider: the JDK's own
 * sign.
 */
final class Certificates {

    static final Duration DAY = Duration.ofDays(1);

    /** Long enough for any JVM, and begun before any clock that is a little slow. */
    private static final Duration AROUND = Duration.ofDays(365);

    private static final SecureRandom RANDOM = new SecureRandom();

    private Certificates() {}

    static KeyPair ecKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot make a key of EC P-256", e);
        }
    }

    static KeyPair rsaKey(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits, RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot make a key of RSA, " + bits + " bits", e);
        }
    }

    /** Positive, and at most 20 octets (RFC 5280, section 4.1.2.2). */
    static BigInteger serial() {
        return new BigInteger(158, RANDOM).setBit(158);
    }

    /** The certificate of who issues others. */
    static X509Certificate authority(X500Name subject, PublicKey key, X500Name issuer, KeyPair by) {
        return sign(subject, key, issuer, by, around(), extensions -> {
            extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        });
    }

    /** The certificate of a server. */
    static X509Certificate server(
            X500Name subject, PublicKey key, X500Name issuer, KeyPair by, Validity validity, List<String> names) {
        return sign(subject, key, issuer, by, validity, extensions -> {
            leaf(extensions, key, KeyPurposeId.id_kp_serverAuth);
            extensions.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(names.stream().map(Names::alternative).toArray(GeneralName[]::new)));
        });
    }

    /** The certificate of a client. */
    static X509Certificate client(X500Name subject, PublicKey key, X500Name issuer, KeyPair by) {
        return sign(
                subject, key, issuer, by, around(), extensions -> leaf(extensions, key, KeyPurposeId.id_kp_clientAuth));
    }

    private static void leaf(X509v3CertificateBuilder extensions, PublicKey key, KeyPurposeId purpose)
            throws CertIOException {
        int usage = KeyUsage.digitalSignature | (key.getAlgorithm().equals("RSA") ? KeyUsage.keyEncipherment : 0);
        extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        extensions.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
        extensions.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
    }

    private static X509Certificate sign(
            X500Name subject, PublicKey key, X500Name issuer, KeyPair by, Validity validity, Extensions own) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer, serial(), Date.from(validity.from()), Date.from(validity.to()), subject, key);
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(by.getPublic()));
            own.add(builder);
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(
                            new JcaContentSignerBuilder(signature(by.getPrivate())).build(by.getPrivate())));
        } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
            throw new IllegalStateException("no certificate for " + subject + ": " + e.getMessage(), e);
        }
    }

    static String signature(PrivateKey key) {
        return key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    }

    static Validity around() {
        Instant now = Instant.now();
        return new Validity(now.minus(AROUND), now.plus(AROUND));
    }

    /** Its extensions besides the identifiers of keys. */
    private interface Extensions {
        void add(X509v3CertificateBuilder builder) throws CertIOException;
    }

    /** From when to when a certificate counts. */
    record Validity(Instant from, Instant to) {}
}
