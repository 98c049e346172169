package org.junitsockets.port;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedTransportException;

/** The loopback address of each transport, as a literal: nothing is ever looked up by name. */
public final class Loopback {

    private static final InetAddress IPV4 = literal(new byte[] {127, 0, 0, 1});
    private static final InetAddress IPV6 = literal(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});

    private static final Map<Transport, Optional<String>> UNAVAILABLE = new EnumMap<>(Transport.class);

    private Loopback() {}

    public static InetAddress address(Transport transport) {
        return transport == Transport.TCP6 ? IPV6 : IPV4;
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
        return transport == Transport.TCP6 ? "::1" : "127.0.0.1";
    }

    /** A URI without a path; an IPv6 literal stands in brackets (RFC 3986, section 3.2.2). */
    public static URI uri(String scheme, InetSocketAddress address) {
        boolean ipv6 = address.getAddress() instanceof Inet6Address;
        String host = literal(ipv6 ? Transport.TCP6 : Transport.TCP);
        return URI.create(scheme + "://" + (ipv6 ? "[" + host + "]" : host) + ":" + address.getPort());
    }

    /** Why the transport cannot be used here, found by binding once. */
    public static Optional<String> unavailableBecause(Transport transport) {
        if (transport == Transport.TCP) {
            return Optional.empty(); // 127.0.0.1 is there wherever there is a network at all; a bind says if not
        }
        synchronized (UNAVAILABLE) {
            return UNAVAILABLE.computeIfAbsent(transport, Loopback::tryToBind);
        }
    }

    static void require(Transport transport) {
        Optional<String> reason = transport.unavailableBecause();
        if (reason.isPresent()) {
            throw new UnsupportedTransportException(
                    transport,
                    transport + " (" + transport.family() + ") is not available on this system: " + reason.get());
        }
    }

    private static Optional<String> tryToBind(Transport transport) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(address(transport), 0));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("binding " + address(transport).getHostAddress() + " failed: " + e.getMessage());
        }
    }

    private static InetAddress literal(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new AssertionError("an address of 4 or 16 bytes is always legal", e);
        }
    }
}
