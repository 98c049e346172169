package org.junitsockets.conformance;

import static org.junitsockets.Capability.TLS;
import static org.junitsockets.Transport.UNIX;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junitsockets.Capability;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketServer;
import org.junitsockets.Tls;
import org.junitsockets.TlsCertificate;

/** The library's own TLS over another of its transports than TCP. */
class TlsOverUnixTestCases extends SocketConformance {

    private static final Tls IDENTITY = Tls.builder().create();

    @Override
    protected Set<Capability> capabilities() {
        Set<Capability> capabilities = EnumSet.of(TLS);
        capabilities.addAll(UNIX.capabilities());
        return capabilities;
    }

    @Override
    protected Listener listen() {
        return listen(IDENTITY, IDENTITY);
    }

    @Override
    protected Listener listenWithCertificateFor(String hostName) {
        return listen(Tls.builder().certificate(TlsCertificate.WRONG_NAME).create(), IDENTITY);
    }

    @Override
    protected Listener listenWithProtocols(List<String> server, List<String> client) {
        return listen(speaking(server), speaking(client));
    }

    private static Tls speaking(List<String> protocols) {
        return Tls.builder()
                .applicationProtocols(protocols.toArray(String[]::new))
                .create();
    }

    private static Listener listen(Tls server, Tls client) {
        return Listener.of(
                SocketServer.builder()
                        .transport(UNIX)
                        .tls(server)
                        .deadline(Duration.ofMillis(200))
                        .start(),
                SocketClients.open().transport(UNIX).tls(client));
    }
}
