package org.junitsockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junitsockets.raw.RawServers;
import org.junitsockets.report.Report;
import org.junitsockets.server.Server;
import org.junitsockets.spec.Declaration;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.testing.Background;
import org.junitsockets.testing.Raw;
import org.junitsockets.transcript.Conversation;
import org.junitsockets.verdict.Outcome;
import org.junitsockets.verdict.Scope;

/** What of a scope's conversations is recorded, and at which end. */
class ScopeConversationsTests {

    private static final Settings SETTINGS = Settings.from(name -> null);

    private final Scope outer = new Scope(SETTINGS, List.of());
    private final Scope scope = new Scope(SETTINGS, List.of(outer));

    @AfterEach
    void end() {
        scope.close(Outcome.ABORTED);
        outer.close(Outcome.ABORTED);
    }

    private static ServerSpec spec(String name) {
        return new ServerSpec(
                name, Transport.TCP, null, 50, 0, 0, Duration.ofSeconds(5), new Declaration("declared here"));
    }

    private Object connect(Class<?> type, SocketAddress address, ServerSpec spec) {
        return scope.connect(type, address, spec).socket();
    }

    /** What is reported of it when its test fails. */
    private Report report() {
        assertThatThrownBy(() -> scope.close(Outcome.FAILED)).isInstanceOf(Error.class);
        return scope.report("test", "failed").orElseThrow();
    }

    private static List<String> labels(Report report) {
        return report.conversations().stream().map(Conversation::label).toList();
    }

    @Test
    void ofAConnectionWithBothEndsHereTheServers() throws Exception {
        Server server = scope.open(spec("a"));
        connect(SocketConnection.class, server.address(), server.spec());
        connect(Socket.class, server.address(), server.spec());
        RawServers.RawServer raw = scope.openRaw(ServerSocket.class, spec("b"));
        connect(Socket.class, raw.address(), raw.spec());
        connect(SocketConnection.class, raw.address(), raw.spec());
        connect(Socket.class, raw.address(), raw.spec());
        try (Socket first = ((ServerSocket) raw.socket()).accept();
                Socket second = ((ServerSocket) raw.socket()).accept()) {
            Raw.write(first, "x");
            Raw.write(second, "y");
        }
        Report report = report();
        assertThat(labels(report))
                .containsExactly(
                        "connection 1 of server 'a' (declared here)",
                        "connection 2 of server 'a' (declared here)",
                        "connection 1 of server 'b' (declared here)",
                        "connection 2 of server 'b' (declared here)",
                        "client 5 of server 'b' (declared here)");
        assertThat(report.remarks()).isEmpty();
    }

    @Test
    void ofAServerAroundItToo() {
        Server server = outer.open(spec("a"));
        connect(SocketConnection.class, server.address(), server.spec());
        connect(Socket.class, server.address(), server.spec());
        assertThat(labels(report()))
                .containsExactly(
                        "connection 1 of server 'a' (declared here)", "connection 2 of server 'a' (declared here)");
    }

    @Test
    void ofAServerThatWasClosedToo() {
        Server server = scope.open(spec("a"));
        connect(Socket.class, server.address(), server.spec());
        server.accept();
        server.close();
        assertThatThrownBy(() -> scope.close(Outcome.FAILED)).isInstanceOf(Error.class);
        assertThat(labels(scope.report("test", "failed").orElseThrow())).hasSize(1);
    }

    @Test
    void channelsAreRecordedAtTheOtherEndOrNotAtAll() {
        Server server = scope.open(spec("a"));
        connect(SocketChannel.class, server.address(), server.spec());
        connect(AsynchronousSocketChannel.class, server.address(), server.spec());
        RawServers.RawServer plain = scope.openRaw(ServerSocket.class, spec("b"));
        connect(SocketChannel.class, plain.address(), plain.spec());
        RawServers.RawServer channel = scope.openRaw(ServerSocketChannel.class, spec("c"));
        connect(SocketChannel.class, channel.address(), channel.spec());
        connect(Socket.class, channel.address(), channel.spec());
        RawServers.RawServer around = outer.openRaw(AsynchronousServerSocketChannel.class, spec("d"));
        connect(AsynchronousSocketChannel.class, around.address(), around.spec());
        scope.openRaw(ServerSocketChannel.class, spec("e"));
        assertThat(report().remarks())
                .containsExactly(
                        "not recorded: SocketChannel client 4 of server 'c' (declared here)",
                        "not recorded: AsynchronousSocketChannel client 6 of server 'd' (declared here)",
                        "not recorded: ServerSocketChannel of server 'e' (declared here)");
    }

    @Test
    void whatNobodyHasReadIsTakenInBeforeTheEnd() throws IOException {
        Server server = scope.open(spec("a"));
        RawServers.RawServer raw = outer.openRaw(ServerSocketChannel.class, spec("b"));
        Socket client = (Socket) connect(Socket.class, raw.address(), raw.spec());
        connect(SocketConnection.class, server.address(), server.spec());
        try (SocketChannel accepted = ((ServerSocketChannel) raw.socket()).accept()) {
            accepted.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            Background.await("it to arrive", () -> available(client) == 3);
            Report report = report();
            assertThat(report.conversations().get(1).transcript().received()).containsExactly(1, 2, 3);
            assertThat(report.conversations().get(1).state()).isEqualTo("open; its end was not observed");
        }
        assertThat(client.isClosed()).isTrue();
    }

    private static int available(Socket socket) {
        try {
            return socket.getInputStream().available();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
