package org.junitsockets.raw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitsockets.DeadEnd;
import org.junitsockets.Echo;
import org.junitsockets.SocketConnection;
import org.junitsockets.Transport;
import org.junitsockets.server.Server;
import org.junitsockets.spec.Declaration;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.testing.OnEachInternetTransport;
import org.junitsockets.testing.Raw;
import org.junitsockets.verdict.Outcome;
import org.junitsockets.verdict.Scope;

/** The JDK's own objects, on both sides. */
class RawTests {

    private static final Settings SETTINGS = Settings.from(name -> null);

    private static ServerSpec spec(Transport transport, Duration deadline) {
        Raw.assumeAvailable(transport);
        return new ServerSpec("db", transport, new Echo(), 1, 4096, 0, deadline, new Declaration("declared here"));
    }

    private static Stream<Arguments> onEachTransport(List<Class<?>> types, BiPredicate<Class<?>, Transport> carries) {
        return Stream.of(Transport.TCP, Transport.TCP6)
                .flatMap(transport -> types.stream()
                        .filter(type -> carries.test(type, transport))
                        .map(type -> Arguments.of(transport, type)));
    }

    static Stream<Arguments> servers() {
        return onEachTransport(RawServers.TYPES, RawServers::carries);
    }

    static Stream<Arguments> clients() {
        return onEachTransport(Clients.TYPES, Clients::carries);
    }

    private static InetSocketAddress address(RawServers.RawServer server) {
        return (InetSocketAddress) server.address();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aRawServerAcceptsAtItsAddressUntilItIsClosed(Transport transport, Class<?> type) throws Exception {
        RawServers.RawServer server = RawServers.open(type, spec(transport, Duration.ofSeconds(5)), SETTINGS);
        assertThat(server.socket()).isInstanceOf(type);
        assertThat(address(server).getAddress().isLoopbackAddress()).isTrue();
        try (Socket client = Raw.connect(address(server));
                Closeable accepted = accept(server.socket())) {
            write(accepted, "hi");
            assertThat(Raw.read(client, 2)).isEqualTo("hi");
        }
        server.close();
        server.close();
        assertThatThrownBy(() -> Raw.connect(address(server))).isInstanceOf(ConnectException.class);
        assertThat(server.toString()).contains(" at " + server.address());
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aRawServerHasTheBacklogThatWasAskedFor(Transport transport, Class<?> type) throws Exception {
        try (RawServers.RawServer server = RawServers.open(type, spec(transport, Duration.ofSeconds(5)), SETTINGS);
                Socket first = Raw.connect(address(server));
                Socket second = Raw.connect(address(server));
                Socket third = new Socket()) {
            if (type != AsynchronousServerSocketChannel.class) { // which may accept ahead
                assertThatThrownBy(() -> third.connect(server.address(), 50))
                        .isInstanceOf(SocketTimeoutException.class);
            }
            assertThat(first.isConnected() && second.isConnected()).isTrue();
        }
    }

    @OnEachInternetTransport
    void aRawServerSocketAcceptsNoLongerThanTheDeadline(Transport transport) throws Exception {
        try (RawServers.RawServer server =
                RawServers.open(ServerSocket.class, spec(transport, Duration.ofMillis(50)), SETTINGS)) {
            ServerSocket socket = (ServerSocket) server.socket();
            assertThat(socket.getSoTimeout()).isEqualTo(50);
            assertThatThrownBy(socket::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aClientIsConnectedAndClosedWithItsScope(Transport transport, Class<?> type) throws Exception {
        Scope scope = new Scope(SETTINGS, List.of());
        Server server = scope.open(spec(transport, Duration.ofSeconds(5)));
        Object client = scope.connect(type, server.address(), server.spec()).socket();
        assertThat(client).isInstanceOf(type);
        write(client, "x");
        if (client instanceof Socket socket) {
            assertThat(socket.getSoTimeout()).isEqualTo(5000);
            assertThat(Raw.read(socket, 1)).isEqualTo("x");
        } else if (client instanceof SocketChannel channel) {
            assertThat(channel.isBlocking()).isTrue();
            assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(1);
        } else if (client instanceof AsynchronousSocketChannel channel) {
            assertThat(channel.read(ByteBuffer.allocate(1)).get()).isEqualTo(1);
        } else {
            ((SocketConnection) client).expect("x");
        }
        assertThat(server.connectionCount()).isEqualTo(1);
        scope.close(Outcome.PASSED);
        if (client instanceof Socket socket) {
            assertThat(socket.isClosed()).isTrue();
        } else if (client instanceof Channel channel) {
            assertThat(channel.isOpen()).isFalse();
        } else {
            assertThatThrownBy(() -> ((SocketConnection) client).write("x"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageMatching("write of 1 bytes on client \\d+ of \\Q" + server
                            + ": already ended here by the end of its scope\\E");
        }
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aClientThatCannotConnectNamesTheServer(Transport transport, Class<?> type) {
        ServerSpec spec = spec(transport, Duration.ofSeconds(5));
        try (DeadEnd refused = DeadEnd.refused(transport)) {
            assertThatThrownBy(() -> Clients.connect(type, 1, Destination.of(refused.address(), spec), SETTINGS))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("connecting a client to server 'db' (declared here): ")
                    .hasMessageContaining("Connection refused");
        }
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aClientConnectsNoLongerThanTheDeadline(Transport transport, Class<?> type) {
        ServerSpec spec = spec(transport, Duration.ofMillis(50));
        try (DeadEnd unresponsive = DeadEnd.unresponsive(transport)) {
            assertThatThrownBy(() -> Clients.connect(type, 1, Destination.of(unresponsive.address(), spec), SETTINGS))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("connecting a client to server 'db' (declared here): ");
        }
    }

    @Test
    void clientsAreNumberedInTheirScope() {
        Scope scope = new Scope(SETTINGS, List.of());
        Server server = scope.open(spec(Transport.TCP, Duration.ofSeconds(5)));
        for (int i = 1; i <= 3; i++) {
            Clients.Connected<?> client = scope.connect(SocketConnection.class, server.address(), server.spec());
            assertThat(((SocketConnection) client.socket()).number()).isEqualTo(i);
            assertThat(client).hasToString("client client " + i + " of server 'db' (declared here)");
        }
        scope.close(Outcome.PASSED);
    }

    private static Closeable accept(Closeable server) throws Exception {
        if (server instanceof ServerSocket socket) {
            return socket.accept();
        }
        if (server instanceof ServerSocketChannel channel) {
            return channel.accept();
        }
        return ((AsynchronousServerSocketChannel) server).accept().get();
    }

    private static void write(Object client, String text) throws Exception {
        byte[] bytes = text.getBytes(UTF_8);
        if (client instanceof Socket socket) {
            socket.getOutputStream().write(bytes);
        } else if (client instanceof SocketChannel channel) {
            channel.write(ByteBuffer.wrap(bytes));
        } else if (client instanceof AsynchronousSocketChannel channel) {
            channel.write(ByteBuffer.wrap(bytes)).get();
        } else if (client instanceof SocketConnection connection) {
            connection.write(bytes);
        } else {
            throw new IOException("not a client: " + client);
        }
    }
}
