package org.junitsockets.samples.introduction;

import static org.junitsockets.Transport.TCP;
import static org.junitsockets.Transport.TCP6;
import static org.junitsockets.Transport.TLS;
import static org.junitsockets.Transport.UDP;
import static org.junitsockets.Transport.UDP6;
import static org.junitsockets.Transport.UNIX;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsockets.Echo;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedTransportException;
import org.junitsockets.jupiter.EachTransport;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * Lesson 7: families, types and protocols, the three arguments of {@code socket(family, type, protocol)}.
 *
 * <p>The <em>address family</em> says what an address looks like, and so who can be reached:
 *
 * <ul>
 *   <li>{@code AF_INET}: the Internet, version 4. {@code 127.0.0.1} and a port.
 *   <li>{@code AF_INET6}: the Internet, version 6. {@code ::1} and a port (lesson 8).
 *   <li>{@code AF_UNIX}: programs on the same machine. A file name (lesson 10).
 *   <li>{@code AF_CAN}: the wires in a car or a machine tool, which carry frames of a few bytes from
 *       anybody to everybody. The name of an interface, such as {@code can0}.
 *   <li>{@code AF_RDS}: reliable datagrams between the machines of a cluster, over one connection for
 *       each pair of machines. An address of version 4 or 6 and a port.
 *   <li>{@code AF_VSOCK}: a virtual machine and its host. A number for the machine, and a port.
 * </ul>
 *
 * <p>The <em>socket type</em> says how bytes travel: {@code SOCK_STREAM} as the stream of lesson 4;
 * {@code SOCK_DGRAM} in single parcels, which may get lost on the Internet (lesson 9); {@code
 * SOCK_SEQPACKET} in parcels that do not get lost; {@code SOCK_RAW} as it is on the wire. Not all go
 * together: a CAN bus has no streams.
 *
 * <p>The <em>protocol</em> is needed where a family has several for a type. 0 is the usual one.
 *
 * <p>The library calls the combinations {@link Transport}s, and knows of each what it can do. Not each
 * is there on each machine: AF_CAN and its like need functions of the system that the JDK does not call.
 */
class Lesson07FamiliesTests {

    /** TLS is no family: it is what two programs agree on inside of a stream (lesson 11). */
    @Test
    void theThreeArguments() {
        assertThat(Transport.values())
                .extracting(Lesson07FamiliesTests::call)
                .containsExactly(
                        "TCP: socket(AF_INET, SOCK_STREAM, IPPROTO_TCP)",
                        "TCP6: socket(AF_INET6, SOCK_STREAM, IPPROTO_TCP)",
                        "UDP: socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP)",
                        "UDP6: socket(AF_INET6, SOCK_DGRAM, IPPROTO_UDP)",
                        "UNIX: socket(AF_UNIX, SOCK_STREAM, 0)",
                        "TLS: socket(AF_INET, SOCK_STREAM, IPPROTO_TCP)",
                        "UNIX_DATAGRAM: socket(AF_UNIX, SOCK_DGRAM, 0)",
                        "UNIX_SEQPACKET: socket(AF_UNIX, SOCK_SEQPACKET, 0)",
                        "CAN: socket(AF_CAN, SOCK_RAW, CAN_RAW)",
                        "CAN_ISOTP: socket(AF_CAN, SOCK_DGRAM, CAN_ISOTP)",
                        "RDS: socket(AF_RDS, SOCK_SEQPACKET, 0)",
                        "VSOCK: socket(AF_VSOCK, SOCK_STREAM, 0)",
                        "VSOCK_SEQPACKET: socket(AF_VSOCK, SOCK_SEQPACKET, 0)");
    }

    private static String call(Transport transport) {
        return transport + ": socket(" + transport.family() + ", " + transport.type() + ", " + transport.protocol()
                + ")";
    }

    /**
     * What each is good for. A stream has an end that the other side notices, and mostly can be reset;
     * a message has neither, unless there are connections beside.
     */
    @Test
    void whatTheyCanDo() {
        assertThat(Transport.values())
                .extracting(transport -> transport + ": " + capabilities(transport))
                .containsExactly(
                        "TCP: STREAM CONNECTIONS HALF_CLOSE RESET IP_ADDRESS",
                        "TCP6: STREAM CONNECTIONS HALF_CLOSE RESET IP_ADDRESS",
                        "UDP: MESSAGES IP_ADDRESS",
                        "UDP6: MESSAGES IP_ADDRESS",
                        "UNIX: STREAM CONNECTIONS HALF_CLOSE CONDITIONAL_RESET",
                        "TLS: STREAM CONNECTIONS HALF_CLOSE RESET IP_ADDRESS TLS",
                        "UNIX_DATAGRAM: MESSAGES",
                        "UNIX_SEQPACKET: MESSAGES CONNECTIONS HALF_CLOSE",
                        "CAN: MESSAGES",
                        "CAN_ISOTP: MESSAGES",
                        "RDS: MESSAGES",
                        "VSOCK: STREAM CONNECTIONS HALF_CLOSE",
                        "VSOCK_SEQPACKET: MESSAGES CONNECTIONS");
    }

    private static String capabilities(Transport transport) {
        return transport.capabilities().stream().map(Enum::name).collect(Collectors.joining(" "));
    }

    /** Where the JDK has sockets for a family, nothing else is needed. */
    @ParameterizedTest
    @EnumSource(names = {"TCP", "UDP", "UNIX", "TLS"})
    void theJdkHasThese(Transport transport) {
        assertThat(transport.unavailableBecause()).isEmpty();
    }

    /**
     * Where it has none, the library says why, and what would help. To go on over another one in silence
     * would be a test that passes and has tested nothing.
     */
    @ParameterizedTest
    @EnumSource(names = {"UNIX_DATAGRAM", "UNIX_SEQPACKET", "CAN", "CAN_ISOTP", "RDS", "VSOCK", "VSOCK_SEQPACKET"})
    void theJdkDoesNotHaveThese(Transport transport) {
        String reason = "nothing on the class path supplies it (org.junitsockets:junit-sockets-native does)";
        assertThat(transport.unavailableBecause()).contains(reason);

        SocketServer.Builder server = SocketServer.builder().transport(transport);
        assertThatThrownBy(server::start)
                .isInstanceOf(UnsupportedTransportException.class)
                .hasMessageContaining(transport + " (" + transport.family() + ", " + transport.type()
                        + ") is not available on this system: " + reason);
    }

    @Test
    void thatIsAll() {
        assertThat(Arrays.stream(Transport.values())
                        .filter(transport -> !transport.name().endsWith("6")))
                .as("one of the two above, and those of version 6, which a machine may have or not")
                .hasSize(4 + 7);
    }

    /** Above the address, the families do not differ: the same program works with each. */
    @EachTransport({TCP, TCP6, UNIX, TLS})
    @WithSocketServer(handler = Echo.class)
    void aStreamIsAStream(SocketConnection client, Transport transport) {
        client.write("o").write("ne line\nand another\n");
        client.expectLine("one line").expectLine("and another");
        client.shutdownOutput().expectEnd();
        assertThat(client.transport()).isEqualTo(transport);
    }

    @EachTransport({UDP, UDP6})
    @WithSocketServer(handler = Echo.class)
    void aMessageIsAMessage(SocketConnection client, Transport transport) {
        client.write("one").write("another");
        client.expectMessage("one").expectMessage("another");
        assertThat(client.transport()).isEqualTo(transport);
    }
}
