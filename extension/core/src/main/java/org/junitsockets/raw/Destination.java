package org.junitsockets.raw;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Supplier;
import org.junitsockets.spec.ServerSpec;

/**
 * Where a client is to connect to, and how.
 *
 * @param label of the other side, as messages call it
 * @param connectTimeout how long the connect may take
 * @param deadline of each wait on the connection
 * @param receiveBuffer SO_RCVBUF of a channel in bytes, 0 for the system's default
 * @param sendBuffer SO_SNDBUF of a channel in bytes, 0 for the system's default
 */
public record Destination(
        InetSocketAddress address,
        Supplier<String> label,
        Duration connectTimeout,
        Duration deadline,
        int receiveBuffer,
        int sendBuffer) {

    /** A server of the library's own. */
    public static Destination of(InetSocketAddress address, ServerSpec server) {
        return new Destination(address, server::label, server.deadline(), server.deadline(), 0, 0);
    }

    @Override
    public String toString() {
        return label.get();
    }

    int connectMillis() {
        return (int) Math.max(1, connectTimeout.toMillis());
    }
}
