package org.junitsockets.certificates;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsockets.Echo;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.Tls;
import org.junitsockets.TlsStall;
import org.junitsockets.Transcript;
import org.junitsockets.Transcript.Kind;

/** How connections over TLS end where the end meets something that is not done. */
class TlsEndsTests {

    private static final int SMALL = 20_000;

    private final Tls tls = Tls.builder().protocols("TLSv1.3").create();

    /** A socket that can be reset, and what speaks TLS over it. */
    private SSLSocket over(Socket under, SocketServer server) throws Exception {
        under.setReceiveBufferSize(SMALL);
        under.connect(server.address(), 10_000);
        under.setSoTimeout(10_000);
        return (SSLSocket)
                tls.clientContext().getSocketFactory().createSocket(under, "127.0.0.1", server.port(), false);
    }

    private static void reset(Socket socket) throws Exception {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** The deadline is for what nobody reads; the handshake has another one. */
    private static void writeUntilItIsFull(SocketConnection peer) {
        peer.deadline(Duration.ofSeconds(60)).tls();
        peer.deadline(Duration.ofSeconds(1));
        assertThatThrownBy(() -> {
                    while (true) {
                        peer.write(new byte[8000]);
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the other side took 8000 of 8000 bytes within");
    }

    /** Nobody reads meanwhile, who might be told of it first. */
    @Test
    void aResetThatMeetsTheRestOfAWriteIsTheEndOfAHandlersClient() throws Exception {
        CountDownLatch full = new CountDownLatch(1);
        CountDownLatch returned = new CountDownLatch(1);
        try (SocketServer server = SocketServer.builder()
                        .tls(tls)
                        .sendBuffer(SMALL)
                        .handler(peer -> {
                            writeUntilItIsFull(peer);
                            full.countDown();
                            try {
                                peer.deadline(Duration.ofSeconds(60)).write("");
                            } finally {
                                returned.countDown();
                            }
                        })
                        .start();
                Socket under = new Socket()) {
            over(under, server).startHandshake();
            assertThat(full.await(10, TimeUnit.SECONDS)).isTrue();
            reset(under);
            assertThat(returned.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatWasWrittenArrivesAndEndsInOrderThoughTheOtherSideHasEndedItsOutput() {
        try (SocketServer server =
                        SocketServer.builder().tls(tls).sendBuffer(SMALL).start();
                SocketClients clients = SocketClients.open().tls(tls).receiveBuffer(SMALL)) {
            SocketConnection client = clients.connect(server.address());
            SocketConnection peer = server.accept();
            client.write("x").shutdownOutput();
            peer.expectToEnd("x");
            writeUntilItIsFull(peer);
            peer.deadline(Duration.ofSeconds(60)).fin();
            assertThat(client.readToEnd()).hasSameSizeAs(peer.transcript().sent());
        }
    }

    @Test
    void aHandlerThatWritesToWhoMakesNoHandshakeWaitsInInputAndOutput() {
        CountDownLatch served = new CountDownLatch(1);
        SocketServer server = SocketServer.builder()
                .tls(tls)
                .deadline(Duration.ofSeconds(60))
                .handler(peer -> {
                    served.countDown();
                    peer.write("banner");
                })
                .start();
        assertTimeout(
                Duration.ofSeconds(30),
                () -> { // and not as long as the handler would wait
                    try (Socket client = new Socket()) {
                        client.connect(server.address(), 10_000);
                        assertThat(served.await(10, TimeUnit.SECONDS)).isTrue();
                        server.close();
                    }
                });
    }

    @Test
    void whoLeavesWithoutCloseNotifyGivesUpWhatIsSentSlowly() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        try (Socket under = new Socket()) {
            try (SocketServer server = SocketServer.builder().tls(tls).start()) {
                server.onConnection(peer -> {
                    peer.expect("x");
                    slow.countDown();
                    peer.writeSlowly("ab", Duration.ofSeconds(60));
                });
                SSLSocket client = over(under, server);
                client.getOutputStream().write('x');
                assertThat(slow.await(10, TimeUnit.SECONDS)).isTrue();
                assertThat(client.getInputStream().read()).isEqualTo('a');
                under.shutdownOutput();
            }
        }
    }

    /** Its ClientHello and its FIN have been seen before anybody knew that it spoke TLS. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void aServerThatFallsSilentIsLeftAlsoByWhoWasGoneBeforeTlsBegan(TlsStall stall) throws Exception {
        Tls silent = Tls.builder().stall(stall).create();
        try (SocketServer server = SocketServer.builder().start()) {
            server.onConnection(peer -> {
                peer.holdOpen();
                peer.startTls(silent);
                assertThat(peer.transcript().entries())
                        .extracting(Transcript.Entry::kind)
                        .containsSubsequence(Kind.FIN_RECEIVED, Kind.TLS_STARTED, Kind.TLS_STALLED);
            });
            try (Socket client = new Socket(server.address().getAddress(), server.port())) {
                client.getOutputStream().write(clientHello());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"expectEndOrReset()", "holdOpen()", "awaitInput()"})
    void whoSpeaksNoTlsHasNotEndedTheConnection(String call) {
        SocketServer server = SocketServer.builder().tls(tls).start();
        assertThatThrownBy(() -> {
                    try (server;
                            Socket client = new Socket()) {
                        server.onConnection(peer -> {
                            switch (call) {
                                case "expectEndOrReset()" -> peer.expectEndOrReset();
                                case "holdOpen()" -> peer.holdOpen();
                                default -> peer.awaitInput();
                            }
                        });
                        client.connect(server.address(), 10_000);
                        client.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
                        client.setSoTimeout(10_000);
                        assertThat(client.getInputStream().readAllBytes())
                                .as("an alert")
                                .hasSize(7);
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(call + ": Unrecognized SSL message, plaintext connection?");
    }

    @Test
    void nothingCanBeWrittenToWhoHasMadeNoHandshake() throws Exception {
        BlockingQueue<Boolean> couldWrite = new ArrayBlockingQueue<>(1);
        try (SocketServer server = SocketServer.builder()
                        .tls(tls)
                        .handler(peer -> couldWrite.add(peer.awaitOutput()))
                        .start();
                Socket silent = new Socket(server.address().getAddress(), server.port())) {
            server.awaitConnections(1);
            assertThat(silent.isConnected()).isTrue();
        }
        assertThat(couldWrite.poll(10, TimeUnit.SECONDS)).isFalse();
    }

    private byte[] clientHello() throws Exception {
        ByteBuffer hello = ByteBuffer.allocate(64 * 1024);
        tls.clientEngine("localhost", 1).wrap(ByteBuffer.allocate(0), hello);
        return Arrays.copyOf(hello.array(), hello.position());
    }

    /** Whatever comes in place of a ClientHello is answered by an end, and is the failure of nobody. */
    @Test
    void aClientHelloThatWasTamperedWithEndsTheConnectionAndNothingElse() throws Exception {
        byte[] good = clientHello();
        Random random = new Random(5);
        try (SocketServer server =
                SocketServer.builder().tls(tls).handler(new Echo()).start()) {
            for (int i = 0; i < 300; i++) {
                byte[] tampered = Arrays.copyOf(good, good.length - random.nextInt(2) * random.nextInt(good.length));
                for (int changes = 1 + random.nextInt(8); changes > 0 && tampered.length > 0; changes--) {
                    tampered[random.nextInt(tampered.length)] = (byte) random.nextInt();
                }
                try (Socket client = new Socket(server.address().getAddress(), server.port())) {
                    client.setSoTimeout(10_000);
                    client.getOutputStream().write(tampered);
                    client.shutdownOutput();
                    try {
                        client.getInputStream().readAllBytes();
                    } catch (SocketException e) {
                        // a reset is an end too, of who has not read all; a time-out is none
                    }
                }
            }
            assertThat(server.connectionCount()).isEqualTo(300);
        }
    }
}
