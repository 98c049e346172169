package org.junitsockets.raw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junitsockets.DeadEnd;
import org.junitsockets.Echo;
import org.junitsockets.Transport;
import org.junitsockets.server.Server;
import org.junitsockets.spec.Declaration;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.testing.Background;
import org.junitsockets.testing.Raw;
import org.junitsockets.verdict.Outcome;
import org.junitsockets.verdict.Scope;

/** The JDK's own channels over UNIX, on both sides. */
class RawUnixTests {

    @BeforeEach
    void isAvailable() {
        Raw.assumeAvailable(Transport.UNIX);
    }

    private static ServerSpec spec() {
        return new ServerSpec(
                "db", Transport.UNIX, new Echo(), 1, 0, 0, Duration.ofSeconds(5), new Declaration("declared here"));
    }

    private static RawServers.RawServer open() {
        return RawServers.open(ServerSocketChannel.class, spec(), RawPair.RECORDED);
    }

    private static ServerSocketChannel channel(RawServers.RawServer server) {
        return (ServerSocketChannel) server.socket();
    }

    private static SocketChannel connect(RawServers.RawServer server) {
        return (SocketChannel)
                Clients.connect(SocketChannel.class, 1, Destination.of(server.address(), spec()), RawPair.RECORDED)
                        .socket();
    }

    private static String read(SocketChannel channel) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(100);
        int count = channel.read(read);
        return count < 0 ? "the end" : new String(read.array(), 0, count, UTF_8);
    }

    @Test
    void aServerAcceptsAtItsPathWhichIsGoneAfterwards() throws Exception {
        RawServers.RawServer server = open();
        Path path = ((UnixDomainSocketAddress) server.address()).getPath();
        try (SocketChannel client = SocketChannel.open(server.address());
                SocketChannel accepted = channel(server).accept()) {
            accepted.write(ByteBuffer.wrap("hi".getBytes(UTF_8)));
            assertThat(read(client)).isEqualTo("hi");
            assertThat(channel(server).getLocalAddress()).isEqualTo(server.address());
            assertThat(server).hasToString("ServerSocketChannel at " + path);
            try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                assertThatThrownBy(() -> other.bind(server.address())).isInstanceOf(BindException.class);
            }
        }
        assertThat(path).exists();
        server.close();
        assertThat(Files.exists(path)).isFalse();
        server.close();
    }

    @Test
    void itsPathIsGoneAlsoWhereTheTestHasClosedIt() throws Exception {
        RawServers.RawServer server = open();
        channel(server).close();
        server.close();
        assertThat(((UnixDomainSocketAddress) server.address()).getPath()).doesNotExist();
    }

    @Test
    void aCloseWakesAnAccept() throws Exception {
        RawServers.RawServer server = open();
        Background<Object> accept = Background.call(() -> channel(server).accept());
        Background.await("a thread in accept", () -> accept.thread().getState() == Thread.State.RUNNABLE);
        server.close();
        assertThatThrownBy(accept::get).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void bothEndsKnowTheSameTwoAddressesAndTheClientsPathIsNoFile() throws Exception {
        RawServers.RawServer server = open();
        try (SocketChannel client = connect(server);
                SocketChannel accepted = channel(server).accept()) {
            assertThat(client.isBlocking()).isTrue();
            assertThat(accepted.getRemoteAddress()).isEqualTo(client.getLocalAddress());
            Path own = ((UnixDomainSocketAddress) client.getLocalAddress()).getPath();
            Path servers = ((UnixDomainSocketAddress) server.address()).getPath();
            assertThat(own).doesNotExist();
            assertThat(own.getParent()).isEqualTo(servers.getParent());
        } finally {
            server.close();
        }
    }

    @Test
    void aClientIsConnectedAndClosedWithItsScope() throws Exception {
        Scope scope = new Scope(RawPair.RECORDED, List.of());
        Server server = scope.open(spec());
        SocketChannel client = (SocketChannel) scope.connect(SocketChannel.class, server.socketAddress(), server.spec())
                .socket();
        client.write(ByteBuffer.wrap("x".getBytes(UTF_8)));
        assertThat(read(client)).isEqualTo("x");
        Background<String> reader = Background.call(() -> read(client));
        scope.close(Outcome.PASSED);
        assertThat(client.isOpen()).isFalse();
        try {
            assertThat(reader.get()).isEqualTo("the end");
        } catch (ClosedChannelException e) {
            assertThat(e).isInstanceOfAny(AsynchronousCloseException.class, ClosedChannelException.class);
        }
    }

    @Test
    void aClientOfAFullServerFailsAtOnceAndNamesIt() {
        try (DeadEnd unresponsive = DeadEnd.unresponsive(Transport.UNIX)) {
            assertThatThrownBy(() -> Clients.connect(
                            SocketChannel.class,
                            1,
                            Destination.of(unresponsive.socketAddress(), spec()),
                            RawPair.RECORDED))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("connecting a client to server 'db' (declared here): ");
        }
    }

    @Test
    void aClientThatIsRefusedNamesTheServer() {
        try (DeadEnd refused = DeadEnd.refused(Transport.UNIX)) {
            assertThatThrownBy(() -> Clients.connect(
                            SocketChannel.class, 1, Destination.of(refused.socketAddress(), spec()), RawPair.RECORDED))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("connecting a client to server 'db' (declared here): Connection refused");
        }
    }
}
