package org.junitsockets;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junitsockets.testing.Background;
import org.junitsockets.testing.OnEachTransport;
import org.junitsockets.testing.Raw;

/** The thread that takes connections serves the first one itself: what that is at must not matter to the others. */
class SeveralConnectionsTests {

    private static SocketServer echo(Transport transport) {
        Raw.assumeAvailable(transport);
        return SocketServer.builder().transport(transport).handler(new Echo()).start();
    }

    private static void assertEchoes(Socket client, String text) throws Exception {
        Raw.write(client, text);
        assertThat(Raw.read(client, text.length())).isEqualTo(text);
    }

    @OnEachTransport
    void allAreServedWhileTheFirstOneIsIdle(Transport transport) throws Exception {
        try (SocketServer server = echo(transport);
                Socket first = Raw.connect(server)) {
            assertEchoes(first, "first");
            List<Socket> more = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Socket client = Raw.connect(server);
                more.add(client);
                assertEchoes(client, "client " + i);
            }
            assertEchoes(first, "first again");
            assertThat(server.connectionCount()).isEqualTo(21);
            for (Socket client : more) {
                client.close();
            }
        }
    }

    @OnEachTransport
    void oneIsServedWhileTheFirstOnesHandlerWaitsForItElsewhere(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        for (int i = 0; i < 20; i++) {
            CountDownLatch second = new CountDownLatch(1);
            SocketServer server = SocketServer.builder()
                    .transport(transport)
                    .handler(peer -> {
                        if (peer.number() == 1) {
                            assertThat(second.await(5, TimeUnit.SECONDS)).isTrue();
                        } else {
                            second.countDown();
                        }
                        peer.write("done\n");
                    })
                    .start();
            try (server;
                    Socket one = Raw.connect(server);
                    Socket other = Raw.connect(server)) {
                assertThat(Raw.readToEnd(other)).isEqualTo("done\n");
                assertThat(Raw.readToEnd(one)).isEqualTo("done\n");
            }
        }
    }

    /** As a proxy may, that is asked for itself. */
    @OnEachTransport
    void oneIsServedWhileTheFirstOnesHandlerIsItsClient(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        try (SocketServer server = SocketServer.builder()
                .transport(transport)
                .handler(peer -> peer.write(peer.number() + "\n"))
                .start()) {
            server.onConnection(peer -> {
                try (Socket own = Raw.connect(server)) {
                    peer.write("second says " + Raw.readToEnd(own));
                }
            });
            try (Socket client = Raw.connect(server)) {
                assertThat(Raw.readToEnd(client)).isEqualTo("second says 2\n");
            }
        }
    }

    @OnEachTransport
    void pausingAndResumingCountsWhileTheFirstOneIsIdle(Transport transport) throws Exception {
        try (SocketServer server = echo(transport);
                Socket first = Raw.connect(server)) {
            assertEchoes(first, "first");
            server.pauseAccepting();
            try (Socket second = Raw.connect(server)) {
                Raw.write(second, "second");
                assertEchoes(first, "first again");
                assertThat(server.connectionCount()).isEqualTo(1);
                server.resumeAccepting();
                assertThat(Raw.read(second, 6)).isEqualTo("second");
            }
        }
    }

    @OnEachTransport
    void aRestartCountsWhileTheFirstOneIsKept(Transport transport) throws Exception {
        try (SocketServer server = echo(transport);
                Socket first = Raw.connect(server)) {
            for (int i = 0; i < 3; i++) {
                assertEchoes(first, "first");
                server.stop(Ending.NONE);
                assertEchoes(first, "first, on its own");
                server.start();
                try (Socket next = Raw.connect(server)) {
                    assertEchoes(next, "next");
                }
            }
        }
    }

    @OnEachTransport
    void scriptsThatAreGivenLaterAreServedWhileTheFirstOneWaits(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        try (SocketServer server = SocketServer.builder().transport(transport).start()) {
            server.onConnection(peer -> peer.expectLine("first").expectEnd());
            try (Socket first = Raw.connect(server)) {
                server.awaitConnections(1);
                server.onConnection(peer -> peer.expectLine("second").write("2").expectEnd());
                try (Socket second = Raw.connect(server)) {
                    Raw.write(second, "second\n");
                    assertThat(Raw.read(second, 1)).isEqualTo("2");
                }
                Raw.write(first, "first\n");
            }
        }
    }

    /** It waits at the listener, under whose lock that is closed, and takes the others' connections there. */
    @OnEachTransport
    void aScriptThatWaitsForItsOwnServerDoesNotHoldUpAStop(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        for (int i = 0; i < 150; i++) {
            try (SocketServer server =
                    SocketServer.builder().transport(transport).start()) {
                server.onConnection(peer -> {
                    server.checkpoint("begun").assertReached("go");
                    peer.write("done");
                });
                try (Socket one = Raw.connect(server)) {
                    server.assertReached("begun");
                    int micros = i % 50;
                    Background<Boolean> stopping = Background.run(() -> {
                        try (Socket other = Raw.connect(server)) {
                            spin(micros);
                            server.stop(Ending.NONE);
                            assertThat(other.isConnected()).isTrue();
                        }
                    });
                    stopping.get();
                    server.onEachConnection(new Echo()).start();
                    server.checkpoint("go");
                    assertThat(Raw.readToEnd(one)).isEqualTo("done");
                }
            } catch (AssertionError e) {
                // the other one, if it was taken, was not foreseen
                assertThat(e).hasMessageContaining("connection 2 was made before the last script ended");
            }
        }
    }

    private static void spin(int micros) {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < micros * 1_000L) {
            Thread.onSpinWait();
        }
    }

    @OnEachTransport
    void manyAtOnceAreAllServed(Transport transport) throws Exception {
        try (SocketServer server = echo(transport);
                SocketClients clients = SocketClients.open()) {
            for (int i = 0; i < 10; i++) {
                clients.deadline(Duration.ofSeconds(10))
                        .run(
                                server.socketAddress(),
                                20,
                                client -> client.write("one\n").expectLine("one"));
            }
            assertThat(server.connectionCount()).isEqualTo(200);
        }
    }
}
