package org.junitsockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.BindException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsockets.port.Loopback;
import org.junitsockets.testing.Background;
import org.junitsockets.testing.Raw;

/** Dead ends and leases over UDP, UNIX and TLS; {@link DeadEndTests} has those over TCP. */
class DeadEndsOfOthersTests {

    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"UDP", "UDP6"})
    private @interface OverUdp {}

    // -- UDP -------------------------------------------------------------------------------------

    private static DatagramSocket connected(Transport transport, SocketAddress to) throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(Loopback.address(transport), 0));
        socket.connect(to);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static DatagramPacket packet() {
        return new DatagramPacket(new byte[10], 10);
    }

    @OverUdp
    void aRefusedAddressTellsWhoIsConnectedThatNobodyIsThere(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        DeadEnd refused = DeadEnd.refused(transport);
        assertThat(refused.socketAddress()).isEqualTo(refused.address());
        try (refused;
                DatagramSocket socket = connected(transport, refused.address());
                DatagramChannel channel = DatagramChannel.open()) {
            for (int i = 0; i < 3; i++) {
                socket.send(packet());
                assertThatThrownBy(() -> socket.receive(packet())).isInstanceOf(PortUnreachableException.class);
            }
            channel.bind(new InetSocketAddress(Loopback.address(transport), 0)).connect(refused.address());
            channel.write(ByteBuffer.allocate(1));
            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1))).isInstanceOf(PortUnreachableException.class);
            assertTaken(refused.address());
        }
        refused.close();
        assertFreed(() -> DeadEnd.refused(transport));
    }

    @OverUdp
    void anUnresponsiveAddressTakesWhatIsSentAndSaysNothing(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        try (DeadEnd unresponsive = DeadEnd.unresponsive(transport);
                DatagramSocket socket = connected(transport, unresponsive.address())) {
            for (int i = 0; i < 3; i++) {
                socket.send(packet());
            }
            socket.setSoTimeout(50);
            assertThatThrownBy(() -> socket.receive(packet())).isInstanceOf(SocketTimeoutException.class);
            assertTaken(unresponsive.address());
            assertThat(unresponsive).hasToString("unresponsive endpoint " + unresponsive.address());
        }
        assertFreed(() -> DeadEnd.unresponsive(transport));
    }

    @OverUdp
    void anOccupiedAddressCannotBeBound(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        try (DeadEnd occupied = DeadEnd.occupied(transport);
                DatagramSocket socket = connected(transport, occupied.address())) {
            socket.send(packet());
            socket.send(packet());
            assertTaken(occupied.address());
        }
        assertFreed(() -> DeadEnd.occupied(transport));
    }

    @OverUdp
    void aLeaseHoldsAPortOfUdpAndNoneOfTcp(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        try (PortLease lease = PortLease.open(transport)) {
            assertTaken(new InetSocketAddress(Loopback.address(transport), lease.port()));
            assertThat(lease.release()).isEqualTo(lease.port());
        }
        assertThat(IntStream.range(0, 5).filter(i -> isFreeOnceReleased(transport)))
                .as("those of five that nobody else was faster to take")
                .isNotEmpty();
        assertThat(IntStream.range(0, 5).filter(i -> isFreeForTcp(transport)))
                .as("those of five whose number is free for TCP")
                .isNotEmpty();
    }

    private static boolean isFreeOnceReleased(Transport transport) {
        try (PortLease lease = PortLease.open(transport)) {
            return isFree(new InetSocketAddress(Loopback.address(transport), lease.release()));
        }
    }

    private static boolean isFreeForTcp(Transport transport) {
        try (PortLease lease = PortLease.open(transport);
                ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress(Loopback.address(transport), lease.port()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void assertTaken(InetSocketAddress address) throws IOException {
        for (boolean reuse : new boolean[] {true, false}) {
            try (DatagramSocket other = new DatagramSocket(null)) {
                other.setReuseAddress(reuse);
                assertThatThrownBy(() -> other.bind(address))
                        .as("SO_REUSEADDR %s", reuse)
                        .isInstanceOf(BindException.class);
            }
        }
    }

    private static void assertFreed(Supplier<DeadEnd> opening) {
        int free = 0;
        for (int i = 0; i < 5; i++) {
            DeadEnd closed = opening.get();
            closed.close();
            free += isFree(closed.address()) ? 1 : 0;
        }
        assertThat(free).isPositive();
    }

    private static boolean isFree(InetSocketAddress address) {
        try (DatagramSocket other = new DatagramSocket(address)) {
            return other.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    // -- UNIX ------------------------------------------------------------------------------------

    private static Path path(DeadEnd deadEnd) {
        return ((UnixDomainSocketAddress) deadEnd.socketAddress()).getPath();
    }

    private static void assertTaken(DeadEnd deadEnd) throws IOException {
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            assertThatThrownBy(() -> other.bind(deadEnd.socketAddress())).isInstanceOf(BindException.class);
        }
    }

    @Test
    void aRefusedPathRefusesEachConnectAndCannotBeBound() throws Exception {
        Raw.assumeAvailable(Transport.UNIX);
        DeadEnd refused = DeadEnd.refused(Transport.UNIX);
        try (refused) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> SocketChannel.open(refused.socketAddress()))
                        .isInstanceOf(ConnectException.class)
                        .hasMessageContaining("refused");
                assertTaken(refused);
            }
            assertThat(path(refused)).exists();
            assertThat(refused).hasToString("refused endpoint " + path(refused));
            assertThatThrownBy(refused::address)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("address() of refused endpoint " + path(refused) + ": found UNIX at " + path(refused)
                            + " (expected: a transport with IP addresses; socketAddress() is there for each)");
        }
        refused.close();
        assertThat(path(refused)).doesNotExist();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anUnresponsivePathFailsWhoMustNotBlockAndHoldsWhoMay() throws Exception {
        Raw.assumeAvailable(Transport.UNIX);
        DeadEnd unresponsive = DeadEnd.unresponsive(Transport.UNIX);
        try (unresponsive;
                SocketChannel nonBlocking = SocketChannel.open(StandardProtocolFamily.UNIX);
                SocketChannel blocking = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            nonBlocking.configureBlocking(false);
            assertThatThrownBy(() -> nonBlocking.connect(unresponsive.socketAddress()))
                    .isInstanceOf(SocketException.class)
                    .isNotInstanceOf(ConnectException.class);
            Background<Boolean> connecting = Background.call(() -> blocking.connect(unresponsive.socketAddress()));
            Background.outlastAMillisecond();
            assertThat(connecting.isDone()).isFalse();
            assertTaken(unresponsive);
            connecting.thread().interrupt();
            assertThatThrownBy(connecting::get).isInstanceOf(ClosedChannelException.class);
        }
        assertThat(path(unresponsive)).doesNotExist();
        assertThat(unresponsive).hasToString("unresponsive endpoint " + path(unresponsive));
    }

    @Test
    void anOccupiedPathTakesConnectsAndCannotBeBound() throws Exception {
        Raw.assumeAvailable(Transport.UNIX);
        DeadEnd occupied = DeadEnd.occupied(Transport.UNIX);
        try (occupied;
                SocketChannel client = SocketChannel.open(occupied.socketAddress())) {
            assertThat(client.isConnected()).isTrue();
            assertTaken(occupied);
        }
        assertThat(path(occupied)).doesNotExist();
    }

    @Test
    void aPathIsNoPort() {
        assertThatThrownBy(() -> PortLease.open(Transport.UNIX))
                .isInstanceOf(UnsupportedTransportException.class)
                .hasMessage("holding a port: found the transport UNIX, which has none (expected: one of TCP, TCP6, UDP,"
                        + " UDP6, TLS)");
    }

    // -- TLS, and others -------------------------------------------------------------------------

    @Test
    void overTlsTheyAreThoseOfTcpAndTakeNoCertificate() throws Exception {
        try (DeadEnd refused = DeadEnd.refused(Transport.TLS);
                DeadEnd unresponsive = DeadEnd.unresponsive(Transport.TLS);
                DeadEnd occupied = DeadEnd.occupied(Transport.TLS);
                PortLease lease = PortLease.open(Transport.TLS);
                Socket client = new Socket()) {
            assertThatThrownBy(() -> Raw.connect(refused.address())).isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> client.connect(unresponsive.address(), 50))
                    .isInstanceOf(SocketTimeoutException.class);
            Raw.connect(occupied.address()).close();
            assertThat(occupied.socketAddress()).isEqualTo(occupied.address());
            assertThat(lease.port()).isPositive();
        }
    }

    @Test
    void whereNothingIsKnownTheyAreRefused() {
        assertThatThrownBy(() -> DeadEnd.occupied(Transport.CAN))
                .isInstanceOf(UnsupportedTransportException.class)
                .hasMessage(
                        "an occupied endpoint: found the transport CAN (expected: one of TCP, TCP6, UDP, UDP6, UNIX,"
                                + " TLS)");
    }
}
