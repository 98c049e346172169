package org.junitsockets.samples.introduction;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junitsockets.Location.IN_PROCESS;
import static org.junitsockets.Transport.TCP;
import static org.junitsockets.assertj.SocketAssertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * Lesson 2: the five lines with which every introduction to sockets begins.
 *
 * <p>They create a socket, find out where a host is, connect to the host's port 80, where web
 * servers listen, and close the socket. In C or Python they call
 *
 * <pre>{@code
 * s    = socket(AF_INET, SOCK_STREAM, 0)   1. create a socket: its family, its type, its protocol
 * ip   = gethostbyname("www.example.org")  2. resolve the host's name to its IP address
 * addr = (ip, 80)                          3. the address to call: the machine and the port
 * connect(s, addr)                         4. call it
 * close(s)                                 5. hang up
 * }</pre>
 *
 * <p>{@code AF_INET} is the <em>address family</em>: the Internet, in its version 4, whose addresses
 * look like {@code 127.0.0.1}. {@code SOCK_STREAM} is the <em>socket type</em>: a stream of bytes,
 * each delivered once and in order. The <em>protocol</em> is 0: the usual one for these two, TCP.
 * Java names the family, and has a class for the type: {@code SocketChannel} is a stream.
 *
 * <p>Two things differ from the textbook here, on purpose. There is no network: instead of the web
 * server of some host there is a stand-in on this machine, so the test passes in a train, and says
 * nothing about somebody else's server. And its port is not 80: that may be taken, only an
 * administrator may open it on many systems, and two tests could not have it at the same time. So
 * the stand-in has an ephemeral port, and "80" is a variable. The five lines are the same.
 */
class Lesson02FiveLinesTests {

    /** The stand-in expects what a server sees of the five lines: a caller who says nothing and hangs up. */
    @Test
    void theFiveLines(@WithSocketServer(name = "port 80 of the host", transport = TCP) SocketServer standIn)
            throws IOException {
        standIn.onConnection(SocketConnection::expectEnd);
        String host = standIn.host();
        int port80 = standIn.port();

        SocketChannel socket = SocketChannel.open(StandardProtocolFamily.INET); // 1. create
        InetAddress ip = InetAddress.getByName(host); //                           2. resolve
        InetSocketAddress address = new InetSocketAddress(ip, port80); //          3. address
        socket.connect(address); //                                                4. connect
        socket.close(); //                                                         5. close
    }

    /**
     * The same five lines, and after each what it has done. {@code location} says that the stand-in is on
     * this machine, wherever others are run: the four bytes are those of the loopback address.
     */
    @Test
    void lineByLine(
            @WithSocketServer(name = "port 80 of the host", transport = TCP, location = IN_PROCESS)
                    SocketServer standIn)
            throws IOException {
        SocketChannel socket = SocketChannel.open(StandardProtocolFamily.INET);
        assertThat(socket).as("there is a socket").isOpen();
        assertThat(socket).as("which talks to nobody yet").isNotConnected();
        assertThat(socket.getLocalAddress()).as("and has no address").isNull();

        InetAddress ip = InetAddress.getByName(standIn.host());
        assertThat(ip.getAddress()).as("the host is at four bytes").containsExactly(127, 0, 0, 1);

        InetSocketAddress address = new InetSocketAddress(ip, standIn.port());
        assertThat(standIn).as("so far nobody was called").hasNoConnections();

        socket.connect(address);
        assertThat(socket).isConnectedTo(standIn.address());
        assertThat(standIn).as("the call has arrived").receivedConnections(1);
        SocketConnection peer = standIn.accept();
        assertThat(peer.remoteAddress()).as("the system gave us a port").isEqualTo(socket.getLocalAddress());

        socket.close();
        assertThat(socket).isClosed();
        peer.expectEnd(); // the other side is told
    }

    /**
     * How one writes it in Java when it is not a lesson: {@code Socket} is a stream over AF_INET or
     * AF_INET6, whichever the address needs; {@code try} closes it whatever happens; and each wait
     * has a bound. Between connecting and closing, there is something to say.
     *
     * <p>The stand-in has noted what was on the wire, and the test can ask for it when all is over. Who
     * asks for something else sees the test fail, and the conversation as a <em>ladder</em>: the client
     * on the left, the server on the right, time goes down.
     *
     * <pre>{@code
     *     ms  client                                                        server
     *  0.000    |-- 18 bytes "GET / HTTP/1.0\r\n\r\n" -------------------------->|
     *  0.110    |<----------------- 27 bytes "HTTP/1.0 204 No Content\r\n\r\n" --|
     *  0.297    |<-------------------------------------------------------- FIN --|
     *  3.587    |-- FIN -------------------------------------------------------->|
     * }</pre>
     *
     * <p>FIN is how each side says that it has finished; lesson 5 is about that.
     */
    @Test
    void asOneWritesIt(@WithSocketServer(name = "port 80 of the host") SocketServer standIn) throws IOException {
        standIn.onConnection(peer -> {
            peer.expectLine("GET / HTTP/1.0");
            peer.expectLine("");
            peer.write("HTTP/1.0 204 No Content\r\n\r\n");
        });

        try (Socket socket = new Socket()) {
            socket.connect(standIn.address(), 5000);
            socket.setSoTimeout(5000);
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
            assertThat(socket.getInputStream().readAllBytes())
                    .asString(US_ASCII)
                    .startsWith("HTTP/1.0 204");
        }

        assertThat(standIn.connection(1))
                .received("GET / HTTP/1.0\r\n\r\n")
                .then()
                .sent("HTTP/1.0 204 No Content\r\n\r\n")
                .then()
                .endedByFin();
    }
}
