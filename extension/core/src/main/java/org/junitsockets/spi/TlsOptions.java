package org.junitsockets.spi;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.util.List;
import org.apiguardian.api.API;
import org.junitsockets.ClientAuthentication;
import org.junitsockets.TlsCertificate;
import org.junitsockets.TlsStall;

/**
 * What a server's TLS is to be like; {@link org.junitsockets.Tls.Builder} and {@code @WithTls} describe
 * each.
 *
 * @param certificate what is right or wrong with it
 * @param names DNS names and IP addresses that it is issued for, besides those of the loopback interface
 * @param clientAuthentication whether clients are asked for a certificate
 * @param protocols enabled versions, such as {@code TLSv1.3}; empty for the JDK's defaults
 * @param cipherSuites enabled ones by their standard names; empty for the JDK's defaults
 * @param applicationProtocols of the server by preference (ALPN), such as {@code h2}; empty for none
 * @param serverNames host names that clients may ask for (SNI); empty for any
 * @param sessionResumption whether a client may resume a session
 * @param stall where the server falls silent
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record TlsOptions(
        TlsCertificate certificate,
        List<String> names,
        ClientAuthentication clientAuthentication,
        List<String> protocols,
        List<String> cipherSuites,
        List<String> applicationProtocols,
        List<String> serverNames,
        boolean sessionResumption,
        TlsStall stall) {

    /** The JDK's defaults and a certificate that is valid. */
    public static final TlsOptions DEFAULT = new TlsOptions(
            TlsCertificate.VALID,
            List.of(),
            ClientAuthentication.NONE,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            true,
            TlsStall.NONE);

    /** Copies the lists. */
    public TlsOptions {
        names = List.copyOf(names);
        protocols = List.copyOf(protocols);
        cipherSuites = List.copyOf(cipherSuites);
        applicationProtocols = List.copyOf(applicationProtocols);
        serverNames = List.copyOf(serverNames);
    }
}
