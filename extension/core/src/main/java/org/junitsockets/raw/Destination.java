package org.junitsockets.raw;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Capability;
import org.junitsockets.Tls;
import org.junitsockets.Transport;
import org.junitsockets.spec.Choice;
import org.junitsockets.spec.ServerSpec;

/**
 * Where a client is to connect to, and how.
 *
 * @param choice of what it goes over
 * @param tls what it trusts, {@code null} for no TLS; over {@link Transport#TLS} never
 * @param label of the other side, as messages call it
 * @param connectTimeout how long the connect may take
 * @param deadline of each wait on the connection
 * @param receiveBuffer SO_RCVBUF of a channel in bytes, 0 for the system's default
 * @param sendBuffer SO_SNDBUF of a channel in bytes, 0 for the system's default
 */
public record Destination(
        SocketAddress address,
        Choice choice,
        @Nullable Tls tls,
        Supplier<String> label,
        Duration connectTimeout,
        Duration deadline,
        int receiveBuffer,
        int sendBuffer) {

    public Destination {
        if (tls == null && choice.transport().has(Capability.TLS)) {
            tls = Tls.builder().create();
        }
    }

    /** A server of the library's own. */
    public static Destination of(SocketAddress address, ServerSpec server) {
        return new Destination(
                address, server.choice(), server.tls(), server::label, server.deadline(), server.deadline(), 0, 0);
    }

    Transport transport() {
        return choice.transport();
    }

    /** The address, of one of the JDK's sockets that take no other. */
    InetSocketAddress internet() {
        return (InetSocketAddress) address;
    }

    /** For whom the server's certificate has to be. */
    String host() {
        return address instanceof InetSocketAddress internet
                ? internet.getAddress().getHostAddress()
                : "localhost";
    }

    @Override
    public String toString() {
        return label.get();
    }

    int connectMillis() {
        return (int) Math.max(1, connectTimeout.toMillis());
    }
}
