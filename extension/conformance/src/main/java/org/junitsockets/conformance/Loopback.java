package org.junitsockets.conformance;

import static org.junitsockets.Capability.IP_ADDRESS;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;

/** Point 11: where it listens. */
final class Loopback {

    private static final int PORTS = 4096;

    private Loopback() {}

    static void only(Trial trial) throws Exception {
        trial.needs(IP_ADDRESS);
        InetAddress address = addressOf(trial.listen());
        if (!address.isLoopbackAddress()) {
            throw new AssertionError(
                    "address() of the listener: found " + address.getHostAddress() + " (expected: a loopback address)");
        }
    }

    static void ipv6(Trial trial) throws Exception {
        trial.needs(IP_ADDRESS);
        Listener listener = trial.listen();
        InetAddress address = addressOf(listener);
        trial.skipUnless(
                address instanceof Inet6Address,
                "what is under test listens on " + address.getHostAddress() + ", which is not IPv6");
        EndPair pair = trial.pair(listener);
        expectIpv6("localAddress() of " + pair.client(), pair.client().localAddress());
        expectIpv6("remoteAddress() of " + pair.client(), pair.client().remoteAddress());
        expectIpv6("localAddress() of " + pair.server(), pair.server().localAddress());
        expectIpv6("remoteAddress() of " + pair.server(), pair.server().remoteAddress());
        Bytes.exchange(trial, pair);
    }

    private static void expectIpv6(String what, SocketAddress found) {
        if (!(found instanceof InetSocketAddress inet) || !(inet.getAddress() instanceof Inet6Address)) {
            throw new AssertionError(what + ": found " + found + " (expected: an IPv6 address, as the listener's is)");
        }
    }

    static void noPortAgain(Trial trial) throws Exception {
        trial.needs(IP_ADDRESS);
        Map<Integer, Integer> before = new HashMap<>();
        for (int i = 1; i <= PORTS; i++) {
            int port;
            try (Listener listener = trial.ask("listen()", trial.subject()::listen)) {
                port = ((InetSocketAddress) listener.address()).getPort();
            }
            Integer earlier = before.put(port, i);
            if (earlier != null) {
                throw new AssertionError("port of listener " + i + ": found " + port + ", that of listener " + earlier
                        + " (expected: none of the last " + PORTS + ")");
            }
        }
    }

    private static InetAddress addressOf(Listener listener) throws IOException {
        return ((InetSocketAddress) listener.address()).getAddress();
    }
}
