package org.junitsockets.samples.daemon;

import static org.junitsockets.Transport.UNIX;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketClients;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * What can be wrong with a file that one connects to, and what the user is told.
 *
 * <p>Hand-written servers bind in the build's directory, whose path is too long one day, and leave their
 * file behind. What a client makes of such a file is found out by whoever starts it before the daemon.
 */
class PathTests {

    @TempDir
    private Path directory;

    @AutoClose("shutdownNow")
    private final ExecutorService background = Executors.newSingleThreadExecutor();

    /** The file that a daemon has left: nobody is behind it. It takes a daemon that removes it, and starts. */
    @Test
    @WithSocketServer(transport = UNIX)
    void aStaleFileRefuses(SocketServer server) throws IOException {
        server.onConnection(peer -> {
            Daemon.expect(peer, "GET /version");
            Daemon.answer(peer, "28.1");
            peer.expectEnd();
        });

        try (Daemon daemon = Daemon.at(server)) {
            server.stop();
            assertThat(server.path()).exists();
            assertThatThrownBy(() -> daemon.get("/version"))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("Connection refused");

            server.start();
            assertThat(daemon.get("/version")).isEqualTo("28.1");
        }
    }

    /** No daemon has run yet. That is no ConnectException: who tries again after those gives up here. */
    @Test
    void thereIsNoFile() throws IOException {
        try (Daemon daemon = Daemon.at(directory.resolve("daemon.sock"))) {
            assertThatThrownBy(() -> daemon.get("/version"))
                    .isExactlyInstanceOf(SocketException.class)
                    .hasMessageContaining("No such file or directory");
        }
    }

    /** A volume that was mounted before there was anything at its source, for instance. */
    @Test
    void aFileThatIsNoSocketRefuses() throws IOException {
        Path file = Files.writeString(directory.resolve("daemon.sock"), "");
        try (Daemon daemon = Daemon.at(file)) {
            assertThatThrownBy(() -> daemon.get("/version"))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("Connection refused");
        }
    }

    /** Linux has 108 bytes for it. */
    @Test
    void aPathThatIsTooLong() throws IOException {
        try (Daemon daemon = Daemon.at(directory.resolve("d".repeat(108)))) {
            assertThatThrownBy(() -> daemon.get("/version"))
                    .isExactlyInstanceOf(SocketException.class)
                    .hasMessageContaining("Unix domain path too long");
        }
    }

    /**
     * A daemon that is there, and so busy that its queue is full: over TCP that ends by the timeout for
     * connecting. The JDK has none for UNIX, and neither has version 5.6.5 of this client: it waits.
     */
    @Test
    void connectsHoweverLongItTakes(
            @WithSocketServer(transport = UNIX, backlog = 1) SocketServer server,
            @WithSocketClients SocketClients others)
            throws Exception {
        server.onEachConnection(peer -> {
            while (peer.awaitInput()) {
                Daemon.expect(peer, "GET /version");
                Daemon.answer(peer, "28.1");
            }
        });
        server.pauseAccepting();
        others.transport(UNIX).connect(server.socketAddress());
        others.connect(server.socketAddress()); // on Linux a backlog of 1 has room for two

        try (Daemon daemon = Daemon.at(server, Timeout.ofMilliseconds(100), Daemon.PATIENCE)) {
            Future<String> version = background.submit(() -> daemon.get("/version"));
            assertThatThrownBy(() -> version.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

            server.resumeAccepting();
            assertThat(version.get(10, TimeUnit.SECONDS)).isEqualTo("28.1");
        }
    }

    /** Nobody else on this machine gets to the server of a test. */
    @Test
    @WithSocketServer(transport = UNIX)
    void onlyTheOwnerMayEnter(SocketServer server) throws IOException {
        assertThat(Files.getPosixFilePermissions(server.path().getParent()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    /** To connect is to write, and who may write the file's permissions say: not even its owner here, unless that is root. */
    @Test
    @WithSocketServer(transport = UNIX)
    void whoMayNotWriteMayNotConnect(SocketServer server) throws IOException {
        Files.setPosixFilePermissions(server.path(), Set.of());
        if (Files.isWritable(server.path())) { // root may do anything
            SocketChannel.open(server.socketAddress()).close();
            assertThat(server).receivedConnections(1);
            return;
        }
        try (Daemon daemon = Daemon.at(server)) {
            assertThatThrownBy(() -> daemon.get("/version"))
                    .isInstanceOf(BindException.class) // of all exceptions
                    .hasMessageContaining("Permission denied");
        }
        assertThat(server).hasNoConnections();
    }
}
