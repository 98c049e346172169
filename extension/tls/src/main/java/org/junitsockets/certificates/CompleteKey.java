package org.junitsockets.certificates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A private key as others read it: GnuTLS refuses one on an elliptic curve without its public key, which is
 * optional (RFC 5915) and left out by the JDK.
 */
final class CompleteKey {

    private CompleteKey() {}

    /** The key in PKCS #8. */
    static byte[] encoded(PrivateKey key, PublicKey publicKey) {
        if (!(key instanceof ECPrivateKey curve)) {
            return key.getEncoded();
        }
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
        org.bouncycastle.asn1.sec.ECPrivateKey complete = new org.bouncycastle.asn1.sec.ECPrivateKey(
                curve.getParams().getOrder().bitLength(),
                curve.getS(),
                SubjectPublicKeyInfo.getInstance(publicKey.getEncoded()).getPublicKeyData(),
                null);
        try {
            return new PrivateKeyInfo(info.getPrivateKeyAlgorithm(), complete).getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
