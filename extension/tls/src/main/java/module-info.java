/**
 * Supplies {@code org.junitsockets.Tls}: an ephemeral certificate authority, and certificates, good and
 * deliberately bad.
 *
 * <p>Nothing of it is to be typed: it is found by {@link java.util.ServiceLoader}.
 */
module org.junitsockets.certificates {
    requires static org.apiguardian.api;
    requires static org.jspecify;
    requires org.junitsockets.core;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.util;

    provides org.junitsockets.spi.TlsProvider with
            org.junitsockets.certificates.CertificateProvider;
}
