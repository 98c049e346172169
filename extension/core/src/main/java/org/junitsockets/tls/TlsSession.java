package org.junitsockets.tls;

import java.util.Optional;
import javax.net.ssl.SSLSession;

/**
 * What a handshake came to.
 *
 * @param session the version, cipher suite, and certificates of both sides
 * @param applicationProtocol what is spoken inside (ALPN), if that was agreed on
 * @param serverName whom the client asked for (SNI), if it did
 * @param resumed whether it goes on with a session of before, so that no certificate was sent
 */
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
