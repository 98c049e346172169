package org.junitsockets.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.Transport;
import org.junitsockets.port.Loopback;
import org.junitsockets.spec.Choice;
import org.junitsockets.spec.Declaration;
import org.junitsockets.spec.IncapableTransportException;
import org.junitsockets.spec.ServerSpec;

/** Which of the JDK's types there are over which transports, and what is said where there are none. */
class CarriesTests {

    private static ServerSpec spec(Choice choice) {
        return new ServerSpec(
                "db", choice, null, 1, 0, 0, Duration.ofSeconds(5), null, new Declaration("declared here"));
    }

    private static List<String> names(
            List<Class<?>> types, BiPredicate<Class<?>, Transport> carries, Transport transport) {
        return types.stream()
                .filter(type -> carries.test(type, transport))
                .map(Class::getSimpleName)
                .toList();
    }

    private static List<String> servers(Transport transport) {
        return names(RawServers.TYPES, RawServers::carries, transport);
    }

    private static List<String> clients(Transport transport) {
        return names(Clients.TYPES, Clients::carries, transport);
    }

    @Test
    void serversAreOfTheTypesThatTheJdkHas() {
        assertThat(RawServers.TYPES)
                .containsExactly(
                        ServerSocket.class,
                        SSLServerSocket.class,
                        ServerSocketChannel.class,
                        AsynchronousServerSocketChannel.class,
                        DatagramSocket.class,
                        DatagramChannel.class);
        assertThat(servers(Transport.TCP))
                .isEqualTo(servers(Transport.TCP6))
                .containsExactly("ServerSocket", "ServerSocketChannel", "AsynchronousServerSocketChannel");
        assertThat(servers(Transport.TLS)).containsExactly("ServerSocket", "SSLServerSocket");
        assertThat(servers(Transport.UNIX)).containsExactly("ServerSocketChannel");
        assertThat(servers(Transport.UDP))
                .isEqualTo(servers(Transport.UDP6))
                .containsExactly("DatagramSocket", "DatagramChannel");
        assertThat(servers(Transport.CAN)).isEmpty();
    }

    @Test
    void clientsAreOfTheTypesThatTheJdkHasAndOneOfOurs() {
        assertThat(Clients.TYPES)
                .containsExactly(
                        Socket.class,
                        SSLSocket.class,
                        SocketChannel.class,
                        AsynchronousSocketChannel.class,
                        DatagramSocket.class,
                        DatagramChannel.class,
                        SocketConnection.class);
        assertThat(clients(Transport.TCP))
                .isEqualTo(clients(Transport.TCP6))
                .containsExactly("Socket", "SocketChannel", "AsynchronousSocketChannel", "SocketConnection");
        assertThat(clients(Transport.TLS)).containsExactly("Socket", "SSLSocket", "SocketConnection");
        assertThat(clients(Transport.UNIX)).containsExactly("SocketChannel", "SocketConnection");
        assertThat(clients(Transport.UDP))
                .isEqualTo(clients(Transport.UDP6))
                .containsExactly("DatagramSocket", "DatagramChannel", "SocketConnection");
        assertThat(Arrays.stream(Transport.values()).filter(any -> !Clients.carries(SocketConnection.class, any)))
                .isEmpty();
    }

    @Test
    void aTypeThatIsNoneOfTheseIsNotCarried() {
        assertThat(Clients.carries(String.class, Transport.TCP)).isFalse();
        assertThat(RawServers.carries(Socket.class, Transport.TCP)).isFalse();
    }

    @Test
    void aServerThatTheJdkDoesNotHaveIsRefused() {
        assertThatThrownBy(() ->
                        RawServers.open(ServerSocket.class, spec(Choice.stated(Transport.UNIX)), RawPair.RECORDED))
                .isInstanceOf(UnsupportedOperationException.class)
                .isNotInstanceOf(IncapableTransportException.class)
                .hasMessage("ServerSocket of server 'db' (declared here): found the transport UNIX, over which the JDK"
                        + " has no ServerSocket (expected: one of TCP, TCP6, TLS; or over UNIX one of SocketServer,"
                        + " ServerSocketChannel)");
        assertThatThrownBy(() -> RawServers.open(
                        DatagramChannel.class, spec(Choice.byDefault(Transport.VSOCK)), RawPair.RECORDED))
                .isInstanceOf(IncapableTransportException.class)
                .hasMessage("DatagramChannel of server 'db' (declared here): found the transport VSOCK, over which the"
                        + " JDK has no DatagramChannel (expected: one of UDP, UDP6; or over VSOCK one of"
                        + " SocketServer)");
    }

    @Test
    void aClientThatTheJdkDoesNotHaveIsRefused() {
        Destination stated = Destination.of(
                new InetSocketAddress(Loopback.address(Transport.TCP), 1), spec(Choice.stated(Transport.UDP)));
        assertThatThrownBy(() -> Clients.connect(SocketChannel.class, 1, stated, RawPair.RECORDED))
                .isInstanceOf(UnsupportedOperationException.class)
                .isNotInstanceOf(IncapableTransportException.class)
                .hasMessage("SocketChannel as a client of server 'db' (declared here): found the transport UDP, over"
                        + " which the JDK has no SocketChannel (expected: one of TCP, TCP6, UNIX; or over UDP one of"
                        + " DatagramSocket, DatagramChannel, SocketConnection)");
        Destination byDefault = Destination.of(
                new InetSocketAddress(Loopback.address(Transport.TCP), 1), spec(Choice.byDefault(Transport.UNIX)));
        assertThatThrownBy(() -> Clients.connect(Socket.class, 1, byDefault, RawPair.RECORDED))
                .isInstanceOf(IncapableTransportException.class)
                .hasMessageContaining("found the transport UNIX, over which the JDK has no Socket");
    }
}
