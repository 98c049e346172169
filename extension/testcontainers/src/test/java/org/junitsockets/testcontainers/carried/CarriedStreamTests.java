package org.junitsockets.testcontainers.carried;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junitsockets.Transport;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.ListeningEndpoint;

/** What the endpoints promise, at the peer: a plain socket that connects to the agent's. */
class CarriedStreamTests {

    private static final EndpointOptions DEFAULT = new EndpointOptions(50, 0, 0);

    private LocalAgent agent;
    private ListeningEndpoint listener;

    @BeforeEach
    void listen() throws Exception {
        agent = new LocalAgent();
        listener = agent.client().listen(Transport.TCP, DEFAULT);
    }

    @AfterEach
    void close() throws Exception {
        listener.close();
        agent.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(listener.localAddress());
        socket.setSoTimeout((int) LocalAgent.PATIENCE.toMillis());
        return socket;
    }

    private static void reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }

    private ConnectionEndpoint accept() throws IOException {
        assertThat(listener.poll(OP_ACCEPT, LocalAgent.PATIENCE.toMillis())).isTrue();
        return requireNonNull(listener.accept());
    }

    private static String read(ConnectionEndpoint endpoint) throws IOException {
        assertThat(endpoint.poll(OP_READ, LocalAgent.PATIENCE.toMillis())).isTrue();
        ByteBuffer buffer = ByteBuffer.allocate(1024);
        int count = endpoint.read(buffer);
        return count < 0 ? String.valueOf(count) : new String(buffer.array(), 0, count, UTF_8);
    }

    @Test
    void bytesAndEndsGoBothWays() throws Exception {
        try (Socket client = connect();
                ConnectionEndpoint peer = accept()) {
            assertThat(peer.remoteAddress()).isEqualTo(client.getLocalSocketAddress());
            assertThat(peer.localAddress()).isEqualTo(client.getRemoteSocketAddress());
            assertThat(peer.read(ByteBuffer.allocate(1))).isEqualTo(ConnectionEndpoint.UNAVAILABLE);
            client.getOutputStream().write("ping".getBytes(UTF_8));
            assertThat(read(peer)).isEqualTo("ping");
            client.shutdownOutput();
            assertThat(read(peer)).isEqualTo("-1");
            assertThat(read(peer)).isEqualTo("-1");
            assertThat(peer.write(ByteBuffer.wrap("pong".getBytes(UTF_8)))).isEqualTo(4);
            peer.shutdownOutput();
            assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("pong");
            assertThatThrownBy(() -> peer.write(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
        }
    }

    @Test
    void aResetIsAResetBothWays() throws Exception {
        try (Socket client = connect();
                ConnectionEndpoint peer = accept()) {
            peer.reset();
            assertThatThrownBy(() -> client.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessage("Connection reset");
        }
        try (Socket client = connect();
                ConnectionEndpoint peer = accept()) {
            client.getOutputStream().write("x".getBytes(UTF_8));
            reset(client);
            assertThat(read(peer)).isEqualTo("x");
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> read(peer))
                        .isInstanceOf(SocketException.class)
                        .hasMessage("Connection reset");
            }
            assertThatThrownBy(() -> peer.write(ByteBuffer.allocate(1)))
                    .isInstanceOf(SocketException.class)
                    .hasMessage("Connection reset");
        }
    }

    @Test
    void afterASettleThereIsWhatWasThere() throws Exception {
        for (int i = 0; i < 200; i++) {
            try (Socket client = connect()) {
                listener.settle();
                assertThat(listener.poll(OP_ACCEPT, 0)).isTrue();
                try (ConnectionEndpoint peer = requireNonNull(listener.accept())) {
                    assertThat(listener.poll(OP_ACCEPT, 0)).isFalse();
                    assertThat(listener.accept()).isNull();
                    client.getOutputStream().write('x');
                    client.shutdownOutput();
                    listener.settle();
                    assertThat(peer.read(ByteBuffer.allocate(2))).isEqualTo(1);
                    assertThat(peer.read(ByteBuffer.allocate(2))).isEqualTo(ConnectionEndpoint.END);
                }
            }
        }
    }

    @Test
    void whatIsAcceptedComesWithWhatWasSent() throws Exception {
        for (int i = 0; i < 200; i++) {
            try (Socket client = connect()) {
                client.getOutputStream().write('x');
                client.shutdownOutput();
                listener.settle();
                try (ConnectionEndpoint peer = requireNonNull(listener.accept())) {
                    assertThat(peer.read(ByteBuffer.allocate(2))).isEqualTo(1);
                    assertThat(peer.read(ByteBuffer.allocate(2))).isEqualTo(ConnectionEndpoint.END);
                }
            }
        }
    }

    /** The first settles it for all. */
    @Test
    void afterASettleAllThatWereThereAreFound() throws Exception {
        List<Socket> clients = new ArrayList<>();
        List<ConnectionEndpoint> peers = new ArrayList<>();
        try {
            for (int i = 0; i < 30; i++) {
                clients.add(connect());
            }
            listener.settle();
            while (listener.poll(OP_ACCEPT, 0)) {
                peers.add(requireNonNull(listener.accept()));
            }
            assertThat(peers)
                    .extracting(ConnectionEndpoint::remoteAddress)
                    .containsExactlyElementsOf(
                            clients.stream().map(Socket::getLocalSocketAddress).toList());
        } finally {
            for (Socket client : clients) {
                client.close();
            }
            for (ConnectionEndpoint peer : peers) {
                peer.close();
            }
        }
    }

    @Test
    void whileItIsStoppedConnectsAreRefusedAndTheQueueIsReset() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (Socket queued = connect()) {
                listener.stop();
                assertThatThrownBy(() -> queued.getInputStream().read())
                        .isInstanceOf(SocketException.class)
                        .hasMessage("Connection reset");
                assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
                listener.start();
                try (Socket client = connect();
                        ConnectionEndpoint peer = accept()) {
                    assertThat(peer.remoteAddress()).isEqualTo(client.getLocalSocketAddress());
                }
            }
        }
    }
}
