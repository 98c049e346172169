package org.junitsockets.samples.introduction;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junitsockets.assertj.SocketAssertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsockets.Echo;
import org.junitsockets.SocketServer;
import org.junitsockets.Transport;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * Lesson 7: families and types, the first two arguments of {@code socket(family, type, protocol)}.
 *
 * <p>The <em>address family</em> says what an address looks like, and so who can be reached:
 *
 * <ul>
 *   <li>{@code AF_INET}: the Internet, version 4. {@code 127.0.0.1} and a port.
 *   <li>{@code AF_INET6}: the Internet, version 6. {@code ::1} and a port.
 *   <li>{@code AF_UNIX}: programs on the same machine. A file name.
 *   <li>{@code AF_CAN}: the wires in a car or a machine tool, which carry frames of a few bytes from
 *       anybody to everybody. The name of an interface, such as {@code can0}.
 *   <li>{@code AF_RDS}: reliable datagrams between the machines of a cluster, over one connection for
 *       each pair of machines. An address of version 4 or 6 and a port.
 * </ul>
 *
 * <p>The <em>socket type</em> says how bytes travel: {@code SOCK_STREAM} as the stream of lesson 4;
 * {@code SOCK_DGRAM} in single parcels, which may get lost on the Internet; {@code SOCK_SEQPACKET} in
 * parcels that do not get lost. Not all go together: a CAN bus has no streams.
 *
 * <p>This version of the library serves streams over AF_INET and AF_INET6: {@link Transport} names
 * them. The JDK can do AF_UNIX as well, see below. AF_CAN and AF_RDS need functions of the system
 * that the JDK does not call; they are families to come.
 */
class Lesson7FamiliesTests {

    @Test
    void aTransportIsAFamilyAndAType() {
        assertThat(Transport.TCP.family()).isEqualTo("AF_INET");
        assertThat(Transport.TCP.type()).isEqualTo("SOCK_STREAM");
        assertThat(Transport.TCP6.family()).isEqualTo("AF_INET6");
        assertThat(Transport.TCP6.type()).isEqualTo("SOCK_STREAM");
    }

    @Test
    @WithSocketServer(transport = Transport.TCP, handler = Echo.class)
    void overVersion4(Socket client) throws IOException {
        assertThat(client.getRemoteSocketAddress()).isIpv4();
        client.getOutputStream().write('4');
        assertThat(client.getInputStream().read()).isEqualTo('4');
    }

    /** Where a machine has no version 6, this test is skipped, and says so. */
    @Test
    @WithSocketServer(transport = Transport.TCP6, handler = Echo.class)
    void overVersion6(Socket client) throws IOException {
        assertThat(client.getRemoteSocketAddress()).isIpv6();
        client.getOutputStream().write('6');
        assertThat(client.getInputStream().read()).isEqualTo('6');
    }

    /** Above the address, the families do not differ: the same program works with each. */
    @ParameterizedTest
    @EnumSource
    void aStreamIsAStream(Transport transport) throws IOException {
        transport.unavailableBecause().ifPresent(reason -> assumeTrue(false, reason));
        try (SocketServer server = SocketServer.builder()
                        .transport(transport)
                        .handler(new Echo())
                        .start();
                Socket client = new Socket(server.address().getAddress(), server.port())) {
            client.setSoTimeout(5000);
            client.getOutputStream().write(transport.family().getBytes(US_ASCII));
            client.shutdownOutput();
            assertThat(client.getInputStream().readAllBytes())
                    .asString(US_ASCII)
                    .isEqualTo(transport.family());
        }
    }

    /** AF_UNIX with the JDK alone: the five lines again, with a file name where the address was. */
    @Test
    @Timeout(10)
    void overAFileName(@TempDir Path directory) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            client.connect(address);
            try (SocketChannel accepted = server.accept()) {
                client.write(ByteBuffer.wrap(new byte[] {'u'}));
                ByteBuffer got = ByteBuffer.allocate(1);
                assertThat(accepted.read(got)).isEqualTo(1);
                assertThat(got.get(0)).isEqualTo((byte) 'u');
            }
        }
    }
}
