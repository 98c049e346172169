package org.junitsockets.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedTransportException;
import org.junitsockets.testing.OnEachInternetTransport;
import org.junitsockets.testing.Raw;

/** Alone, because it counts what is opened in this JVM. */
@Isolated
class PortsTests {

    private static ServerSocket bind(InetSocketAddress address) throws java.io.IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(address);
            return socket;
        } catch (java.io.IOException e) {
            socket.close();
            throw e;
        }
    }

    @OnEachInternetTransport
    void aPortIsNotHandedOutAgainWithinTheNext4096(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        Map<Integer, Integer> last = new HashMap<>();
        for (int i = 0; i < 5000; i++) {
            try (ServerSocket socket = Ports.open(transport, PortsTests::bind)) {
                Integer before = last.put(socket.getLocalPort(), i);
                assertThat(before == null || i - before > 4096)
                        .as("port %d: number %d and again number %d", socket.getLocalPort(), before, i)
                        .isTrue();
            }
        }
    }

    /** Clients that closed lately keep ports too: the fewer can be bound, the sooner the same would come again. */
    @Test
    void thatHoldsHoweverManyCannotBeBound() throws Exception {
        Map<Integer, Integer> last = new HashMap<>();
        for (int i = 0; i < 9000; i++) {
            int[] opened = new int[1];
            Ports.<Closeable>open(Transport.TCP, address -> {
                if (address.getPort() % 4 != 1) {
                    throw new BindException("taken");
                }
                opened[0] = address.getPort();
                return () -> {};
            });
            Integer before = last.put(opened[0], i);
            assertThat(before == null || i - before > 4096)
                    .as("port %d: number %d and again number %d", opened[0], before, i)
                    .isTrue();
        }
    }

    @OnEachInternetTransport
    void aPortThatSomebodyHoldsIsSkipped(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        List<ServerSocket> others = new ArrayList<>();
        try (ServerSocket socket = Ports.open(transport, address -> {
            if (others.size() < 3) {
                others.add(bind(address));
            }
            return bind(address);
        })) {
            assertThat(others)
                    .hasSize(3)
                    .extracting(ServerSocket::getLocalPort)
                    .doesNotHaveDuplicates()
                    .doesNotContain(socket.getLocalPort());
        } finally {
            for (ServerSocket other : others) {
                other.close();
            }
        }
    }

    @OnEachInternetTransport
    void addressesAreOfTheLoopbackAndWithinTheEphemeralRange(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        int[] range = Ports.range(Path.of("/proc/sys/net/ipv4/ip_local_port_range"));
        for (int i = 0; i < 100; i++) {
            try (ServerSocket socket = Ports.open(transport, PortsTests::bind)) {
                assertThat(socket.getInetAddress().isLoopbackAddress()).isTrue();
                assertThat(socket.getInetAddress()).isEqualTo(Loopback.address(transport));
                assertThat(socket.getLocalPort()).isBetween(range[0], range[1]);
            }
        }
    }

    @Test
    void itGivesUpOnceEachPortWasTried() {
        assertThatThrownBy(() -> Ports.<Closeable>open(Transport.TCP, address -> {
                    throw new BindException("taken");
                }))
                .isInstanceOf(BindException.class)
                .hasMessageMatching("none of the \\d+ ports from \\d+ to \\d+ can be bound: taken");
    }

    @Test
    void anyOtherFailureEndsItAtOnce() {
        List<Integer> tried = new ArrayList<>();
        assertThatThrownBy(() -> Ports.<Closeable>open(Transport.TCP, address -> {
                    tried.add(address.getPort());
                    throw new java.net.SocketException("Too many open files");
                }))
                .hasMessage("Too many open files");
        assertThat(tried).hasSize(1);
    }

    @Test
    void theRangeIsTheSystemsUnlessItIsTooNarrowOrCannotBeRead(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("range");
        Files.writeString(file, "32768\t60999\n");
        assertThat(Ports.range(file)).containsExactly(32_768, 60_999);
        Files.writeString(file, "50000\t50100\n");
        assertThat(Ports.range(file)).containsExactly(49_152, 65_535);
        Files.writeString(file, "anything");
        assertThat(Ports.range(file)).containsExactly(49_152, 65_535);
        assertThat(Ports.range(directory.resolve("none"))).containsExactly(49_152, 65_535);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theSystemsRangeIsReadInOnePiece() throws Exception {
        Path file = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
        String[] bounds = Files.readAllLines(file).get(0).trim().split("\\s+", -1);
        assumeTrue(Integer.parseInt(bounds[1]) - Integer.parseInt(bounds[0]) >= 8_192, "a range narrowed by hand");
        assertThat(Ports.range(file)).containsExactly(Integer.parseInt(bounds[0]), Integer.parseInt(bounds[1]));
    }

    @Test
    void aTransportThatTheSystemLacksIsNamedWithTheReason() {
        assertThat(Transport.TCP.unavailableBecause()).isEmpty();
        Transport.TCP6.unavailableBecause().ifPresent(reason -> {
            assertThat(reason).startsWith("binding 0:0:0:0:0:0:0:1 failed: ");
            assertThatThrownBy(() -> Ports.open(Transport.TCP6, PortsTests::bind))
                    .isInstanceOf(UnsupportedTransportException.class)
                    .hasMessage("TCP6 (AF_INET6) is not available on this system: " + reason);
        });
        assertThat(Transport.TCP.family()).isEqualTo("AF_INET");
        assertThat(Transport.TCP6.family()).isEqualTo("AF_INET6");
        assertThat(Transport.TCP.type()).isEqualTo(Transport.TCP6.type()).isEqualTo("SOCK_STREAM");
    }
}
