package org.junitsockets.port;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import org.junitsockets.Transport;

/** The loopback address of each transport, and others as literals: nothing is ever looked up by name. */
public final class Loopback {

    private static final InetAddress IPV4 = literal(new byte[] {127, 0, 0, 1});
    private static final InetAddress IPV6 = literal(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});

    /** RFC 863, as a route has no port but a connect does. */
    private static final int ANY_PORT = 9;

    private Loopback() {}

    public static InetAddress address(Transport transport) {
        return isIpv6(transport) ? IPV6 : IPV4;
    }

    public static boolean isIpv6(Transport transport) {
        return transport.family().equals("AF_INET6");
    }

    /** Whether it is the loopback address of a transport, and not another one that leads there too. */
    public static boolean isLiteral(InetAddress address) {
        return IPV4.equals(address) || IPV6.equals(address);
    }

    /**
     * Whom a client has to be bound to that is to reach this address: the loopback address for one that is
     * loopback, so that nobody else reaches the client; else the one that the system routes it from.
     *
     * @throws IOException if no route leads there
     */
    public static InetAddress source(Transport transport, InetAddress to) throws IOException {
        if (to.isLoopbackAddress()) {
            return address(transport);
        }
        try (DatagramChannel route = DatagramChannel.open(family(to))) { // a connect, by which nothing is sent
            route.connect(new InetSocketAddress(to, ANY_PORT));
            return ((InetSocketAddress) route.getLocalAddress()).getAddress();
        }
    }

    /** What the JDK calls the family of the address; a socket that is not told would be of both. */
    public static ProtocolFamily family(InetAddress address) {
        return address instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }

    /** The address as it is written: {@code 127.0.0.1} or {@code ::1}. */
    public static String literal(Transport transport) {
        return isIpv6(transport) ? "::1" : "127.0.0.1";
    }

    /** An address in messages, such as {@code 127.0.0.1 port 40001}. */
    public static String describe(SocketAddress address) {
        return address instanceof InetSocketAddress internet && !internet.isUnresolved()
                ? literal(internet.getAddress()) + " port " + internet.getPort()
                : address.toString();
    }

    /** An address as it is written, an IPv6 loopback address in short. */
    public static String literal(InetAddress address) {
        return IPV6.equals(address) ? "::1" : address.getHostAddress();
    }

    /** A URI without a path; an IPv6 literal stands in brackets (RFC 3986, section 3.2.2). */
    public static URI uri(String scheme, InetSocketAddress address) {
        boolean ipv6 = address.getAddress() instanceof Inet6Address;
        String host = literal(address.getAddress());
        return URI.create(scheme + "://" + (ipv6 ? "[" + host + "]" : host) + ":" + address.getPort());
    }

    private static InetAddress literal(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new AssertionError("an address of 4 or 16 bytes is always legal", e);
        }
    }
}
