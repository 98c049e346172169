package org.junitsockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import org.junitsockets.testing.Background;
import org.junitsockets.testing.OnEachInternetTransport;
import org.junitsockets.testing.OnEachTransport;
import org.junitsockets.testing.OnEachTransportWithReset;
import org.junitsockets.testing.Raw;

class StopStartTests {

    private static SocketServer.Builder on(Transport transport) {
        Raw.assumeAvailable(transport);
        return SocketServer.builder().transport(transport);
    }

    private static String echo(Socket client, String text) throws Exception {
        Raw.write(client, text);
        return Raw.read(client, text.length());
    }

    @OnEachTransport
    void whileItIsDownConnectsAreRefusedAndAfterwardsServedAtTheSameAddress(Transport transport) throws Exception {
        try (SocketServer server = on(transport).handler(new Echo()).start()) {
            for (int cycle = 0; cycle < 50; cycle++) {
                try (Socket client = Raw.connect(server)) {
                    assertThat(echo(client, "up")).isEqualTo("up");
                    server.stop();
                    server.stop();
                    Raw.assertEnd(client);
                }
                for (int i = 0; i < 3; i++) {
                    assertThatThrownBy(() -> Raw.connect(server))
                            .isInstanceOf(ConnectException.class)
                            .hasMessageContaining("Connection refused");
                }
                server.start();
                server.start();
            }
            assertThat(server.connectionCount()).isEqualTo(50);
        }
    }

    @OnEachInternetTransport
    void nobodyElseCanBindThePortUpOrDown(Transport transport) throws Exception {
        try (SocketServer server = on(transport).start()) {
            assertTaken(server);
            server.stop();
            assertTaken(server);
            server.start();
            assertTaken(server);
        }
    }

    private static void assertTaken(SocketServer server) throws Exception {
        for (boolean reuse : new boolean[] {true, false}) {
            try (ServerSocket other = new ServerSocket()) {
                other.setReuseAddress(reuse);
                assertThatThrownBy(() -> other.bind(server.socketAddress()))
                        .as("SO_REUSEADDR %s", reuse)
                        .isInstanceOf(BindException.class);
            }
        }
    }

    @OnEachTransportWithReset
    void connectionsThatNobodyHasTakenAreReset(Transport transport) throws Exception {
        try (SocketServer server = on(transport).start();
                Socket queued = Raw.connect(server)) {
            server.pauseAccepting();
            try (Socket inSystem = Raw.connect(server)) {
                server.stop(Ending.NONE);
                Raw.assertReset(queued);
                Raw.assertReset(inSystem);
            }
        }
    }

    @OnEachTransportWithReset
    void openConnectionsEndAsAskedFor(Transport transport) throws Exception {
        try (SocketServer server = on(transport).handler(new Echo()).start()) {
            try (Socket client = Raw.connect(server)) {
                assertThat(echo(client, "a")).isEqualTo("a");
                server.stop(Ending.RST);
                Raw.assertReset(client);
                server.start();
            }
            try (SocketChannel client = SocketChannel.open(server.socketAddress())) {
                assertThat(echo(client.socket(), "b")).isEqualTo("b");
                server.stop(Ending.FIN);
                Raw.assertEnd(client.socket());
                server.start();
            }
            try (Socket client = Raw.connect(server)) {
                assertThat(echo(client, "c")).isEqualTo("c");
                server.stop(Ending.NONE);
                assertThat(echo(client, "still")).isEqualTo("still");
                server.start();
                assertThat(echo(client, "there")).isEqualTo("there");
            }
        }
    }

    @OnEachTransport
    void aScriptGivenWhileItIsDownWaitsForTheStart(Transport transport) throws Exception {
        try (SocketServer server = on(transport).start()) {
            server.stop();
            server.onConnection(peer -> peer.write("back"));
            server.start();
            try (Socket client = Raw.connect(server)) {
                assertThat(Raw.readToEnd(client)).isEqualTo("back");
            }
        }
    }

    @OnEachTransport
    void aCallerOfAcceptWaitsThroughARestart(Transport transport) throws Exception {
        try (SocketServer server = on(transport).start()) {
            Background<SocketConnection> accepting = Background.call(server::accept);
            server.stop();
            Background.await("it to wait", () -> accepting.thread().getState() == Thread.State.TIMED_WAITING);
            server.start();
            try (Socket client = Raw.connect(server)) {
                assertThat(accepting.get().remoteAddress()).isEqualTo(client.getLocalSocketAddress());
            }
        }
    }

    @OnEachInternetTransport
    void aServerThatIsDownCanBeClosedAndLetsItsPortGo(Transport transport) throws Exception {
        SocketServer server = on(transport).start();
        server.stop();
        server.close();
        try (ServerSocket other = new ServerSocket()) {
            other.bind(server.socketAddress());
        }
    }

    @OnEachInternetTransport
    void itRestartsBesideConnectionsInTimeWait(Transport transport) throws Exception {
        try (SocketServer server = on(transport).handler(peer -> {}).start()) {
            for (int cycle = 0; cycle < 20; cycle++) {
                try (Socket client = Raw.connect(server)) {
                    Raw.assertEnd(client); // it is the server that closes first
                }
                server.stop();
                server.start();
            }
        }
    }
}
