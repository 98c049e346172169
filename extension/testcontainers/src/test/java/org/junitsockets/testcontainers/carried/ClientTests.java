package org.junitsockets.testcontainers.carried;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitsockets.testcontainers.carried.Peer.bytes;
import static org.junitsockets.testcontainers.carried.Peer.frame;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitsockets.Transport;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.ListeningEndpoint;
import org.junitsockets.testcontainers.protocol.Frame;
import org.junitsockets.testcontainers.protocol.Handshake;

/** Whatever an agent, or what is in its place, sends: the test's side fails, says why, and never hangs. */
@SuppressWarnings("AddressSelection") // it is a literal
class ClientTests {

    private static final byte[] ADDRESS = {4, 127, 0, 0, 1, 0, 9};
    private static final EndpointOptions SMALL = new EndpointOptions(5, 1024, 1024);

    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        server.setSoTimeout((int) LocalAgent.PATIENCE.toMillis());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private AgentClient connect(Duration patience) throws IOException {
        return AgentClient.connect(
                (InetSocketAddress) server.getLocalSocketAddress(),
                LocalAgent.SECRET,
                (transport, address) -> address,
                patience);
    }

    interface Agent {
        void serve(Peer peer) throws IOException;
    }

    private CompletableFuture<Void> serving(Agent agent) {
        return CompletableFuture.runAsync(
                () -> {
                    try (Peer peer = new Peer(server.accept())) {
                        agent.serve(peer);
                    } catch (IOException e) {
                        // the client has gone
                    }
                },
                work -> new Thread(work).start());
    }

    // -- who is no agent ------------------------------------------------------------------------------------

    static Stream<Arguments> strangers() {
        byte[] later = new Handshake(LocalAgent.SECRET).hello().array();
        later[5] = 2;
        Agent closes = peer -> {};
        Agent cutsShort = peer -> peer.send((byte) 0x4a, (byte) 0x53);
        Agent isAnother =
                peer -> peer.send("220 mail.example.org ESMTP, which says more than a hello".getBytes(US_ASCII))
                        .read();
        Agent isLater = peer -> peer.send(later).read();
        Agent sendsAway = peer ->
                peer.send(new Handshake(LocalAgent.SECRET).hello().array()).read(Handshake.PROOF);
        Agent isImpostor = peer -> {
            peer.send(new Handshake(LocalAgent.secret(8)).hello().array());
            peer.read(Handshake.PROOF);
            peer.send(new byte[Handshake.ANSWER]).read();
        };
        return Stream.of(
                Arguments.of(closes, "the agent's hello from %s: found 0 bytes and the end (expected: 38)"),
                Arguments.of(cutsShort, "the agent's hello from %s: found 2 bytes and the end (expected: 38)"),
                Arguments.of(isAnother, "the first bytes: found 0x32323020 (expected: 0x4a534b41)"),
                Arguments.of(isLater, "the protocol's version: found 2 (expected: 1)"),
                Arguments.of(sendsAway, "the agent's proof from %s: found 0 bytes and the end (expected: 32)"),
                Arguments.of(
                        isImpostor,
                        "the agent's proof: found one with another secret (expected: one with this session's)"));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void whoIsNoAgentIsFoundOut(Agent stranger, String message) throws Exception {
        CompletableFuture<Void> serving = serving(stranger);
        assertThatThrownBy(() -> connect(LocalAgent.PATIENCE))
                .isInstanceOf(IOException.class)
                .hasMessage(message.replace("%s", String.valueOf(server.getLocalSocketAddress())));
        serving.get(LocalAgent.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** One byte at a time, each of which would be in time by itself. */
    @Test
    void whoIsSlowHasOneDeadlineForAll() throws Exception {
        CompletableFuture<Void> serving = serving(peer -> {
            byte[] hello = new Handshake(LocalAgent.SECRET).hello().array();
            peer.send(hello[0]).send(hello[1]);
            peer.read();
        });
        assertThatThrownBy(() -> connect(Duration.ofMillis(200)))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("\\Qthe agent's hello from " + server.getLocalSocketAddress()
                        + "\\E: found [0-2] bytes in time \\(expected: 38\\)");
        serving.get(LocalAgent.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    // -- an agent that does not keep to the protocol ----------------------------------------------------------

    private static Arguments wrong(String message, byte[]... frames) {
        return Arguments.of(message, frames);
    }

    /** With a listener under 1 and a stream under 3. */
    static Stream<Arguments> whatIsWrong() {
        return Stream.of(
                wrong("the type of a frame: found 0 (expected: one of version 1)", frame(0, 1)),
                wrong(
                        "the length of a frame: found 2147483647 bytes (expected: at most 65600)",
                        bytes(Integer.MAX_VALUE, 1, 1)),
                wrong("a frame of the agent: found LISTEN of 1 (expected: a reply or an event)", frame(1, 1)),
                wrong(
                        "the id of DATA of 99: found one that was never given out (expected: one that was)",
                        frame(16, 99, (byte) 1)),
                wrong("the id of DATA of 0: found one that was never given out (expected: one that was)", frame(16, 0)),
                wrong(
                        "the id of REPLY of 99: found one that was never given out (expected: one that was)",
                        frame(32, 99)),
                wrong("a frame for a listener: found DATA of 1 (expected: ACCEPTABLE)", frame(16, 1, (byte) 1)),
                wrong("the end of ACCEPTABLE of 1: found 1 more bytes (expected: none)", frame(24, 1, (byte) 1)),
                wrong("a frame for a stream: found MESSAGE of 3 (expected: one that streams have)", frame(26, 3)),
                wrong(
                        "data: found 1025 bytes (expected: at most 1024, the credit for it)",
                        frame(16, 3, new byte[1025])),
                wrong(
                        "data of DATA of 3: found some after its end (expected: none)",
                        frame(18, 3),
                        frame(16, 3, new byte[1])),
                wrong(
                        "the credit of WINDOW of 3: found 1048577 (expected: at most 1048576 bytes)",
                        frame(17, 3, bytes((1 << 20) - 1023))),
                wrong(
                        "the kind of a failure in FAILED of 3: found 9 (expected: less than 5)",
                        frame(25, 3, (byte) 1, (byte) 9)),
                wrong("it has ended the session: no reason", frame(33, 0, bytes((byte) 0, "no reason"))),
                wrong("the other side has ended the connection", new byte[0]),
                wrong(
                        "the other side has ended the connection within a frame, of which 8 bytes have come",
                        new byte[8]));
    }

    /** Opens a listener and a stream, and then says that. */
    private static void converse(Peer peer, List<byte[]> frames) throws IOException {
        peer.asAgent(LocalAgent.SECRET);
        answer(peer, ADDRESS);
        peer.send(24, 1);
        answer(peer, bytes((byte) 0, (byte) 1, ADDRESS));
        for (byte[] frame : frames) {
            peer.send(frame);
        }
    }

    private static void answer(Peer peer, byte... payload) throws IOException {
        peer.send(32, peer.receive().payload().getInt(), payload);
    }

    @ParameterizedTest
    @MethodSource("whatIsWrong")
    void everythingFailsAndSaysWhy(String message, byte[][] frames) throws Exception {
        CompletableFuture<Void> serving = serving(peer -> converse(peer, List.of(frames)));
        String all = "the connection to the agent at " + server.getLocalSocketAddress() + " has failed: " + message;
        try (AgentClient client = connect(LocalAgent.PATIENCE)) {
            ListeningEndpoint listener = client.listen(Transport.TCP, SMALL);
            assertThat(listener.poll(OP_ACCEPT, LocalAgent.PATIENCE.toMillis())).isTrue();
            ConnectionEndpoint peer = requireNonNull(listener.accept());
            awaitFailure(client);
            assertThat(client.failure()).get().extracting(Throwable::getMessage).isEqualTo(all);
            assertThat(listener.poll(OP_ACCEPT, LocalAgent.PATIENCE.toMillis())).isTrue();
            assertThat(peer.poll(OP_READ, LocalAgent.PATIENCE.toMillis())).isTrue();
            assertThatThrownBy(listener::accept).isInstanceOf(IOException.class).hasMessage(all);
            assertThatThrownBy(listener::settle).isInstanceOf(IOException.class).hasMessage(all);
            assertThatThrownBy(listener::stop).isInstanceOf(IOException.class).hasMessage(all);
            assertThatThrownBy(() -> client.listen(Transport.UDP, SMALL))
                    .isInstanceOf(IOException.class)
                    .hasMessage(all);
            assertThatThrownBy(() -> peer.write(ByteBuffer.allocate(1)))
                    .isInstanceOf(IOException.class)
                    .hasMessage(all);
            assertThat(peer.unsent()).isNegative();
            assertThat(peer.isWithoutEnd()).isFalse();
            peer.close();
            listener.close();
        }
        serving.get(LocalAgent.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static void awaitFailure(AgentClient client) throws InterruptedException {
        long end = System.nanoTime() + LocalAgent.PATIENCE.toNanos();
        while (client.failure().isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @Test
    void anAgentThatDoesNotAnswerIsGivenUp() throws Exception {
        CompletableFuture<Void> serving = serving(peer -> {
            converse(peer, List.of());
            while (peer.read() >= 0) {
                // and says nothing
            }
        });
        try (AgentClient client = connect(Duration.ofSeconds(3))) {
            ListeningEndpoint listener = client.listen(Transport.TCP, SMALL);
            ConnectionEndpoint peer = requireNonNull(listener.accept());
            CompletableFuture<Boolean> reader = CompletableFuture.supplyAsync(() -> {
                try {
                    return peer.poll(OP_READ, LocalAgent.PATIENCE.toMillis());
                } catch (IOException e) {
                    return false;
                }
            });
            String late = "the agent has not answered FENCE within 3000 ms (expected: at once)";
            assertThatThrownBy(listener::settle).isInstanceOf(IOException.class).hasMessage(late);
            assertThat(reader.get(LocalAgent.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertThatThrownBy(() -> peer.read(ByteBuffer.allocate(1)))
                    .isInstanceOf(IOException.class)
                    .hasMessage(late);
            peer.close();
        }
        serving.get(LocalAgent.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    // -- anything ---------------------------------------------------------------------------------------------

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whateverComesNobodyHangs(int seed) throws Exception {
        Random random = new Random(seed);
        List<byte[]> frames = new ArrayList<>(List.of(
                frame(24, 1),
                frame(16, 3, new byte[700]),
                frame(17, 3, bytes(500)),
                frame(16, 3, new byte[300]),
                frame(25, 3, bytes((byte) 0, (byte) 1, "Broken pipe")),
                frame(18, 3),
                frame(32, 2, new byte[10]),
                frame(33, 5, bytes((byte) 0, "no"))));
        for (int i = random.nextInt(4); i >= 0; i--) {
            Fuzz.mutate(frames, random);
        }
        CompletableFuture<Void> serving = serving(peer -> converse(peer, frames));
        try (AgentClient client = connect(LocalAgent.PATIENCE)) {
            ListeningEndpoint listener = client.listen(Transport.TCP, SMALL);
            ConnectionEndpoint peer = requireNonNull(listener.accept());
            awaitFailure(client);
            assertThat(client.failure()).isPresent();
            int total = 0;
            try {
                for (int count = 1; count > 0; count = peer.read(ByteBuffer.allocate(Frame.MAX_DATA))) {
                    total += count - 1;
                }
            } catch (IOException e) {
                // as it failed
            }
            assertThat(total).isLessThanOrEqualTo(2 * 1024);
            assertThat(listener.poll(OP_ACCEPT, LocalAgent.PATIENCE.toMillis())).isTrue();
            peer.close();
            listener.close();
        }
        serving.get(LocalAgent.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
