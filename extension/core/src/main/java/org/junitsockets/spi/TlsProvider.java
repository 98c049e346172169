package org.junitsockets.spi;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;
import org.junitsockets.Tls;

/**
 * Makes certificates. Found by {@link java.util.ServiceLoader}; the artifact {@code junit-sockets-tls}
 * has one.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public interface TlsProvider {

    /**
     * Makes a server's identity and the trust that matches.
     *
     * @param options what they are to be like
     * @return the identity; it keeps its keys in memory
     * @throws IllegalArgumentException if there is no such version, cipher suite or name
     */
    Tls create(TlsOptions options);
}
