package org.junitsockets.jupiter;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junitsockets.Banner;
import org.junitsockets.Echo;
import org.junitsockets.PortLease;
import org.junitsockets.Silent;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketPair;
import org.junitsockets.SocketServer;
import org.junitsockets.Transport;

/** What a user writes, as the documentation shows it. */
class UsageTests {

    @Test
    @WithSocketServer
    void theJdksOwnObjects(ServerSocket server, Socket client) throws IOException {
        try (Socket accepted = server.accept()) {
            client.getOutputStream().write("hello\n".getBytes(US_ASCII));
            assertThat(new String(accepted.getInputStream().readNBytes(6), US_ASCII))
                    .isEqualTo("hello\n");
        }
    }

    @Test
    @WithSocketServer
    void clientFirst(Socket client, ServerSocket server) throws IOException {
        try (Socket accepted = server.accept()) {
            assertThat(accepted).isConnectedTo(client.getLocalSocketAddress());
            assertThat(server.getSoTimeout()).isEqualTo(5000);
            assertThat(client.getSoTimeout()).isEqualTo(5000);
        }
    }

    @Test
    @WithSocketServer
    void channels(SocketChannel client, ServerSocketChannel server) throws IOException {
        try (SocketChannel accepted = server.accept()) {
            client.write(ByteBuffer.wrap("hi".getBytes(US_ASCII)));
            ByteBuffer got = ByteBuffer.allocate(2);
            while (got.hasRemaining()) {
                accepted.read(got);
            }
            assertThat(new String(got.array(), US_ASCII)).isEqualTo("hi");
        }
    }

    @Test
    @WithSocketServer(transport = Transport.TCP6)
    void asynchronousChannels(AsynchronousServerSocketChannel server, AsynchronousSocketChannel client)
            throws Exception {
        Future<AsynchronousSocketChannel> accepting = server.accept();
        try (AsynchronousSocketChannel accepted = accepting.get(5, TimeUnit.SECONDS)) {
            client.write(ByteBuffer.wrap("x".getBytes(US_ASCII))).get(5, TimeUnit.SECONDS);
            ByteBuffer got = ByteBuffer.allocate(2);
            assertThat(accepted.read(got).get(5, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void bothEndsAtOnce(@WithSocketPair SocketPair pair) {
        pair.client().write("ping\n");
        assertThat(pair.server().readLine()).isEqualTo("ping");
    }

    @Test
    void retriesAfterReset(@WithSocketServer SocketServer server) {
        server.onConnection(peer -> {
            peer.readLine();
            peer.rst();
        });
        server.onConnection(peer -> {
            peer.expectLine("PING");
            peer.write("PONG\r\n");
            peer.expectEnd();
        });
        assertThat(new PingClient(server.address()).ping()).isTrue();
        assertThat(server).receivedConnections(2);
        assertThat(server.connection(1))
                .sentNothing()
                .receivedExactly("PING\r\n")
                .then()
                .endedByReset();
        assertThat(server.connection(2))
                .receivedExactly("PING\r\n")
                .then()
                .sent("PONG\r\n")
                .then()
                .endedByFin();
    }

    @Test
    void inlineAccept(@WithSocketServer SocketServer server, SocketConnection client) {
        client.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        try (SocketConnection peer = server.accept()) {
            assertThat(peer.readLine()).isEqualTo("GET / HTTP/1.1");
            assertThat(peer.readUntil("\r\n\r\n")).isEqualTo("Host: x\r\n\r\n");
            peer.write("HTTP/1.1 204 No Content\r\n\r\n");
            peer.fin();
        }
        client.expectToEnd("HTTP/1.1 204 No Content\r\n\r\n");
    }

    @Test
    @WithSocketServer(handler = Echo.class)
    void aReadyHandler(SocketConnection client) {
        client.write("abc");
        client.expect("abc");
    }

    @Test
    void timeouts(
            @WithSocketServer(handler = Silent.class) SocketServer silent,
            @RefusedEndpoint InetSocketAddress refused,
            @UnresponsiveEndpoint InetSocketAddress full) {
        assertThatThrownBy(() -> PingClient.pingOnce(silent.address(), 50)).isInstanceOf(SocketTimeoutException.class);
        silent.awaitConnections(1);
        assertThatThrownBy(() -> PingClient.pingOnce(refused, 50)).isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> PingClient.pingOnce(full, 50)).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void survivesARestart(@WithSocketServer(handler = Echo.class) SocketServer server) throws IOException {
        assertThat(PingClient.echoes(server.address())).isTrue();
        server.stop();
        assertThatThrownBy(() -> PingClient.echoes(server.address())).isInstanceOf(ConnectException.class);
        server.start();
        assertThat(PingClient.echoes(server.address())).isTrue();
        assertThat(server).receivedConnections(2);
        assertThat(server.connection(2)).received("x").then().sent("x");
    }

    @Test
    void staysLocal(@WithSocketServer SocketServer server) {
        server.expectNoConnections(Duration.ofMillis(20));
    }

    @Test
    @WithSocketServer(name = "a", handler = Echo.class)
    @WithSocketServer(name = "b", handler = Silent.class, transport = Transport.TCP6)
    void several(
            @Connected("a") SocketConnection client,
            @Endpoint("b") SocketServer b,
            @Endpoint(value = "b", scheme = "http") URI uri,
            @Port("a") int port) {
        client.write("x").expect("x");
        assertThat(client.remoteAddress()).isLoopback().hasPort(port);
        assertThat(uri).isEqualTo(URI.create("http://[::1]:" + b.port()));
    }

    @Test
    @WithSocketServer(name = "small", backlog = 1, receiveBuffer = 8_192, deadline = "1500ms")
    @WithSocketServer(name = "usual", receiveBuffer = 131_072)
    void attributes(
            @Endpoint("small") ServerSocket small,
            @Connected("small") Socket first,
            @Connected("small") Socket second,
            @Endpoint("usual") ServerSocket usual)
            throws IOException {
        assertThat(small.getSoTimeout()).isEqualTo(1500).isEqualTo(first.getSoTimeout());
        assertThat(small.getReceiveBufferSize()).isLessThan(usual.getReceiveBufferSize());
        try (Socket third = new Socket()) {
            assertThatThrownBy(() -> third.connect(small.getLocalSocketAddress(), 100))
                    .as("the queue is full")
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void attributesOfAPair(@WithSocketPair(transport = Transport.TCP6, deadline = "70ms") SocketPair pair) {
        assertThat(pair.client().localAddress()).isIpv6();
        assertThatThrownBy(() -> pair.client().readLine()).hasMessageContaining("nothing came within 70 ms");
    }

    @Test
    void deadEndsOverIpv6(
            @OccupiedEndpoint(transport = Transport.TCP6) InetSocketAddress occupied,
            @RefusedEndpoint(transport = Transport.TCP6, scheme = "ws") URI refused,
            @UnresponsiveEndpoint(transport = Transport.TCP6) InetSocketAddress full,
            @LeasedPort(transport = Transport.TCP6) PortLease lease)
            throws IOException {
        try (ServerSocket other = new ServerSocket();
                Socket client = new Socket()) {
            assertThatThrownBy(() -> other.bind(occupied)).isInstanceOf(BindException.class);
            client.connect(occupied, 5000);
        }
        assertThat(refused.toString()).startsWith("ws://[::1]:");
        assertThat(full).isIpv6();
        try (ServerSocket other = new ServerSocket()) {
            assertThatThrownBy(() -> other.bind(new InetSocketAddress(full.getAddress(), lease.port())))
                    .isInstanceOf(BindException.class);
        }
    }

    @Test
    void leases(@LeasedPort int port, @LeasedPort PortLease lease) throws IOException {
        try (ServerSocket one = new ServerSocket()) {
            one.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }
        try (ServerSocket other = new ServerSocket()) {
            assertThatThrownBy(() -> other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), lease.port())))
                    .isInstanceOf(BindException.class);
        }
        assertThat(lease.release()).isEqualTo(lease.port());
    }

    @Test
    void withoutJUnit() throws IOException {
        try (SocketServer server = SocketServer.builder()
                        .handler(Banner.of("220 ready\r\n"))
                        .start();
                Socket client = new Socket(server.address().getAddress(), server.port())) {
            assertThat(new String(client.getInputStream().readNBytes(11), US_ASCII))
                    .isEqualTo("220 ready\r\n");
        }
    }
}
