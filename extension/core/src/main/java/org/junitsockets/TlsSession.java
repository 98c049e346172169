package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.apiguardian.api.API;

/**
 * What a TLS handshake came to.
 *
 * <pre>{@code
 * server.onConnection(peer -> {
 *     assertThat(peer.tls().applicationProtocol()).contains("h2");
 *     assertThat(peer.tls().session().getProtocol()).isEqualTo("TLSv1.3");
 * });
 * }</pre>
 *
 * @param session the version, cipher suite, and certificates of both sides
 * @param applicationProtocol what is spoken inside (ALPN, RFC 7301), if that was agreed on
 * @param serverName whom the client asked for (SNI, RFC 6066), if it did
 * @param resumed whether it goes on with a session of before, so that no certificate was sent
 * @see SocketConnection#tls()
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record TlsSession(
        SSLSession session, Optional<String> applicationProtocol, Optional<String> serverName, boolean resumed) {

    /** Such as {@code TLSv1.3, TLS_AES_128_GCM_SHA256, ALPN h2, SNI localhost, resumed}. */
    @Override
    public String toString() {
        return session.getProtocol()
                + ", "
                + session.getCipherSuite()
                + applicationProtocol.map(protocol -> ", ALPN " + protocol).orElse("")
                + serverName.map(name -> ", SNI " + name).orElse("")
                + (resumed ? ", resumed" : "");
    }
}
