package org.junitsockets.samples.introduction;

import static java.net.StandardProtocolFamily.INET;
import static java.net.StandardProtocolFamily.INET6;
import static org.junitsockets.Location.IN_PROCESS;
import static org.junitsockets.Transport.TCP;
import static org.junitsockets.Transport.TCP6;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * Lesson 8: {@code AF_INET6}, the Internet with longer addresses.
 *
 * <p>The four bytes of an address of version 4 are enough for four thousand million machines, which is
 * not enough. Version 6 has sixteen bytes. They are written as eight groups of hexadecimal digits with
 * colons between; zeros at the beginning of a group are left out, and one row of groups that are zero
 * is written {@code ::}. So {@code ::1} is fifteen zeros and a one, the loopback address.
 *
 * <p>A port is a port, and TCP is TCP. What differs is the first argument of {@code socket}, and how an
 * address is written: the colon before a port needs brackets around the address, or nobody could tell
 * where it ends.
 *
 * <p>Where a machine has no version 6, the tests that need it are skipped, and say so.
 */
@SuppressWarnings("AddressSelection") // static analysis advises against asking for one address; literals have one
class Lesson08Version6Tests {

    /** The five lines of lesson 2, over the other family: nothing but the family is another one. */
    @Test
    void theFiveLines(@WithSocketServer(name = "port 80 of the host", transport = TCP6) SocketServer standIn)
            throws IOException {
        standIn.onConnection(SocketConnection::expectEnd);

        SocketChannel socket = SocketChannel.open(INET6); //                                1. create
        InetAddress ip = InetAddress.getByName(standIn.host()); //                          2. resolve
        InetSocketAddress address = new InetSocketAddress(ip, standIn.port()); //           3. address
        socket.connect(address); //                                                         4. connect
        assertThat(socket.getRemoteAddress()).isIpv6().isEqualTo(standIn.address());
        socket.close(); //                                                                  5. close
    }

    /** Compare addresses, not how they are written. */
    @Test
    void anAddressHasManySpellings() throws IOException {
        InetAddress loopback = InetAddress.getByName("::1");

        assertThat(loopback.getAddress()).hasSize(16).containsOnly(0, 1).endsWith(0, 1);
        assertThat(InetAddress.getByName("0:0:0:0:0:0:0:1")).isEqualTo(loopback);
        assertThat(InetAddress.getByName("0000::0001")).isEqualTo(loopback);
        assertThat(loopback.getHostAddress()).as("how Java writes it").isEqualTo("0:0:0:0:0:0:0:1");
    }

    /** In a URI the address stands in brackets (RFC 3986, section 3.2.2). */
    @Test
    void aPortNeedsBracketsBeforeIt(
            @WithSocketServer(transport = TCP6, location = IN_PROCESS) SocketServer server) { // at ::1
        URI uri = server.uri("http");

        assertThat(uri).hasToString("http://[::1]:" + server.port());
        assertThat(uri.getHost()).isEqualTo("[::1]");
        assertThat(uri.getPort()).isEqualTo(server.port());
    }

    /** A socket of version 4 has four bytes for an address. */
    @Test
    void version4CannotCallVersion6(@WithSocketServer(transport = TCP6) SocketServer server) throws IOException {
        try (SocketChannel socket = SocketChannel.open(INET)) {
            assertThatThrownBy(() -> socket.connect(server.address()))
                    .isInstanceOf(UnsupportedAddressTypeException.class);
        }
        assertThat(server).hasNoConnections();
    }

    /**
     * The other way round it goes: a part of version 6, the <em>mapped</em> addresses {@code
     * ::ffff:0:0/96}, stands for all of version 4. The server sees a caller of its own family.
     */
    @Test
    void version6CanCallVersion4(@WithSocketServer(transport = TCP, location = IN_PROCESS) SocketServer server)
            throws IOException {
        assertThat(InetAddress.getByName("::ffff:127.0.0.1"))
                .as("Java takes a mapped address for what it stands for")
                .isInstanceOf(Inet4Address.class)
                .isEqualTo(InetAddress.getByName("127.0.0.1"));
        try (SocketChannel socket = SocketChannel.open()) { // AF_INET6 where there is one
            socket.connect(server.address());
            assertThat(server.accept().remoteAddress()).isIpv4().isEqualTo(socket.getLocalAddress());
        }
    }
}
