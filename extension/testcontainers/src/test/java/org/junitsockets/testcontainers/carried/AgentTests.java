package org.junitsockets.testcontainers.carried;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitsockets.testcontainers.carried.Peer.bytes;
import static org.junitsockets.testcontainers.carried.Peer.frame;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitsockets.testcontainers.agent.Agent;
import org.junitsockets.testcontainers.protocol.Frame;
import org.junitsockets.testcontainers.protocol.Handshake;

/** Whatever is sent to an agent, it neither hangs nor does what it should not. */
class AgentTests {

    private static final byte STREAMS = 0;
    private static final byte DATAGRAMS = 1;

    private Agent agent;
    private InetSocketAddress address;
    private Thread thread;

    @BeforeEach
    void start() throws IOException {
        agent = LocalAgent.agent(LocalAgent.PATIENCE);
        address = agent.address();
        thread = LocalAgent.runQuietly(agent);
    }

    @AfterEach
    void end() throws Exception {
        agent.close();
        thread.join(LocalAgent.PATIENCE.toMillis());
        assertThat(thread.isAlive()).isFalse();
    }

    private void assertEnds() throws InterruptedException {
        thread.join(LocalAgent.PATIENCE.toMillis());
        assertThat(thread.isAlive()).as("the agent goes on").isFalse();
    }

    private void assertSentAway(Peer newcomer) throws IOException {
        assertThat(newcomer.read()).isEqualTo(-1);
    }

    // -- who is no test -----------------------------------------------------------------------------------

    @Test
    void strangersAreSentAwayAndTheTestIsServed() throws Exception {
        byte[] wrongVersion = new byte[Handshake.PROOF];
        wrongVersion[0] = 0x4a;
        wrongVersion[1] = 0x53;
        wrongVersion[2] = 0x4b;
        wrongVersion[3] = 0x41;
        wrongVersion[5] = 2;
        List<byte[]> openings = List.of(
                "GET / HTTP/1.1\r\nHost: example.org\r\nUser-Agent: a program that is no test\r\n\r\n"
                        .getBytes(US_ASCII),
                wrongVersion,
                new Handshake(LocalAgent.secret(8))
                        .proof(new Handshake(LocalAgent.SECRET).hello())
                        .array(),
                new Handshake(LocalAgent.SECRET)
                        .proof(new Handshake(LocalAgent.SECRET).hello())
                        .array());
        for (byte[] opening : openings) {
            try (Peer newcomer = Peer.newcomer(address)) {
                newcomer.read(Handshake.HELLO);
                newcomer.send(opening);
                assertSentAway(newcomer);
            }
        }
        try (Peer test = Peer.test(address, LocalAgent.SECRET)) {
            assertThat(test.send(6, 0, bytes(1)).receive().kind()).isEqualTo(32);
        }
        assertEnds();
    }

    /** Frames that come before the proof are taken for one, and after it they are not lost. */
    @Test
    void noFrameIsTakenBeforeTheProof() throws Exception {
        try (Peer newcomer = Peer.newcomer(address)) {
            newcomer.read(Handshake.HELLO);
            newcomer.send(listen(1, 1, STREAMS)).send(new byte[Handshake.PROOF]);
            assertSentAway(newcomer);
        }
        try (Peer test = Peer.newcomer(address)) {
            Handshake handshake = new Handshake(LocalAgent.SECRET);
            byte[] proof = handshake.proof(test.read(Handshake.HELLO)).array();
            ByteArrayOutputStream together = new ByteArrayOutputStream();
            together.write(proof);
            together.write(frame(6, 0, bytes(1)));
            test.send(together.toByteArray());
            test.read(Handshake.ANSWER);
            assertThat(test.receive().id()).isEqualTo(1);
        }
    }

    @Test
    void whoIsSlowHoldsNobodyUpAndIsSentAway() throws Exception {
        try (Peer slow = Peer.newcomer(address)) {
            slow.read(Handshake.HELLO);
            slow.send((byte) 0x4a);
            assertSentAway(slow); // by the deadline for it
        }
        try (Peer slow = Peer.newcomer(address)) {
            slow.read(Handshake.HELLO);
            slow.send((byte) 0x4a);
            try (Peer test = Peer.test(address, LocalAgent.SECRET)) {
                assertSentAway(slow); // as there is a session
                assertThat(test.send(6, 0, bytes(1)).receive().kind()).isEqualTo(32);
            }
        }
    }

    @Test
    void theOldestOfTooManyIsSentAway() throws Exception {
        List<Peer> newcomers = new ArrayList<>();
        try {
            for (int i = 0; i < 17; i++) {
                Peer newcomer = Peer.newcomer(address);
                newcomers.add(newcomer);
                newcomer.read(Handshake.HELLO);
            }
            assertSentAway(newcomers.get(0));
            try (Peer test = Peer.test(address, LocalAgent.SECRET)) {
                assertThat(test.send(6, 0, bytes(1)).receive().kind()).isEqualTo(32);
            }
        } finally {
            for (Peer newcomer : newcomers) {
                newcomer.close();
            }
        }
    }

    @Test
    void thereIsOneSessionOnly() throws Exception {
        try (Peer test = Peer.test(address, LocalAgent.SECRET)) {
            assertThatThrownBy(() -> Peer.newcomer(address)).isInstanceOf(ConnectException.class);
            assertThat(test.send(6, 0, bytes(1)).receive().kind()).isEqualTo(32);
        }
        assertEnds();
    }

    @Test
    void ifNoTestComesItEnds() throws Exception {
        try (Agent impatient = LocalAgent.agent(Duration.ofMillis(50))) {
            assertThat(impatient.run()).isFalse();
            assertThatThrownBy(impatient::address).isInstanceOf(java.nio.channels.ClosedChannelException.class);
        }
    }

    // -- a test that does not keep to the protocol ----------------------------------------------------------

    private static byte[] listen(int id, int request, byte datagrams) {
        return frame(1, id, bytes(request, (byte) 4, datagrams, 5, 0, 0));
    }

    private static Arguments wrong(String message, byte[]... frames) {
        return Arguments.of(message, frames);
    }

    static Stream<Arguments> whatIsWrong() {
        byte[] listen = listen(1, 2, STREAMS);
        byte[] datagrams = listen(1, 2, DATAGRAMS);
        return Stream.of(
                wrong("the type of a frame: found 0 (expected: one of version 1)", frame(0, 1)),
                wrong("the type of a frame: found 200 (expected: one of version 1)", frame(200, 1)),
                wrong(
                        "the length of a frame: found 65601 bytes (expected: at most 65600)",
                        bytes(Frame.MAX_PAYLOAD + 1, (byte) 16, 1)),
                wrong(
                        "the length of a frame: found 4294967295 bytes (expected: at most 65600)",
                        bytes(-1, (byte) 16, 1)),
                wrong(
                        "the payload of FENCE of 0: found 3 bytes at its end (expected: at least 4)",
                        frame(6, 0, new byte[3])),
                wrong("the end of FENCE of 0: found 1 more bytes (expected: none)", frame(6, 0, new byte[5])),
                wrong(
                        "the family of LISTEN of 1: found 5 (expected: 4 or 6)",
                        frame(1, 1, bytes(1, (byte) 5, STREAMS, 5, 0, 0))),
                wrong(
                        "a number in LISTEN of 1: found 4294967295 (expected: at most 2147483647)",
                        frame(1, 1, bytes(1, (byte) 4, STREAMS, -1, 0, 0))),
                wrong("a new id in LISTEN of 1: found one that is open (expected: another one)", listen, listen),
                wrong(
                        "a new id in ACCEPT of 1: found one that is open (expected: another one)",
                        listen,
                        frame(2, 1, bytes(3, 1))),
                wrong(
                        "the id of DATA of 1: found nothing under it (expected: something that is open)",
                        frame(16, 1, (byte) 0)),
                wrong("the id of REPLY of 1: found nothing under it (expected: something that is open)", frame(32, 1)),
                wrong(
                        "the id of MESSAGE of 1: found nothing under it (expected: something that is open)",
                        frame(26, 1)),
                wrong(
                        "what is under the id of RESET of 1: found a listener (expected: a stream)",
                        listen,
                        frame(9, 1, bytes(3))),
                wrong(
                        "what is under the id of ACCEPT of 1: found a datagram socket (expected: a stream)",
                        datagrams,
                        frame(2, 1, bytes(3, 4))),
                wrong(
                        "the length of an address in SEND of 1: found 5 (expected: 4 or 16)",
                        datagrams,
                        frame(8, 1, bytes(3, (byte) 5))),
                wrong(
                        "the credit of WINDOW of 1: found 1048577 (expected: at most 1048576 bytes)",
                        datagrams,
                        frame(17, 1, bytes(1))));
    }

    @ParameterizedTest
    @MethodSource("whatIsWrong")
    void itSaysWhatIsWrongAndEnds(String message, byte[][] frames) throws Exception {
        try (Peer test = Peer.test(address, LocalAgent.SECRET)) {
            for (byte[] frame : frames) {
                test.send(frame);
            }
            assertFarewell(test, message);
        }
        assertEnds();
    }

    private static void assertFarewell(Peer test, String message) throws IOException {
        Peer.Received last = test.receive();
        while (last.kind() != 33) {
            last = test.receive();
        }
        assertThat(last.id()).isZero();
        last.payload().get();
        assertThat(last.text()).isEqualTo(message);
        assertThat(test.read()).isEqualTo(-1);
    }

    /** With a stream that is open. */
    static Stream<Arguments> whatIsWrongWithAStream() {
        byte[] most = new byte[Frame.MAX_DATA];
        return Stream.of(
                wrong("data: found 65536 bytes (expected: at most 1024, the credit for it)", frame(16, 4, most)),
                wrong("data of DATA of 4: found some after FIN (expected: none)", frame(18, 4), frame(16, 4, (byte) 1)),
                wrong("the end of FIN of 4: found 1 more bytes (expected: none)", frame(18, 4, (byte) 0)),
                wrong("a truth value in CLOSE of 4: found 2 (expected: 0 or 1)", frame(5, 4, bytes(5, (byte) 2, (byte)
                        0))),
                wrong(
                        "what is under the id of ACCEPT of 4: found a stream (expected: a listener)",
                        frame(2, 4, bytes(5, 6))),
                wrong(
                        "the id of DATA of 4: found nothing under it (expected: something that is open)",
                        frame(5, 4, bytes(5, (byte) 0, (byte) 0)),
                        frame(16, 4, (byte) 0)));
    }

    @ParameterizedTest
    @MethodSource("whatIsWrongWithAStream")
    void itSaysWhatIsWrongWithAStreamAndEnds(String message, byte[][] frames) throws Exception {
        try (Peer test = Peer.test(address, LocalAgent.SECRET)) {
            test.send(frame(1, 1, bytes(2, (byte) 4, STREAMS, 5, 0, 1)));
            try (Socket client = new Socket()) {
                client.connect(addressOf(test.receive()));
                assertThat(test.receive().kind()).isEqualTo(24);
                test.send(2, 1, bytes(3, 4));
                assertThat(test.receive().payload().get(1)).isEqualTo((byte) 1);
                for (byte[] frame : frames) {
                    test.send(frame);
                }
                assertFarewell(test, message);
                client.setSoTimeout((int) LocalAgent.PATIENCE.toMillis());
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        }
        assertEnds();
    }

    private static InetSocketAddress addressOf(Peer.Received reply) throws IOException {
        byte[] host = new byte[reply.payload().get()];
        reply.payload().get(host);
        return new InetSocketAddress(
                InetAddress.getByAddress(host), reply.payload().getShort() & 0xffff);
    }

    @Test
    void aRequestForWhatIsClosedIsAnsweredByAnError() throws Exception {
        try (Peer test = Peer.test(address, LocalAgent.SECRET)) {
            for (int kind : new int[] {2, 3, 4, 5, 7, 8, 9}) {
                Peer.Received error = test.send(kind, 77, bytes(kind, 1, 1)).receive();
                assertThat(error.kind()).isEqualTo(33);
                assertThat(error.id()).isEqualTo(kind);
                error.payload().get();
                assertThat(error.text()).isEqualTo("it is closed");
            }
        }
    }

    // -- anything ---------------------------------------------------------------------------------------------

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    /** A conversation that is right, but for what chance makes of it. */
    @ParameterizedTest
    @MethodSource("seeds")
    void whateverComesItEndsWithTheConnection(int seed) throws Exception {
        Random random = new Random(seed);
        List<byte[]> frames = new ArrayList<>(List.of(
                listen(1, 100, STREAMS),
                listen(2, 101, DATAGRAMS),
                frame(2, 1, bytes(102, 3)),
                frame(6, 0, bytes(103)),
                frame(3, 1, bytes(104)),
                frame(4, 1, bytes(105)),
                frame(16, 3, new byte[100]),
                frame(17, 3, bytes(100)),
                frame(18, 3),
                frame(7, 3, bytes(106)),
                frame(8, 2, bytes(107, (byte) 4, new byte[] {127, 0, 0, 1, 0, 9}, new byte[20])),
                frame(9, 3, bytes(108)),
                frame(5, 1, bytes(109)),
                frame(5, 2, bytes(110)),
                new byte[0]));
        for (int i = random.nextInt(4); i >= 0; i--) {
            Fuzz.mutate(frames, random);
        }
        try (Peer test = Peer.test(address, LocalAgent.SECRET)) {
            try {
                for (byte[] frame : frames) {
                    test.send(frame);
                }
            } catch (IOException e) {
                // it has ended it already
            }
        }
        assertEnds();
    }
}
