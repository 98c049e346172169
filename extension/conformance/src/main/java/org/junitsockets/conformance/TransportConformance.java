package org.junitsockets.conformance;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Capability;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketServer;
import org.junitsockets.Tls;
import org.junitsockets.TlsCertificate;
import org.junitsockets.Transport;

/**
 * The conformance of the library's own servers and connections over one transport: for whoever supplies
 * one by a {@link org.junitsockets.spi.TransportProvider}.
 *
 * <pre>{@code
 * class VsockConformanceTests extends TransportConformance {
 *     VsockConformanceTests() {
 *         super(Transport.VSOCK);
 *     }
 * }
 * }</pre>
 *
 * <p>What is promised is what the transport has. Where it is unavailable, all is skipped with the reason.
 * With TLS it takes the artifact {@code junit-sockets-tls} too.
 *
 * <p>A handler that does not end is waited for as {@link SocketServer#close()} does: for {@code
 * junitsockets.deadline} at least, 5 s by default, which has to be less than {@link #patience()}.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public abstract class TransportConformance extends SocketConformance {

    /** That of {@link SocketServer#accept()} too, in slices of which the kit's timeouts are made. */
    private static final Duration DEADLINE = Duration.ofMillis(200);

    private final Transport transport;
    private @Nullable Tls identity;

    /**
     * Creates one.
     *
     * @param transport what is tested
     */
    protected TransportConformance(Transport transport) {
        this.transport = transport;
    }

    @Override
    protected final Set<Capability> capabilities() {
        return transport.capabilities();
    }

    @Override
    protected Listener listen() {
        if (!transport.has(Capability.TLS)) {
            return Listener.of(server().start());
        }
        Tls one = identity();
        return listen(one, one);
    }

    /** One for all, as a certificate takes longer than anything else of a listener. */
    private synchronized Tls identity() {
        Tls one = identity;
        if (one == null) {
            one = Tls.builder().create();
            identity = one;
        }
        return one;
    }

    /** The name it is for is of no account, as long as it is none of the server's. */
    @Override
    protected Listener listenWithCertificateFor(String hostName) throws Exception {
        if (!transport.has(Capability.TLS)) {
            return super.listenWithCertificateFor(hostName);
        }
        Tls elsewhere = Tls.builder().certificate(TlsCertificate.WRONG_NAME).create();
        return listen(elsewhere, elsewhere);
    }

    @Override
    protected Listener listenWithProtocols(List<String> server, List<String> client) throws Exception {
        if (!transport.has(Capability.TLS)) {
            return super.listenWithProtocols(server, client);
        }
        return listen(speaking(server), speaking(client));
    }

    private static Tls speaking(List<String> protocols) {
        return Tls.builder()
                .applicationProtocols(protocols.toArray(String[]::new))
                .create();
    }

    private Listener listen(Tls server, Tls client) {
        return Listener.of(server().tls(server).start(), clients().tls(client));
    }

    private SocketServer.Builder server() {
        return SocketServer.builder().transport(transport).deadline(DEADLINE);
    }

    private SocketClients clients() {
        return SocketClients.open().transport(transport);
    }

    /** Runs it in a handler, and closes the server of that. */
    @Override
    protected AutoCloseable runOnItsOwnThread(Runnable work) {
        SocketServer server = server().start();
        server.onConnection(peer -> work.run());
        SocketClients clients = clients();
        clients.connect(server.socketAddress()).write("x");
        return () -> {
            try (clients) {
                server.close();
            }
        };
    }
}
