package org.junitsockets.jupiter;

import static org.junitsockets.Capability.CONNECTIONS;
import static org.junitsockets.Capability.IP_ADDRESS;
import static org.junitsockets.Capability.MESSAGES;
import static org.junitsockets.Capability.STREAM;
import static org.junitsockets.Capability.TLS;

import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junitsockets.Capability;
import org.junitsockets.PortLease;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketPair;
import org.junitsockets.SocketServer;
import org.junitsockets.Tls;
import org.junitsockets.Transport;

/** Which injectable types there are over which transport. What is not in the table is there over all. */
final class Carries {

    private static final Set<String> FAMILIES_OF_CHANNELS = Set.of("AF_INET", "AF_INET6", "AF_UNIX");
    private static final Set<String> UNIX = Set.of("AF_UNIX");
    private static final Set<String> ANY = Set.of();

    /** Those that can stand in for each other, which of them to propose first at the front. */
    private static final List<List<Class<?>>> ROLES = List.of(
            List.of(
                    Socket.class,
                    SSLSocket.class,
                    SocketChannel.class,
                    AsynchronousSocketChannel.class,
                    DatagramSocket.class,
                    DatagramChannel.class,
                    SocketConnection.class),
            List.of(
                    ServerSocket.class,
                    SSLServerSocket.class,
                    ServerSocketChannel.class,
                    AsynchronousServerSocketChannel.class,
                    DatagramSocket.class,
                    DatagramChannel.class,
                    SocketServer.class),
            List.of(InetSocketAddress.class, UnixDomainSocketAddress.class, SocketAddress.class));

    private static final List<Rule> RULES = List.of(
            new Rule(Set.of(Socket.class, ServerSocket.class), EnumSet.of(STREAM, IP_ADDRESS), none(), ANY),
            new Rule(
                    Set.of(SocketChannel.class, ServerSocketChannel.class),
                    EnumSet.of(STREAM),
                    EnumSet.of(TLS),
                    FAMILIES_OF_CHANNELS),
            new Rule(
                    Set.of(AsynchronousSocketChannel.class, AsynchronousServerSocketChannel.class),
                    EnumSet.of(STREAM, IP_ADDRESS),
                    EnumSet.of(TLS),
                    ANY),
            new Rule(Set.of(SSLSocket.class, SSLServerSocket.class), EnumSet.of(STREAM, IP_ADDRESS, TLS), none(), ANY),
            new Rule(
                    Set.of(DatagramSocket.class, DatagramChannel.class), EnumSet.of(MESSAGES, IP_ADDRESS), none(), ANY),
            new Rule(
                    Set.of(InetSocketAddress.class, URI.class, int.class, Integer.class, PortLease.class),
                    EnumSet.of(IP_ADDRESS),
                    none(),
                    ANY),
            new Rule(Set.of(SocketPair.class), EnumSet.of(CONNECTIONS), none(), ANY),
            new Rule(Set.of(UnixDomainSocketAddress.class), none(), none(), UNIX),
            new Rule(
                    Set.of(SSLContext.class, X509Certificate.class, Path.class, Tls.class),
                    EnumSet.of(TLS),
                    none(),
                    ANY));

    /**
     * A line of the table.
     *
     * @param needed what the transport has to have
     * @param lacking what it must not have
     * @param families one of which it has to be of, none for any
     */
    private record Rule(Set<Class<?>> types, Set<Capability> needed, Set<Capability> lacking, Set<String> families) {

        boolean admits(Transport transport, Set<Capability> capabilities) {
            return capabilities.containsAll(needed)
                    && lacking.stream().noneMatch(capabilities::contains)
                    && (families.isEmpty() || families.contains(transport.family()));
        }
    }

    private Carries() {}

    /**
     * Why there is no such type over the transport.
     *
     * @param tls whether there is TLS on top
     * @return what was found and what was expected, or empty where there is one
     */
    static Optional<String> refusal(Class<?> type, Transport transport, boolean tls) {
        if (carries(type, transport, tls)) {
            return Optional.empty();
        }
        boolean added = tls && !transport.has(TLS);
        return Optional.of("found the transport " + transport + (added ? " with TLS" : "") + ", over which there is no "
                + words(type) + " (expected: " + expected(type, transport, tls) + ")");
    }

    static boolean carries(Class<?> type, Transport transport, boolean tls) {
        Set<Capability> capabilities = EnumSet.copyOf(transport.capabilities());
        if (tls) {
            capabilities.add(TLS);
        }
        return RULES.stream()
                .filter(rule -> rule.types().contains(type))
                .allMatch(rule -> rule.admits(transport, capabilities));
    }

    private static String expected(Class<?> type, Transport transport, boolean tls) {
        String others = ROLES.stream()
                .filter(role -> role.contains(roleOf(type)))
                .flatMap(role -> others(role, transport, tls))
                .distinct()
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            return others;
        }
        String transports = Arrays.stream(Transport.values())
                .filter(other -> carries(type, other, false))
                .map(Transport::name)
                .collect(Collectors.joining(", "));
        return transports.equals(TLS.name()) ? "the transport TLS, or @WithTls" : "one of " + transports;
    }

    private static Stream<String> others(List<Class<?>> role, Transport transport, boolean tls) {
        return role.stream().filter(other -> carries(other, transport, tls)).map(Words::simpleName);
    }

    /** A port and a URI are made of an address. */
    private static Class<?> roleOf(Class<?> type) {
        return type == int.class || type == Integer.class || type == URI.class ? InetSocketAddress.class : type;
    }

    private static String words(Class<?> type) {
        return type == int.class || type == Integer.class || type == PortLease.class ? "port" : Words.simpleName(type);
    }

    private static Set<Capability> none() {
        return EnumSet.noneOf(Capability.class);
    }
}
