package org.junitsockets.server;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;
import org.junitsockets.readiness.Readiness;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.ListeningEndpoint;

/**
 * The listening endpoint, which can go down and come up, and who waits for it.
 *
 * <p>Not thread-safe but for waiting: its server calls it under its lock.
 */
final class Listener {

    private final ListeningEndpoint endpoint;
    private Readiness readiness;

    private Listener(ListeningEndpoint endpoint) {
        this.endpoint = endpoint;
        this.readiness = Readiness.of(endpoint);
    }

    static Listener open(ServerSpec spec) throws IOException {
        return new Listener(spec.choice()
                .where()
                .listen(
                        spec.transport(),
                        new EndpointOptions(spec.backlog(), spec.receiveBuffer(), spec.sendBuffer())));
    }

    ListeningEndpoint endpoint() {
        return endpoint;
    }

    SocketAddress address() {
        return endpoint.localAddress();
    }

    long ticket() {
        return readiness.ticket();
    }

    /** The current waiting place; a later one belongs to a later start. */
    Readiness readiness() {
        return readiness;
    }

    void rouse() {
        readiness.rouse();
    }

    /**
     * Takes a connection out of the system's queue, if there is one.
     *
     * @param likely whether there should be one: to find none costs as much as ten looks, which are
     *     otherwise taken first
     */
    @Nullable
    ConnectionEndpoint accept(boolean likely) throws IOException {
        return likely || readiness.look(SelectionKey.OP_ACCEPT) ? endpoint.accept() : null;
    }

    /** Without the server's lock: it may take a while where the endpoint is somewhere else. */
    void settle() throws IOException {
        endpoint.settle();
    }

    void stop() throws IOException {
        readiness.close(endpoint::stop);
    }

    void start() throws IOException {
        endpoint.start();
        readiness = Readiness.of(endpoint);
    }

    void close() throws IOException {
        readiness.close(endpoint);
    }
}
