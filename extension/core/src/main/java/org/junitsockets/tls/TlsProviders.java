package org.junitsockets.tls;

import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Tls;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedTransportException;
import org.junitsockets.spi.TlsOptions;
import org.junitsockets.spi.TlsProvider;

/** What makes certificates, if anything on the class path does. */
public final class TlsProviders {

    /** The artifact that has one. */
    private static final String ARTIFACT = "org.junitsockets:junit-sockets-tls";

    private static final @Nullable TlsProvider PROVIDER = ServiceLoader.load(
                    TlsProvider.class, TlsProviders.class.getClassLoader())
            .findFirst()
            .orElse(null);

    private TlsProviders() {}

    public static Optional<String> unavailableBecause() {
        return PROVIDER == null
                ? Optional.of("nothing on the class path makes certificates (" + ARTIFACT + " does)")
                : Optional.empty();
    }

    public static Tls create(TlsOptions options) {
        @Nullable TlsProvider provider = PROVIDER;
        if (provider == null) {
            throw new UnsupportedTransportException(
                    Transport.TLS, "TLS: " + unavailableBecause().orElseThrow());
        }
        return provider.create(options);
    }
}
