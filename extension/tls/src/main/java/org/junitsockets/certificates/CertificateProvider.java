package org.junitsockets.certificates;

import org.junitsockets.Tls;
import org.junitsockets.spi.TlsOptions;
import org.junitsockets.spi.TlsProvider;

/** Supplies TLS with certificates that Bouncy Castle builds and the JDK's own providers sign. */
public final class CertificateProvider implements TlsProvider {

    /** For {@link java.util.ServiceLoader}. */
    public CertificateProvider() {}

    @Override
    public Tls create(TlsOptions options) {
        Names.require(options);
        return new EphemeralTls(options, Identity.of(options));
    }
}
