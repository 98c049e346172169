package org.junitsockets.port;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnknownHostException;
import org.junitsockets.Transport;

/** The loopback address of each transport, as a literal: nothing is ever looked up by name. */
public final class Loopback {

    private static final InetAddress IPV4 = literal(new byte[] {127, 0, 0, 1});
    private static final InetAddress IPV6 = literal(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});

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

    private static String literal(InetAddress address) {
        return IPV6.equals(address) ? "::1" : address.getHostAddress();
    }

    /** A URI without a path; an IPv6 literal stands in brackets (RFC 3986, section 3.2.2). */
    public static URI uri(String scheme, InetSocketAddress address) {
        boolean ipv6 = address.getAddress() instanceof Inet6Address;
        String host = literal(ipv6 ? Transport.TCP6 : Transport.TCP);
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
