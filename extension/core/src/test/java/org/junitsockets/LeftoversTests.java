package org.junitsockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junitsockets.server.Server;
import org.junitsockets.spec.Declaration;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.testing.Background;
import org.junitsockets.testing.Raw;
import org.junitsockets.verdict.Outcome;
import org.junitsockets.verdict.Scope;
import org.junitsockets.verdict.ScopedClients;
import org.junitsockets.work.Workers;

/** What is left behind after servers and connections of all kinds: no thread at work, no descriptor. */
@Isolated("it counts the threads and descriptors of the whole JVM")
class LeftoversTests {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** The selector pool keeps up to 32, of two descriptors and more each; beyond that it is a leak. */
    private static final int KEPT = 32 * 3;

    private static long descriptors() throws Exception {
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.count();
        }
    }

    private static void awaitNobodyAtWork() {
        Background.await("the pool to be idle", () -> Workers.running() == 0);
    }

    @Test
    void serversLeaveNothingBehind() throws Exception {
        assumeThat(DESCRIPTORS).isDirectory();
        awaitNobodyAtWork();
        long before = descriptors();
        for (int i = 0; i < 300; i++) {
            int way = i % 5;
            SocketServer server = SocketServer.builder()
                    .deadline(way == 3 ? Duration.ofMillis(20) : Duration.ofSeconds(20))
                    .start();
            server.onConnection(peer -> {
                peer.readAvailable(); // or a reset could meet the client's connect
                switch (way) {
                    case 0 -> peer.rst();
                    case 1 -> peer.fin();
                    case 2 -> peer.holdOpen();
                    case 3 -> peer.expectLine("never");
                    default -> {} // returns
                }
            });
            Socket client = Raw.connect(server);
            Raw.write(client, "x");
            Socket queued = Raw.connect(server);
            if (i % 2 == 0) {
                server.stop();
            }
            if (way == 3) {
                assertThatThrownBy(server::close).isInstanceOf(AssertionError.class);
            } else {
                closeWhateverTheVerdict(server);
            }
            client.close();
            queued.close();
        }
        awaitNobodyAtWork();
        assertThat(descriptors()).isLessThan(before + KEPT);
    }

    /** Of the two connections one is a stray, if it came before the script's end. */
    private static void closeWhateverTheVerdict(SocketServer server) {
        try {
            server.close();
        } catch (AssertionError e) {
            assertThat(e)
                    .hasMessageMatching("(?s).*(was made before the last script ended|already ended here by stop).*");
        }
    }

    @Test
    void scopesLeaveNothingBehind() throws Exception {
        assumeThat(DESCRIPTORS).isDirectory();
        awaitNobodyAtWork();
        long before = descriptors();
        Settings settings = Settings.from(name -> null);
        ServerSpec spec = new ServerSpec(
                "", Transport.TCP, new Echo(), 50, 0, 0, Duration.ofSeconds(5), new Declaration("declared here"));
        for (int i = 0; i < 100; i++) {
            Scope scope = new Scope(settings, List.of());
            Server server = scope.open(spec);
            for (Class<?> type : List.of(
                    Socket.class, SocketChannel.class, AsynchronousSocketChannel.class, SocketConnection.class)) {
                scope.connect(type, server.address(), spec);
            }
            for (Class<?> type :
                    List.of(ServerSocket.class, ServerSocketChannel.class, AsynchronousServerSocketChannel.class)) {
                scope.openRaw(type, spec);
            }
            ScopedClients.open(scope, Duration.ofSeconds(5)).connect(server.address(), 2);
            scope.add(org.junitsockets.deadend.DeadEnds.refused(Transport.TCP));
            scope.add(org.junitsockets.deadend.DeadEnds.occupied(Transport.TCP));
            scope.close(i % 2 == 0 ? Outcome.PASSED : Outcome.ABORTED);
        }
        try (DeadEnd unresponsive = DeadEnd.unresponsive(Transport.TCP);
                SocketPair pair = SocketPair.open(Transport.TCP)) {
            pair.client().write("x");
            assertThat(unresponsive.address().getPort()).isPositive();
        }
        awaitNobodyAtWork();
        assertThat(descriptors()).isLessThan(before + KEPT);
    }

    @Test
    void clientsLeaveNothingBehind() throws Exception {
        assumeThat(DESCRIPTORS).isDirectory();
        awaitNobodyAtWork();
        long before = descriptors();
        try (SocketServer server = SocketServer.builder().handler(new Echo()).start()) {
            for (int i = 0; i < 20; i++) {
                boolean failing = i % 4 == 0;
                try (SocketClients clients = SocketClients.open().deadline(Duration.ofMillis(failing ? 20 : 5000))) {
                    clients.connect(server.address(), 3);
                    if (failing) {
                        assertThatThrownBy(() -> clients.run(server.address(), 5, SocketConnection::readLine))
                                .isInstanceOf(AssertionError.class);
                    } else {
                        clients.run(
                                server.address(), 5, client -> client.write("x").expect("x"));
                    }
                }
            }
        }
        awaitNobodyAtWork();
        assertThat(descriptors()).isLessThan(before + KEPT);
    }
}
