package org.junitsockets.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junitsockets.Capability.CONDITIONAL_RESET;
import static org.junitsockets.Capability.CONNECTIONS;
import static org.junitsockets.Capability.HALF_CLOSE;
import static org.junitsockets.Capability.IP_ADDRESS;
import static org.junitsockets.Capability.MESSAGES;
import static org.junitsockets.Capability.RESET;
import static org.junitsockets.Capability.STREAM;
import static org.junitsockets.Capability.TLS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitsockets.Capability;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketPair;
import org.junitsockets.SocketServer;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedTransportException;
import org.junitsockets.port.Loopback;

/** What each transport is, and who supplies it here. */
class TransportsTests {

    /** Of those that the tests themselves supply in memory neither is asked: UNIX_SEQPACKET and VSOCK. */
    private static final String NATIVE =
            "nothing on the class path supplies it (org.junitsockets:junit-sockets-native" + " does)";

    private static Arguments row(Transport transport, String family, String type, String protocol, Capability... all) {
        return Arguments.of(transport, family, type, protocol, Set.of(all));
    }

    static Stream<Arguments> all() {
        return Stream.of(
                row(
                        Transport.TCP,
                        "AF_INET",
                        "SOCK_STREAM",
                        "IPPROTO_TCP",
                        STREAM,
                        CONNECTIONS,
                        HALF_CLOSE,
                        RESET,
                        IP_ADDRESS),
                row(
                        Transport.TCP6,
                        "AF_INET6",
                        "SOCK_STREAM",
                        "IPPROTO_TCP",
                        STREAM,
                        CONNECTIONS,
                        HALF_CLOSE,
                        RESET,
                        IP_ADDRESS),
                row(Transport.UDP, "AF_INET", "SOCK_DGRAM", "IPPROTO_UDP", MESSAGES, IP_ADDRESS),
                row(Transport.UDP6, "AF_INET6", "SOCK_DGRAM", "IPPROTO_UDP", MESSAGES, IP_ADDRESS),
                row(Transport.UNIX, "AF_UNIX", "SOCK_STREAM", "0", STREAM, CONNECTIONS, HALF_CLOSE, CONDITIONAL_RESET),
                row(
                        Transport.TLS,
                        "AF_INET",
                        "SOCK_STREAM",
                        "IPPROTO_TCP",
                        STREAM,
                        CONNECTIONS,
                        HALF_CLOSE,
                        RESET,
                        IP_ADDRESS,
                        TLS),
                row(Transport.UNIX_DATAGRAM, "AF_UNIX", "SOCK_DGRAM", "0", MESSAGES),
                row(Transport.UNIX_SEQPACKET, "AF_UNIX", "SOCK_SEQPACKET", "0", MESSAGES, CONNECTIONS, HALF_CLOSE),
                row(Transport.CAN, "AF_CAN", "SOCK_RAW", "CAN_RAW", MESSAGES),
                row(Transport.CAN_ISOTP, "AF_CAN", "SOCK_DGRAM", "CAN_ISOTP", MESSAGES),
                row(Transport.RDS, "AF_RDS", "SOCK_SEQPACKET", "0", MESSAGES),
                row(Transport.VSOCK, "AF_VSOCK", "SOCK_STREAM", "0", STREAM, CONNECTIONS, HALF_CLOSE),
                row(Transport.VSOCK_SEQPACKET, "AF_VSOCK", "SOCK_SEQPACKET", "0", MESSAGES, CONNECTIONS));
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachIsWhatSocketTakesAndWhatItCanDo(
            Transport transport, String family, String type, String protocol, Set<Capability> capabilities) {
        assertThat(transport.family()).isEqualTo(family);
        assertThat(transport.type()).isEqualTo(type);
        assertThat(transport.protocol()).isEqualTo(protocol);
        assertThat(transport.capabilities()).isEqualTo(capabilities);
        for (Capability capability : Capability.values()) {
            assertThat(transport.has(capability)).as("%s", capability).isEqualTo(capabilities.contains(capability));
        }
        assertThatThrownBy(() -> transport.capabilities().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void noneIsMissingAndNoneContradictsItself() {
        assertThat(all().map(row -> row.get()[0])).containsExactly((Object[]) Transport.values());
        for (Transport transport : Transport.values()) {
            assertThat(transport.has(STREAM)).as("%s", transport).isNotEqualTo(transport.has(MESSAGES));
            assertThat(transport.has(RESET) && transport.has(CONDITIONAL_RESET))
                    .as("%s", transport)
                    .isFalse();
            if (transport.has(HALF_CLOSE) || transport.has(RESET) || transport.has(CONDITIONAL_RESET)) {
                assertThat(transport.capabilities()).as("%s", transport).contains(CONNECTIONS);
            }
        }
    }

    @Test
    void eachCapabilityHasWordsOfItsOwn() {
        assertThat(Arrays.stream(Capability.values()).map(Capability::words))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
    }

    // -- what is there ------------------------------------------------------------------------------

    @Test
    void tcpIsThereAndOthersAreWhereTheirSocketsCanBeBound() {
        assertThat(Transport.TCP.unavailableBecause()).isEmpty();
        assertThat(Transport.TCP6.unavailableBecause().isEmpty()).isEqualTo(hasIpv6());
        assertThat(Transport.UNIX.unavailableBecause().isEmpty()).isEqualTo(hasUnix());
    }

    private static boolean hasIpv6() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(Loopback.address(Transport.TCP6), 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean hasUnix() {
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.isOpen();
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "TCP6", "UNIX"})
    void whatIsThereCanBeUsed(Transport transport) {
        assumeThat(transport.unavailableBecause()).isEmpty();
        assertThat(Transports.require(transport).transports()).contains(transport);
        try (SocketPair pair = SocketPair.open(transport)) {
            assertThat(pair.client().transport()).isEqualTo(transport);
            pair.client().write("ping\n");
            pair.server().expectLine("ping");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UDP", "UDP6", "CAN"})
    void thereIsNoPairWithoutConnections(Transport transport) {
        assertThatThrownBy(() -> SocketPair.open(transport))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("SocketPair.open(): found the transport " + transport + ", which lacks connections with an"
                        + " end (expected: a server, and a client that sends to it first)");
    }

    @ParameterizedTest
    @EnumSource(names = {"UNIX_DATAGRAM", "CAN", "CAN_ISOTP", "RDS", "VSOCK_SEQPACKET"})
    void whatNothingSuppliesSaysWhichArtifactWould(Transport transport) {
        assertThat(transport.unavailableBecause()).contains(NATIVE);
        String message = transport + " (" + transport.family() + ", " + transport.type()
                + ") is not available on this system: " + NATIVE;
        assertUnsupported(transport, message, () -> Transports.require(transport));
        assertUnsupported(
                transport,
                message,
                () -> SocketServer.builder().transport(transport).start().close());
        try (SocketClients clients = SocketClients.open().transport(transport)) {
            assertUnsupported(
                    transport,
                    message,
                    () -> clients.connect(new InetSocketAddress(Loopback.address(Transport.TCP), 9)));
        }
    }

    private static void assertUnsupported(Transport transport, String message, Runnable use) {
        assertThatThrownBy(use::run)
                .isInstanceOf(UnsupportedTransportException.class)
                .hasMessage(message)
                .extracting(e -> ((UnsupportedTransportException) e).transport())
                .isEqualTo(Optional.of(transport));
    }

    @Test
    void tlsNeedsCertificatesAndSaysWhatMakesThem() {
        assertThat(Transport.TLS.unavailableBecause())
                .contains("nothing on the class path makes certificates (org.junitsockets:junit-sockets-tls does)");
    }

    @Test
    void aRefusedConnectIsAConnectExceptionOverUnixToo() {
        assumeThat(Transport.UNIX.unavailableBecause()).isEmpty();
        try (SocketServer server =
                        SocketServer.builder().transport(Transport.UNIX).start();
                SocketClients clients = SocketClients.open()) {
            server.stop();
            assertThatThrownBy(() -> clients.connect(server.socketAddress()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(ConnectException.class)
                    .hasMessageStartingWith("connecting client 1 to " + server.path() + " (at TransportsTests.java:")
                    .hasMessageEndingWith("): Connection refused");
        }
    }
}
