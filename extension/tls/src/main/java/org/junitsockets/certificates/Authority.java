package org.junitsockets.certificates;

import static org.junitsockets.certificates.Certificates.DAY;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Who issues certificates and revokes them. Its key stays in memory. */
final class Authority {

    private final X500Name name;
    private final KeyPair key = Certificates.ecKey();
    private final X509Certificate certificate;
    private final List<Revoked> revoked = new ArrayList<>();
    private @Nullable X509CRL list;

    private Authority(X500Name name, @Nullable Authority superior) {
        this.name = name;
        this.certificate = superior == null
                ? Certificates.authority(name, key.getPublic(), name, key)
                : Certificates.authority(name, key.getPublic(), superior.name, superior.key);
    }

    /** The one that clients trust. */
    static Authority trusted() {
        return Trusted.AUTHORITY;
    }

    /** One that nobody has heard of. */
    static Authority unknown() {
        return new Authority(new X500Name("CN=junit-sockets authority that nobody has heard of"), null);
    }

    /** One whose certificate this one has issued. */
    Authority intermediate() {
        return new Authority(new X500Name("CN=junit-sockets intermediate authority"), this);
    }

    X500Name name() {
        return name;
    }

    KeyPair key() {
        return key;
    }

    X509Certificate certificate() {
        return certificate;
    }

    synchronized void revoke(X509Certificate issued) {
        revoked.add(new Revoked(issued.getSerialNumber(), Instant.now()));
        list = null;
    }

    /** What it has revoked so far; the same until it revokes another one. */
    synchronized X509CRL revocationList() {
        @Nullable X509CRL current = list;
        if (current == null) {
            current = sign();
            list = current;
        }
        return current;
    }

    private X509CRL sign() {
        Instant now = Instant.now();
        X509v2CRLBuilder builder = new X509v2CRLBuilder(name, Date.from(now.minus(DAY)));
        builder.setNextUpdate(certificate.getNotAfter());
        revoked.forEach(each -> builder.addCRLEntry(each.serial(), Date.from(each.since()), CRLReason.keyCompromise));
        try {
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(key.getPublic()));
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(revoked.size())));
            return new JcaX509CRLConverter()
                    .getCRL(builder.build(new JcaContentSignerBuilder(Certificates.signature(key.getPrivate()))
                            .build(key.getPrivate())));
        } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
            throw new IllegalStateException("no revocation list of " + name + ": " + e.getMessage(), e);
        }
    }

    private record Revoked(BigInteger serial, Instant since) {}

    /** Made when the first certificate is. */
    private static final class Trusted {
        static final Authority AUTHORITY = new Authority(new X500Name("CN=junit-sockets authority"), null);
    }
}
