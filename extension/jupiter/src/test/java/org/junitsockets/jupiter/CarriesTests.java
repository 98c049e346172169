package org.junitsockets.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsockets.PortLease;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketPair;
import org.junitsockets.SocketServer;
import org.junitsockets.Tls;
import org.junitsockets.Transport;

/** Which type there is over which transport: all types, all transports. */
class CarriesTests {

    private static final Set<Transport> ALL = EnumSet.allOf(Transport.class);
    private static final Set<Transport> IP_STREAMS = EnumSet.of(Transport.TCP, Transport.TCP6, Transport.TLS);
    private static final Set<Transport> TCP = EnumSet.of(Transport.TCP, Transport.TCP6);
    private static final Set<Transport> CHANNELS = EnumSet.of(Transport.TCP, Transport.TCP6, Transport.UNIX);
    private static final Set<Transport> UDP = EnumSet.of(Transport.UDP, Transport.UDP6);
    private static final Set<Transport> CONNECTIONS = EnumSet.of(
            Transport.TCP,
            Transport.TCP6,
            Transport.UNIX,
            Transport.TLS,
            Transport.UNIX_SEQPACKET,
            Transport.VSOCK,
            Transport.VSOCK_SEQPACKET);
    private static final Set<Transport> OVER_TLS = EnumSet.of(Transport.TLS);
    private static final Set<Transport> IP =
            EnumSet.of(Transport.TCP, Transport.TCP6, Transport.UDP, Transport.UDP6, Transport.TLS);
    private static final Set<Transport> UNIX =
            EnumSet.of(Transport.UNIX, Transport.UNIX_DATAGRAM, Transport.UNIX_SEQPACKET);

    private static final Map<Class<?>, Set<Transport>> THERE = there();

    private static Map<Class<?>, Set<Transport>> there() {
        Map<Class<?>, Set<Transport>> there = new LinkedHashMap<>();
        put(there, ALL, SocketServer.class, SocketConnection.class, SocketClients.class);
        put(there, CONNECTIONS, SocketPair.class);
        put(there, ALL, SocketAddress.class);
        put(there, IP_STREAMS, Socket.class, ServerSocket.class);
        put(there, CHANNELS, SocketChannel.class, ServerSocketChannel.class);
        put(there, TCP, AsynchronousSocketChannel.class, AsynchronousServerSocketChannel.class);
        put(there, UDP, DatagramSocket.class, DatagramChannel.class);
        put(there, OVER_TLS, SSLSocket.class, SSLServerSocket.class);
        put(there, OVER_TLS, SSLContext.class, X509Certificate.class, Path.class, Tls.class);
        put(there, IP, InetSocketAddress.class, URI.class, int.class, Integer.class, PortLease.class);
        put(there, UNIX, UnixDomainSocketAddress.class);
        return there;
    }

    private static void put(Map<Class<?>, Set<Transport>> there, Set<Transport> over, Class<?>... types) {
        Stream.of(types).forEach(type -> there.put(type, over));
    }

    @ParameterizedTest
    @EnumSource
    void eachTypeOverEachTransport(Transport transport) {
        assertThat(THERE)
                .allSatisfy((type, over) -> assertThat(Carries.refusal(type, transport, false))
                        .as("%s over %s", type, transport)
                        .matches(refusal -> refusal.isEmpty() == over.contains(transport)));
    }

    /** Every type that a test can ask for has its line here. */
    @Test
    void noTypeIsForgotten() {
        assertThat(THERE.keySet())
                .containsAll(Request.ANYTHING)
                .containsAll(Request.BARE)
                .containsAll(Request.LEASES);
    }

    @ParameterizedTest
    @EnumSource
    void withTlsOnTop(Transport transport) {
        Set<Class<?>> lost = Set.of(
                SocketChannel.class,
                ServerSocketChannel.class,
                AsynchronousSocketChannel.class,
                AsynchronousServerSocketChannel.class);
        Set<Class<?>> won = Set.of(SSLContext.class, X509Certificate.class, Path.class, Tls.class);
        Set<Class<?>> wonOverTcp = Set.of(SSLSocket.class, SSLServerSocket.class);
        assertThat(THERE.keySet())
                .allSatisfy(type -> assertThat(Carries.carries(type, transport, true))
                        .as("%s over %s with TLS", type, transport)
                        .isEqualTo(won.contains(type)
                                || (wonOverTcp.contains(type) && IP_STREAMS.contains(transport))
                                || (!lost.contains(type) && Carries.carries(type, transport, false))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Socket                          | UNIX | SocketChannel, SocketConnection",
                "ServerSocket                    | UNIX | ServerSocketChannel, SocketServer",
                "AsynchronousSocketChannel       | UNIX | SocketChannel, SocketConnection",
                "AsynchronousServerSocketChannel | UNIX | ServerSocketChannel, SocketServer",
                "InetSocketAddress               | UNIX | UnixDomainSocketAddress, SocketAddress",
                "int                             | UNIX | UnixDomainSocketAddress, SocketAddress",
                "URI                             | UNIX | UnixDomainSocketAddress, SocketAddress",
                "InetSocketAddress               | CAN  | SocketAddress",
                "PortLease                       | UNIX | one of TCP, TCP6, UDP, UDP6, TLS",
                "UnixDomainSocketAddress         | TCP  | InetSocketAddress, SocketAddress",
                "Socket                          | UDP  | DatagramSocket, DatagramChannel, SocketConnection",
                "SocketChannel                   | UDP6 | DatagramSocket, DatagramChannel, SocketConnection",
                "ServerSocket                    | UDP  | DatagramSocket, DatagramChannel, SocketServer",
                "DatagramSocket                  | TCP  | Socket, SocketChannel, AsynchronousSocketChannel,"
                        + " SocketConnection, ServerSocket, ServerSocketChannel, AsynchronousServerSocketChannel,"
                        + " SocketServer",
                "DatagramChannel                 | UNIX | SocketChannel, SocketConnection, ServerSocketChannel,"
                        + " SocketServer",
                "DatagramChannel                 | UNIX_DATAGRAM | SocketConnection, SocketServer",
                "SocketChannel                   | TLS  | Socket, SSLSocket, SocketConnection",
                "ServerSocketChannel             | TLS  | ServerSocket, SSLServerSocket, SocketServer",
                "SSLSocket                       | TCP  | Socket, SocketChannel, AsynchronousSocketChannel,"
                        + " SocketConnection",
                "SocketPair                      | UDP  | one of TCP, TCP6, UNIX, TLS, UNIX_SEQPACKET, VSOCK,"
                        + " VSOCK_SEQPACKET",
                "SSLContext                      | TCP  | the transport TLS, or @WithTls",
                "Path                            | UNIX | the transport TLS, or @WithTls",
                "Socket                          | CAN  | SocketConnection"
            })
    void whatIsExpectedInstead(String type, Transport transport, String expected) {
        assertThat(Carries.refusal(named(type), transport, false))
                .get()
                .asString()
                .startsWith("found the transport " + transport + ", over which there is no ")
                .endsWith(" (expected: " + expected + ")");
    }

    @Test
    void inWords() {
        assertThat(Carries.refusal(int.class, Transport.RDS, false))
                .contains("found the transport RDS, over which there is no port (expected: SocketAddress)");
        assertThat(Carries.refusal(SocketChannel.class, Transport.TCP, true))
                .contains("found the transport TCP with TLS, over which there is no SocketChannel (expected: Socket,"
                        + " SSLSocket, SocketConnection)");
        assertThat(Carries.refusal(SocketChannel.class, Transport.TLS, true))
                .contains("found the transport TLS, over which there is no SocketChannel (expected: Socket, SSLSocket,"
                        + " SocketConnection)");
    }

    private static Class<?> named(String name) {
        List<Class<?>> found = THERE.keySet().stream()
                .filter(type -> type.getSimpleName().equals(name))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
