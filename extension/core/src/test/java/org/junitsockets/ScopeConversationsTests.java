package org.junitsockets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junitsockets.raw.RawServers;
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

    private Object connect(Class<?> type, InetSocketAddress address, ServerSpec spec) {
        return scope.connect(type, address, spec).socket();
    }

    private List<String> labels() {
        return scope.conversations().stream().map(Conversation::label).toList();
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
        assertThat(labels())
                .containsExactly(
                        "connection 1 of server 'a' (declared here)",
                        "connection 2 of server 'a' (declared here)",
                        "connection 1 of server 'b' (declared here)",
                        "connection 2 of server 'b' (declared here)",
                        "client 5 of server 'b' (declared here)");
        assertThat(scope.notRecorded()).isEmpty();
    }

    @Test
    void ofSomebodyElsesServerTheClients() {
        Server server = outer.open(spec("a"));
        connect(SocketConnection.class, server.address(), server.spec());
        connect(Socket.class, server.address(), server.spec());
        assertThat(labels())
                .containsExactly("client 1 of server 'a' (declared here)", "client 2 of server 'a' (declared here)");
        assertThat(outer.conversations()).hasSize(2);
    }

    @Test
    void ofAServerThatWasClosedTooAndAfterTheEnd() {
        Server server = scope.open(spec("a"));
        connect(Socket.class, server.address(), server.spec());
        server.accept();
        server.close();
        assertThat(labels()).containsExactly("connection 1 of server 'a' (declared here)");
        scope.close(Outcome.PASSED);
        assertThat(labels()).containsExactly("connection 1 of server 'a' (declared here)");
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
        assertThat(scope.notRecorded())
                .containsExactly(
                        "SocketChannel client 4 of server 'c' (declared here)",
                        "AsynchronousSocketChannel client 6 of server 'd' (declared here)",
                        "ServerSocketChannel of server 'e' (declared here)");
    }

    @Test
    void whatNobodyHasReadIsTakenInBeforeTheVerdict() throws IOException {
        RawServers.RawServer raw = scope.openRaw(ServerSocket.class, spec("a"));
        Socket client = (Socket) connect(Socket.class, raw.address(), raw.spec());
        try (Closeable ended = ((ServerSocket) raw.socket()).accept()) {
            Raw.write((Socket) ended, "unread");
            Background.await("it to arrive", () -> available(client) == 6);
            scope.close(Outcome.PASSED);
        }
        assertThat(client.isClosed()).isTrue();
        assertThat(labels()).containsExactly("connection 1 of server 'a' (declared here)");
    }

    private static int available(Socket socket) {
        try {
            return socket.getInputStream().available();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
