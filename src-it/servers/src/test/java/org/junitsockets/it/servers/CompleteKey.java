package org.junitsockets.it.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junitsockets.Tls;

/**
 * A server's private key for GnuTLS, which refuses one without its public key, though that is optional
 * (RFC 5915) and the JDK leaves it out.
 */
final class CompleteKey {

    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----\n";
    private static final String END = "-----END PRIVATE KEY-----\n";
    private static final int BITS = 256;

    private CompleteKey() {}

    static String pem(Tls tls) {
        String body = tls.keyPem().replace(BEGIN, "").replace(END, "");
        PrivateKeyInfo key = PrivateKeyInfo.getInstance(Base64.getMimeDecoder().decode(body));
        SubjectPublicKeyInfo publicKey =
                SubjectPublicKeyInfo.getInstance(tls.certificate().getPublicKey().getEncoded());
        try {
            ECPrivateKey complete = new ECPrivateKey(
                    BITS, ECPrivateKey.getInstance(key.parsePrivateKey()).getKey(), publicKey.getPublicKeyData(), null);
            byte[] encoded = new PrivateKeyInfo(key.getPrivateKeyAlgorithm(), complete).getEncoded();
            return BEGIN + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded) + "\n" + END;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
