package org.junitsockets.conformance;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.time.Duration;
import java.util.Set;
import org.apiguardian.api.API;
import org.junitsockets.Capability;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketServer;
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
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public abstract class TransportConformance extends SocketConformance {

    /** That of {@link SocketServer#accept()} too, in slices of which the kit's timeouts are made. */
    private static final Duration DEADLINE = Duration.ofMillis(200);

    private final Transport transport;

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
        return Listener.of(start());
    }

    private SocketServer start() {
        return SocketServer.builder().transport(transport).deadline(DEADLINE).start();
    }

    /** Runs it in a handler, and closes the server of that. */
    @Override
    protected AutoCloseable runOnItsOwnThread(Runnable work) {
        SocketServer server = start();
        server.onConnection(peer -> work.run());
        SocketClients clients = SocketClients.open();
        clients.connect(server.address()).write("x");
        return () -> {
            try (clients) {
                server.close();
            }
        };
    }
}
