package org.junitsockets.testcontainers.carried;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junitsockets.Transport;
import org.junitsockets.spi.Relay;

/** The way from an agent's address to a plain server here: bytes and ends arrive as they were sent. */
@SuppressWarnings("AddressSelection") // it is a literal
class RelayTests {

    private static final int MUCH = 4 << 20;

    private LocalAgent agent;
    private ServerSocket server;
    private Relay relay;

    @BeforeEach
    void open() throws Exception {
        agent = new LocalAgent();
        server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        server.setSoTimeout((int) LocalAgent.PATIENCE.toMillis());
        relay = agent.client().relay(Transport.TCP, server.getLocalSocketAddress());
    }

    @AfterEach
    void close() throws Exception {
        relay.close();
        server.close();
        agent.close();
    }

    private static Socket connect(SocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.connect(address);
        return patient(socket);
    }

    private static Socket patient(Socket socket) throws IOException {
        socket.setSoTimeout((int) LocalAgent.PATIENCE.toMillis());
        return socket;
    }

    private static void assertReset(Socket socket) {
        assertThatThrownBy(() -> socket.getInputStream().read())
                .isInstanceOf(SocketException.class)
                .hasMessage("Connection reset");
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Test
    void bytesAndHalfClosesGoBothWays() throws Exception {
        try (Socket client = connect(relay.address());
                Socket peer = patient(server.accept())) {
            client.getOutputStream().write("ping".getBytes(UTF_8));
            client.shutdownOutput();
            assertThat(peer.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("ping");
            peer.getOutputStream().write("pong".getBytes(UTF_8));
            peer.shutdownOutput();
            assertThat(client.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("pong");
        }
        try (Socket client = connect(relay.address());
                Socket peer = patient(server.accept())) {
            peer.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            client.getOutputStream().write('x');
            assertThat(peer.getInputStream().read()).isEqualTo('x');
        }
    }

    @Test
    void aResetArrivesAsOne() throws Exception {
        try (Socket client = connect(relay.address());
                Socket peer = patient(server.accept())) {
            client.getOutputStream().write('x');
            assertThat(peer.getInputStream().read()).isEqualTo('x');
            reset(client);
            assertReset(peer);
        }
        try (Socket client = connect(relay.address());
                Socket peer = patient(server.accept())) {
            reset(peer);
            assertReset(client);
        }
    }

    @Test
    void muchIsHeldUpAndNotLost() throws Exception {
        byte[] much = new byte[MUCH];
        new Random(1).nextBytes(much);
        try (Socket client = connect(relay.address());
                Socket peer = patient(server.accept())) {
            for (Socket[] way : new Socket[][] {{client, peer}, {peer, client}}) {
                CompletableFuture<Void> writer = CompletableFuture.runAsync(
                        () -> {
                            try {
                                way[0].getOutputStream().write(much);
                                way[0].shutdownOutput();
                            } catch (IOException e) {
                                throw new java.io.UncheckedIOException(e);
                            }
                        },
                        work -> new Thread(work).start());
                assertThat(way[1].getInputStream().readAllBytes()).isEqualTo(much);
                writer.get(LocalAgent.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void whereTheServerRefusesTheClientMeetsAReset() throws Exception {
        server.close();
        try (Socket client = connect(relay.address())) {
            assertReset(client);
        }
    }

    @Test
    void closingItResetsWhatIsOpenAndRefuses() throws Exception {
        try (Socket client = connect(relay.address());
                Socket peer = patient(server.accept())) {
            client.getOutputStream().write('x');
            assertThat(peer.getInputStream().read()).isEqualTo('x');
            SocketAddress address = relay.address();
            relay.close();
            relay.close();
            assertReset(client);
            assertReset(peer);
            assertThat(relay.address()).isEqualTo(address);
            assertThatThrownBy(() -> connect(address)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void withTheConnectionToTheAgentAllOfItEnds() throws Exception {
        try (Socket client = connect(relay.address());
                Socket peer = patient(server.accept())) {
            client.getOutputStream().write('x');
            assertThat(peer.getInputStream().read()).isEqualTo('x');
            agent.client().close();
            assertReset(peer);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void messagesKeepTheirBoundsAndTheirSenders() throws Exception {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (DatagramSocket echo = new DatagramSocket(new InetSocketAddress(loopback, 0));
                Relay way = agent.client().relay(Transport.UDP, echo.getLocalSocketAddress());
                DatagramSocket one = new DatagramSocket(new InetSocketAddress(loopback, 0));
                DatagramSocket other = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
            for (DatagramSocket socket : new DatagramSocket[] {echo, one, other}) {
                socket.setSoTimeout((int) LocalAgent.PATIENCE.toMillis());
            }
            for (int length : new int[] {1, 0, 1400, 65_507}) {
                for (DatagramSocket client : new DatagramSocket[] {one, other}) {
                    client.send(new DatagramPacket(new byte[length], length, way.address()));
                    DatagramPacket there = new DatagramPacket(new byte[65_536], 65_536);
                    echo.receive(there);
                    assertThat(there.getLength()).isEqualTo(length);
                    echo.send(new DatagramPacket(new byte[length], length, there.getSocketAddress()));
                    DatagramPacket back = new DatagramPacket(new byte[65_536], 65_536);
                    client.receive(back);
                    assertThat(back.getLength()).isEqualTo(length);
                    assertThat(back.getSocketAddress()).isEqualTo(way.address());
                }
            }
        }
    }
}
