package org.junitsockets.samples.introduction;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * Lesson 3: names and addresses.
 *
 * <p>Connections are made to addresses, people remember names. A <em>resolver</em> translates: it
 * looks into a file on the machine ({@code /etc/hosts}) and asks the servers of the domain name
 * system. For one name it may return several addresses, of several families, in any order, another
 * order next time, or nothing, after a while.
 *
 * <p>That is why the tests of this library use the <em>literal</em> address, {@code 127.0.0.1} or
 * {@code ::1}. Nobody has to be asked what a literal means. The name {@code localhost} means this
 * machine too, but on which of its addresses? A server that listens on {@code 127.0.0.1} does not
 * listen on {@code ::1}; the same port number there may belong to a stranger, and a client that goes
 * to {@code localhost} may reach the stranger. It is a test that fails on one machine in a hundred.
 */
@SuppressWarnings("AddressSelection") // static analysis advises against asking for one address; literals have one
class Lesson03NamesAndAddressesTests {

    /** Four bytes in version 4 of the Internet's addresses, sixteen in version 6. */
    @Test
    void aLiteralIsItsOwnAnswer() throws IOException {
        InetAddress four = InetAddress.getByName("127.0.0.1");
        InetAddress six = InetAddress.getByName("::1");

        assertThat(four).isInstanceOf(Inet4Address.class);
        assertThat(four.getAddress()).containsExactly(127, 0, 0, 1);
        assertThat(six).isInstanceOf(Inet6Address.class);
        assertThat(six.getAddress()).hasSize(16).endsWith(0, 1);
        assertThat(four.isLoopbackAddress() && six.isLoopbackAddress()).isTrue();
    }

    /** How many there are, and which comes first, is this machine's affair: a test must not care. */
    @Test
    void aNameHasAnyNumberOfAddresses() throws IOException {
        InetAddress[] answer = InetAddress.getAllByName("localhost");

        assertThat(answer).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
    }

    /** The same port on another address is another door. */
    @Test
    void anAddressIsTheMachineAndThePort(@WithSocketServer SocketServer server) {
        assertThat(new InetSocketAddress("127.0.0.1", server.port()))
                .isNotEqualTo(new InetSocketAddress("::1", server.port()));
        assertThat(new InetSocketAddress(server.host(), server.port())).isEqualTo(server.address());
    }

    /** One cannot connect to a name: nobody was asked, nothing was sent. */
    @Test
    void aNameIsNotAnAddress() throws IOException {
        InetSocketAddress name = InetSocketAddress.createUnresolved("www.example.org", 80);

        assertThat(name).isUnresolved().hasHostString("www.example.org").hasPort(80);
        assertThat(name.getAddress()).isNull();
        try (SocketChannel socket = SocketChannel.open()) {
            assertThatThrownBy(() -> socket.connect(name)).isInstanceOf(UnresolvedAddressException.class);
        }
    }

    /**
     * What a resolver returns is an address that remembers the name it was asked for. This one was
     * made by hand, so that no resolver was asked: it says that www.example.org is this machine. The
     * connection is made to the address; the name does not travel, unless the program sends it, as a
     * browser does in its {@code Host} line.
     */
    @Test
    void anAnswerIsAnAddressThatKnowsItsName(@WithSocketServer SocketServer server) throws IOException {
        byte[] where = server.address().getAddress().getAddress();
        InetAddress answer = InetAddress.getByAddress("www.example.org", where);

        assertThat(answer.getHostName()).isEqualTo("www.example.org");
        try (Socket client = new Socket()) {
            client.connect(new InetSocketAddress(answer, server.port()), 5000);
            assertThat(client).isConnectedTo(server.address());
            assertThat(server.accept().remoteAddress()).isEqualTo(client.getLocalSocketAddress());
        }
    }
}
