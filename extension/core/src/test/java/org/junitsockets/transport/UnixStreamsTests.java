package org.junitsockets.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junitsockets.Transport;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.ListeningEndpoint;

/** UNIX streams as the other side, a channel of the JDK's own, sees them. */
class UnixStreamsTests {

    private static final EndpointOptions DEFAULTS = new EndpointOptions(5, 0, 0);
    private static final int BUFFER = 64 * 1024;

    private final UnixStreams streams = new UnixStreams();

    @BeforeEach
    void available() {
        assumeThat(streams.unavailableBecause(Transport.UNIX)).isEmpty();
        assertThat(streams.transports()).containsExactly(Transport.UNIX);
    }

    private ListeningEndpoint listen() throws Exception {
        return streams.listen(Transport.UNIX, DEFAULTS);
    }

    private static Path pathOf(ListeningEndpoint listener) {
        return ((UnixDomainSocketAddress) listener.localAddress()).getPath();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private static String read(SocketChannel channel, int count) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // to its end
        }
        return new String(buffer.array(), 0, buffer.position(), UTF_8);
    }

    private static String read(ConnectionEndpoint endpoint) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(100);
        int count = Ready.read(endpoint, buffer);
        return count == ConnectionEndpoint.END ? "END" : new String(buffer.array(), 0, count, UTF_8);
    }

    // -- connections -------------------------------------------------------------------------------

    @Test
    void bytesGoBothWaysAndEachDirectionEndsByItself() throws Exception {
        try (ListeningEndpoint listener = listen();
                SocketChannel client = SocketChannel.open(listener.localAddress());
                ConnectionEndpoint server = Ready.accept(listener)) {
            assertThat(listener.accept()).isNull();
            assertThat(server.finishConnect()).isTrue();
            assertThat(server.read(ByteBuffer.allocate(10))).isEqualTo(ConnectionEndpoint.UNAVAILABLE);
            client.write(bytes("ping"));
            assertThat(read(server)).isEqualTo("ping");
            client.shutdownOutput();
            assertThat(read(server)).isEqualTo("END");
            assertThat(server.write(bytes("pong"))).isEqualTo(4);
            assertThat(server.write(ByteBuffer.allocate(0))).isZero();
            server.shutdownOutput();
            assertThat(read(client, 10)).isEqualTo("pong");
            assertThat(server.unsent()).isNegative();
            assertThat(server.sequence()).isZero();
        }
    }

    @Test
    void aClientConnectsToAServerOfAnybody() throws Exception {
        try (ListeningEndpoint unused = listen();
                ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            Path path = pathOf(unused).resolveSibling("somebody's");
            UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
            listener.bind(address);
            try (ConnectionEndpoint client = streams.connect(Transport.UNIX, address, DEFAULTS);
                    SocketChannel server = listener.accept()) {
                assertThat(client.finishConnect()).isTrue();
                assertThat(client.remoteAddress()).isEqualTo(address);
                assertThat(client.write(bytes("ping"))).isEqualTo(4);
                assertThat(read(server, 4)).isEqualTo("ping");
                server.shutdownOutput();
                assertThat(read(client)).isEqualTo("END");
                server.shutdownInput();
                assertThatThrownBy(() -> client.write(bytes("x")))
                        .isInstanceOf(SocketException.class)
                        .hasMessage("Broken pipe");
            } finally {
                Files.delete(path);
            }
        }
    }

    @Test
    void bothEndsKnowTheSameAddressesAndNoFileIsLeft() throws Exception {
        try (ListeningEndpoint listener = listen()) {
            Set<Object> locals = new HashSet<>();
            for (int i = 0; i < 3; i++) {
                try (ConnectionEndpoint client = streams.connect(Transport.UNIX, listener.localAddress(), DEFAULTS);
                        ConnectionEndpoint server = Ready.accept(listener)) {
                    assertThat(client.localAddress()).isEqualTo(server.remoteAddress());
                    assertThat(client.remoteAddress())
                            .isEqualTo(server.localAddress())
                            .isEqualTo(listener.localAddress());
                    assertThat(locals.add(client.localAddress())).isTrue();
                    assertThat(((UnixDomainSocketAddress) client.localAddress()).getPath())
                            .doesNotExist()
                            .hasParentRaw(pathOf(listener).getParent());
                }
            }
            try (SocketChannel stranger = SocketChannel.open(listener.localAddress());
                    ConnectionEndpoint server = Ready.accept(listener)) {
                assertThat(stranger.isConnected()).isTrue();
                assertThat(server.remoteAddress()).isEqualTo(UnixDomainSocketAddress.of(""));
            }
        }
    }

    @Test
    void addressesAreKnownAfterTheClose() throws Exception {
        ListeningEndpoint listener = listen();
        ConnectionEndpoint client = streams.connect(Transport.UNIX, listener.localAddress(), DEFAULTS);
        ConnectionEndpoint server = Ready.accept(listener);
        client.close();
        server.close();
        listener.close();
        assertThat(server.remoteAddress()).isEqualTo(client.localAddress());
        assertThat(pathOf(listener)).doesNotExist();
        assertThatThrownBy(() -> server.read(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> server.write(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
    }

    // -- back-pressure -----------------------------------------------------------------------------

    @Test
    void aWriteTakesWhatFitsAndThenNothingUntilTheOtherSideReads() throws Exception {
        try (ListeningEndpoint listener = listen();
                SocketChannel client = SocketChannel.open(listener.localAddress());
                ConnectionEndpoint server = Ready.accept(listener)) {
            ByteBuffer source = ByteBuffer.allocate(1 << 20);
            int first = server.write(source);
            assertThat(first).isPositive().isEqualTo(source.position());
            int written = first;
            int count = server.write(source);
            while (count != ConnectionEndpoint.UNAVAILABLE) {
                written += count;
                count = server.write(source);
            }
            assertThat(source.position()).isEqualTo(written).isLessThan(1 << 20);
            try (Selector selector = Selector.open()) {
                server.channel().orElseThrow().register(selector, SelectionKey.OP_WRITE);
                assertThat(selector.selectNow()).as("writable though full").isZero();
            }
            ByteBuffer sink = ByteBuffer.allocate(written);
            while (sink.hasRemaining()) {
                client.read(sink);
            }
            Ready.await(server, SelectionKey.OP_WRITE);
            assertThat(server.write(source)).isPositive();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void smallBuffersTakeLess() throws Exception {
        EndpointOptions small = new EndpointOptions(5, 4096, 4096);
        try (ListeningEndpoint listener = streams.listen(Transport.UNIX, small);
                ConnectionEndpoint client = streams.connect(Transport.UNIX, listener.localAddress(), small);
                ConnectionEndpoint server = Ready.accept(listener)) {
            for (ConnectionEndpoint end : new ConnectionEndpoint[] {client, server}) {
                SocketChannel channel = (SocketChannel) end.channel().orElseThrow();
                // socket(7): the kernel doubles what it is told
                assertThat(channel.getOption(StandardSocketOptions.SO_SNDBUF)).isBetween(4096, 3 * 4096);
                assertThat(channel.getOption(StandardSocketOptions.SO_RCVBUF)).isBetween(2048, 3 * 4096);
                int written = 0;
                int count = end.write(ByteBuffer.allocate(BUFFER));
                while (count != ConnectionEndpoint.UNAVAILABLE) {
                    written += count;
                    count = end.write(ByteBuffer.allocate(BUFFER));
                }
                assertThat(written).isLessThan(BUFFER);
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullBacklogRefusesAtOnce() throws Exception {
        try (ListeningEndpoint listener = streams.listen(Transport.UNIX, new EndpointOptions(1, 0, 0));
                ConnectionEndpoint first = streams.connect(Transport.UNIX, listener.localAddress(), DEFAULTS);
                ConnectionEndpoint second = streams.connect(Transport.UNIX, listener.localAddress(), DEFAULTS)) {
            assertThat(first.localAddress()).isNotEqualTo(second.localAddress());
            assertThatThrownBy(() -> streams.connect(Transport.UNIX, listener.localAddress(), DEFAULTS))
                    .isInstanceOf(SocketException.class)
                    .hasMessage("connecting to " + listener.localAddress() + ": Resource temporarily unavailable");
        }
    }

    // -- the end of a listener ---------------------------------------------------------------------

    @Test
    void whileItIsStoppedConnectsAreRefusedAndThePathIsTaken() throws Exception {
        try (ListeningEndpoint listener = listen()) {
            Path path = pathOf(listener);
            listener.stop();
            assertThat(Files.exists(path, LinkOption.NOFOLLOW_LINKS)).isTrue();
            assertThatThrownBy(() -> SocketChannel.open(listener.localAddress()))
                    .isInstanceOf(ConnectException.class)
                    .hasMessage("Connection refused");
            assertThatThrownBy(() -> streams.connect(Transport.UNIX, listener.localAddress(), DEFAULTS))
                    .isInstanceOf(ConnectException.class)
                    .hasMessage("Connection refused");
            try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                assertThatThrownBy(() -> other.bind(listener.localAddress())).isInstanceOf(BindException.class);
            }
            for (int i = 0; i < 3; i++) {
                listener.start();
                assertThat(pathOf(listener)).isEqualTo(path);
                try (SocketChannel client = SocketChannel.open(listener.localAddress());
                        ConnectionEndpoint server = Ready.accept(listener)) {
                    client.write(bytes("again"));
                    assertThat(read(server)).isEqualTo("again");
                    assertThat(server.localAddress()).isEqualTo(listener.localAddress());
                }
                listener.stop();
            }
        }
    }

    @Test
    void aStartLeavesNoOtherFileAndACloseWhileItIsStoppedNone() throws Exception {
        ListeningEndpoint listener = listen();
        listener.stop();
        listener.start();
        listener.stop();
        Path path = pathOf(listener);
        listener.close();
        assertThat(path).doesNotExist();
    }

    @Test
    void aStartThatFailsLeavesItStopped() throws Exception {
        try (ListeningEndpoint listener = listen()) {
            listener.stop();
            Path path = pathOf(listener);
            Files.delete(path);
            Files.createDirectory(path);
            assertThatThrownBy(listener::start).isInstanceOf(java.io.IOException.class);
            Files.delete(path);
            listener.start();
            try (SocketChannel client = SocketChannel.open(listener.localAddress())) {
                assertThat(client.isConnected()).isTrue();
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whoWasQueuedMeetsAReset() throws Exception {
        for (boolean stop : new boolean[] {true, false}) {
            ListeningEndpoint listener = listen();
            try (SocketChannel queued = SocketChannel.open(listener.localAddress())) {
                if (stop) {
                    listener.stop();
                } else {
                    listener.close();
                }
                assertThatThrownBy(() -> queued.read(ByteBuffer.allocate(1)))
                        .isInstanceOf(SocketException.class)
                        .hasMessage("Connection reset");
            }
            if (stop) {
                listener.close();
            }
        }
    }

    @Test
    void whoWasAcceptedStays() throws Exception {
        ListeningEndpoint listener = listen();
        try (SocketChannel client = SocketChannel.open(listener.localAddress());
                ConnectionEndpoint server = Ready.accept(listener)) {
            listener.stop();
            listener.close();
            client.write(bytes("still"));
            assertThat(read(server)).isEqualTo("still");
        }
    }

    // -- reset -------------------------------------------------------------------------------------

    @Test
    @EnabledOnOs(OS.LINUX)
    void aResetIsMetIfBytesAreUnread() throws Exception {
        try (ListeningEndpoint listener = listen();
                SocketChannel client = SocketChannel.open(listener.localAddress());
                ConnectionEndpoint server = Ready.accept(listener)) {
            client.write(bytes("unread"));
            server.write(bytes("last"));
            assertThat(server.cannotResetBecause()).isEmpty();
            server.reset();
            assertThat(read(client, 4)).isEqualTo("last");
            assertThatThrownBy(() -> client.read(ByteBuffer.allocate(1)))
                    .isInstanceOf(SocketException.class)
                    .hasMessage("Connection reset");
        }
    }

    @Test
    void aResetIsSeenByAnEndpointToo() throws Exception {
        try (ListeningEndpoint listener = listen();
                ConnectionEndpoint client = streams.connect(Transport.UNIX, listener.localAddress(), DEFAULTS);
                ConnectionEndpoint server = Ready.accept(listener)) {
            client.write(bytes("unread"));
            assertThat(server.cannotResetBecause()).isEmpty();
            server.reset();
            assertThatThrownBy(() -> client.write(bytes("x"))).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> client.read(ByteBuffer.allocate(1)))
                    .isInstanceOf(SocketException.class)
                    .hasMessage("Connection reset");
        }
    }

    @Test
    void withoutUnreadBytesItIsRefusedAndTheConnectionGoesOn() throws Exception {
        try (ListeningEndpoint listener = listen();
                SocketChannel client = SocketChannel.open(listener.localAddress());
                ConnectionEndpoint server = Ready.accept(listener)) {
            assertRefused(server, "none");
            client.write(bytes("a"));
            assertRefused(server, "1 byte");
            assertRefused(server, "1 byte");
            client.write(bytes("b"));
            assertRefused(server, "2 bytes, each read ahead by an earlier attempt");
            client.write(bytes("c"));
            ByteBuffer two = ByteBuffer.allocate(2);
            assertThat(server.read(two)).isEqualTo(2);
            assertThat(two.array()).containsExactly('a', 'b');
            assertThat(server.read(ByteBuffer.allocate(0))).isZero();
            assertThat(read(server)).isEqualTo("c");
            client.shutdownOutput();
            assertRefused(server, "the end of its output");
            assertThat(server.write(bytes("open"))).isEqualTo(4);
            assertThat(read(client, 4)).isEqualTo("open");
        }
    }

    /** The one case in which nobody can tell beforehand. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void ofExactlyOneByteBeforeTheEndOfOutputNoResetComes() throws Exception {
        try (ListeningEndpoint listener = listen();
                SocketChannel client = SocketChannel.open(listener.localAddress());
                ConnectionEndpoint server = Ready.accept(listener)) {
            client.write(bytes("x"));
            client.shutdownOutput();
            assertThat(server.cannotResetBecause()).isEmpty();
            server.reset();
            assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    private static void assertRefused(ConnectionEndpoint endpoint, String found) throws IOException {
        assertThat(endpoint.cannotResetBecause())
                .contains("a reset over UNIX needs bytes that the other side has sent and nobody has read: found "
                        + found + " (expected: at least 2 bytes)");
    }
}
