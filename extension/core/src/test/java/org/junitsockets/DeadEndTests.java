package org.junitsockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junitsockets.port.Loopback;
import org.junitsockets.testing.OnEachInternetTransport;
import org.junitsockets.testing.Raw;

class DeadEndTests {

    @OnEachInternetTransport
    void aRefusedAddressRefusesEachConnectAndCannotBeBound(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        DeadEnd refused = DeadEnd.refused(transport);
        try (refused) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> Raw.connect(refused.address()))
                        .isInstanceOf(ConnectException.class)
                        .hasMessageContaining("refused");
                assertTaken(refused.address());
            }
        }
        refused.close();
        assertFreed(() -> DeadEnd.refused(transport));
    }

    @OnEachInternetTransport
    void anUnresponsiveAddressLetsNoConnectComplete(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        DeadEnd unresponsive = DeadEnd.unresponsive(transport);
        try (unresponsive) {
            for (int i = 0; i < 3; i++) {
                try (Socket client = new Socket()) {
                    assertThatThrownBy(() -> client.connect(unresponsive.address(), 50))
                            .isInstanceOf(SocketTimeoutException.class);
                }
            }
            assertTaken(unresponsive.address());
            assertThat(unresponsive).hasToString("unresponsive endpoint " + unresponsive.address());
        }
        assertFreed(() -> DeadEnd.unresponsive(transport));
    }

    @OnEachInternetTransport
    void anOccupiedAddressCannotBeBound(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        DeadEnd occupied = DeadEnd.occupied(transport);
        try (occupied) {
            assertTaken(occupied.address());
            try (Socket client = Raw.connect(occupied.address())) {
                assertThat(client.isConnected()).isTrue();
            }
            assertTaken(occupied.address());
        }
        assertFreed(() -> DeadEnd.occupied(transport));
    }

    @OnEachInternetTransport
    void aLeasedPortIsHeldUntilItIsReleased(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        try (PortLease lease = PortLease.open(transport)) {
            InetSocketAddress address = new InetSocketAddress(Loopback.address(transport), lease.port());
            assertTaken(address);
            assertThat(lease).hasToString("held port " + lease.port());
            assertThat(lease.release()).isEqualTo(lease.port());
            assertThat(lease.release()).isEqualTo(lease.port());
        }
        assertThat(IntStream.range(0, 5).filter(i -> isFreeOnceReleased(transport)))
                .as("those of five that nobody else was faster to take")
                .isNotEmpty();
    }

    private static boolean isFreeOnceReleased(Transport transport) {
        try (PortLease lease = PortLease.open(transport)) {
            return isFree(new InetSocketAddress(Loopback.address(transport), lease.release()));
        }
    }

    @Test
    void aStartOnALeasedPortIsTriedAgainWhereSomebodyWasFaster() throws Exception {
        Set<Integer> tried = new HashSet<>();
        try (ServerSocket started = PortLease.start(port -> {
            tried.add(port);
            switch (tried.size()) {
                case 1 -> throw new BindException("Address already in use");
                case 2 -> throw new IllegalStateException("wrapped", new IOException(new BindException("again")));
                default -> {
                    ServerSocket socket = new ServerSocket();
                    socket.bind(new InetSocketAddress(Loopback.address(Transport.TCP), port));
                    return socket;
                }
            }
        })) {
            assertThat(tried).hasSize(3).contains(started.getLocalPort());
        }
    }

    @Test
    void aStartIsGivenUpAfterTenTimesAndAtOnceForAnotherReason() {
        Set<Integer> tried = new HashSet<>();
        assertThatThrownBy(() -> PortLease.start(port -> {
                    tried.add(port);
                    throw new BindException("number " + tried.size());
                }))
                .isInstanceOf(BindException.class)
                .hasMessage("number 10");
        tried.clear();
        assertThatThrownBy(() -> PortLease.start(port -> {
                    tried.add(port);
                    throw new IOException("no licence");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("no licence");
        assertThat(tried).hasSize(1);
    }

    private static void assertTaken(InetSocketAddress address) throws IOException {
        for (boolean reuse : new boolean[] {true, false}) {
            try (ServerSocket other = new ServerSocket()) {
                other.setReuseAddress(reuse);
                assertThatThrownBy(() -> other.bind(address))
                        .as("SO_REUSEADDR %s", reuse)
                        .isInstanceOf(BindException.class);
            }
        }
    }

    /** A port that is free again may be anybody's at once, but hardly each of five. */
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
        try (ServerSocket other = new ServerSocket()) {
            other.bind(address);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
