package org.junitsockets.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsockets.Transcript.Entry;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.Transport;
import org.junitsockets.report.CaptureFile.Frame;

class CaptureTests {

    private static final int CLIENT = 40_000;
    private static final int SERVER = 5_000;

    @TempDir
    private Path directory;

    private List<Frame> frames(Talking... all) throws Exception {
        return CaptureFile.in(Talking.write(directory, all)).frames;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void aConversationBecomesAStreamThatIsWholeFromHandshakeToFin(String host) throws Exception {
        List<Frame> frames = frames(Talking.atServer()
                .between(Talking.address(host, CLIENT), Talking.address(host, SERVER))
                .received("PING\r\n")
                .sent("PONG!\r\n")
                .event(Kind.FIN_RECEIVED)
                .event(Kind.CLOSED, "close()"));
        assertThat(frames)
                .extracting(Frame::toString)
                .containsExactly(
                        "40000 SYN",
                        "5000 SYN ACK",
                        "40000 ACK",
                        "40000 PSH ACK 6",
                        "5000 PSH ACK 7",
                        "40000 FIN ACK",
                        "5000 FIN ACK");
        assertThat(CaptureFile.stream(frames, CLIENT)).asString(UTF_8).isEqualTo("PING\r\n");
        assertThat(CaptureFile.stream(frames, SERVER)).asString(UTF_8).isEqualTo("PONG!\r\n");
        int client = frames.get(0).sequence();
        int server = frames.get(1).sequence();
        assertThat(frames.get(3).sequence()).isEqualTo(client + 1);
        assertThat(frames.get(4).sequence()).isEqualTo(server + 1);
        assertThat(frames.get(4).acknowledgement()).isEqualTo(client + 7);
        assertThat(frames.get(5).sequence()).isEqualTo(client + 7);
        assertThat(frames.get(5).acknowledgement()).isEqualTo(server + 8);
        assertThat(frames.get(6).sequence()).isEqualTo(server + 8);
        assertThat(frames.get(6).acknowledgement()).isEqualTo(client + 8);
        assertThat(frames.get(6).comments()).containsExactly("server: close()");
    }

    @Test
    void timesAreThoseOfTheDayInNanoseconds() throws Exception {
        Talking talking = Talking.atServer().received("a").sent("b");
        List<Entry> entries = talking.conversation().transcript().entries();
        List<Frame> frames = frames(talking);
        assertThat(frames)
                .extracting(frame -> frame.nanos)
                .startsWith(nanos(entries.get(0).time()), nanos(entries.get(0).time()))
                .endsWith(nanos(entries.get(1).time()), nanos(entries.get(2).time()));
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }

    @Test
    void directionsAreSeenFromTheEndThatRecorded() throws Exception {
        assertThat(frames(Talking.atServer().received("a").sent("b").event(Kind.RESET_RECEIVED)))
                .extracting(Frame::isOutbound)
                .containsExactly(false, true, false, false, true, false);
        assertThat(frames(Talking.atClient().received("a").sent("b").event(Kind.RESET, "rst()")))
                .extracting(Frame::isOutbound)
                .containsExactly(true, false, true, false, true, true);
    }

    @Test
    void whoHasHalfClosedSendsNoOtherFinAtItsClose() throws Exception {
        List<Frame> frames = frames(Talking.atClient()
                .event(Kind.HALF_CLOSED)
                .received("late")
                .event(Kind.FIN_RECEIVED)
                .event(Kind.CLOSED, "close()"));
        assertThat(frames.subList(3, frames.size()))
                .extracting(Frame::toString)
                .containsExactly("40000 FIN ACK", "5000 PSH ACK 4", "5000 FIN ACK");
        assertThat(frames.get(3).comments()).containsExactly("client: shutdownOutput()");
        assertThat(frames.get(5).comments()).containsExactly("client: close()");
    }

    @Test
    void resetsAreOfTheSideThatSentThem() throws Exception {
        assertThat(frames(Talking.atServer().sent("x").event(Kind.RESET, "rst()")))
                .last()
                .hasToString("5000 RST ACK")
                .satisfies(frame -> assertThat(frame.comments()).containsExactly("server: rst()"));
        assertThat(frames(Talking.atServer()
                        .sent("x")
                        .event(Kind.RESET_RECEIVED)
                        .event(Kind.CLOSED, "the end of the test")))
                .last()
                .hasToString("40000 RST ACK");
    }

    @Test
    void eventsThatAreNoPacketsAreSaidWithTheNextOrTheLast() throws Exception {
        List<Frame> frames = frames(Talking.atServer()
                .event(Kind.SERVED, "Echo on thread-1")
                .received("x")
                .event(Kind.TIMED_OUT, "expectLine(\"Grüße\")")
                .event(Kind.CHECKPOINT, "here")
                .sent("y")
                .event(Kind.CHECKPOINT, "there"));
        assertThat(frames.get(0).comments())
                .containsExactly("connection 1 of server 'db', recorded at the server's end: open");
        assertThat(frames.get(3).comments()).containsExactly("server: served by Echo on thread-1");
        assertThat(frames.get(4).comments())
                .containsExactly(
                        "server: timed out in expectLine(\"Grüße\")",
                        "server: checkpoint 'here'",
                        "server: checkpoint 'there'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void longPayloadsAreSplit(String host) throws Exception {
        byte[] sent = random(200_001);
        List<Frame> frames = frames(Talking.atServer()
                .between(Talking.address(host, CLIENT), Talking.address(host, SERVER))
                .sent(sent));
        assertThat(frames.subList(3, frames.size()))
                .extracting(Frame::toString)
                .containsExactly("5000 ACK 65495", "5000 ACK 65495", "5000 ACK 65495", "5000 PSH ACK 3516");
        assertThat(CaptureFile.stream(frames, SERVER)).isEqualTo(sent);
    }

    @Test
    void whatIsTruncatedBeginsWithTheFirstByteThatWasKept() throws Exception {
        byte[] received = random(70_000);
        List<Frame> frames = frames(Talking.atServer(100_000)
                .received(received)
                .sent(new byte[50_000])
                .event(Kind.FIN_RECEIVED));
        assertThat(frames)
                .extracting(Frame::toString)
                .containsExactly("40000 PSH ACK 50000", "5000 PSH ACK 50000", "40000 FIN ACK");
        assertThat(CaptureFile.stream(frames, CLIENT)).isEqualTo(Arrays.copyOfRange(received, 20_000, 70_000));
        assertThat(frames.get(0).comments())
                .containsExactly(
                        "connection 1 of server 'db', recorded at the server's end: open",
                        "before this, 20000 bytes received, 1 event were dropped: junitsockets.transcript.size;"
                                + " sequence numbers start at the first byte that was kept");
    }

    @Test
    void whereOnlyEventsWereKeptOnePacketWithoutBytesCarriesThem() throws Exception {
        Talking talking = Talking.atServer();
        for (int i = 0; i < 8_192; i++) {
            talking.event(Kind.CHECKPOINT, "c" + i);
        }
        assertThat(frames(talking)).singleElement().satisfies(frame -> {
            assertThat(frame).hasToString("5000 ACK");
            assertThat(frame.comments()).hasSize(8_194).endsWith("server: checkpoint 'c8191'");
        });
    }

    @Test
    void twoConnectionsOfTheSamePortsAreTwoStreamsOneAfterTheOther() throws Exception {
        List<Frame> frames = frames(
                Talking.atServer().received("one").sent("1").event(Kind.CLOSED, "close()"),
                Talking.atServer().received("two"),
                Talking.atServer(5).received("unseen").sent("three"));
        assertThat(frames)
                .extracting(Frame::toString)
                .containsSubsequence("40000 SYN", "5000 FIN ACK", "40000 SYN", "40000 PSH ACK 3", "40000 SYN");
        assertThat(frames.stream().filter(frame -> frame.flags().equals("SYN")).map(Frame::sequence))
                .hasSize(3)
                .doesNotHaveDuplicates();
    }

    @Test
    void connectionsOfOtherPortsAreMergedByTime() throws Exception {
        SocketAddress server = Talking.address("127.0.0.1", SERVER);
        List<Frame> frames = frames(
                Talking.atServer().received("one").event(Kind.CLOSED, "close()"),
                Talking.atServer()
                        .between(Talking.address("127.0.0.1", 40_001), server)
                        .received("two")
                        .event(Kind.CLOSED, "close()"));
        assertThat(frames).extracting(frame -> frame.nanos).isSorted();
        assertThat(frames).extracting(Frame::sourcePort).containsSubsequence(CLIENT, 40_001);
    }

    @Test
    void bytesThatWereRecordedAfterTheEndOfTheirDirectionComeBeforeIt() throws Exception {
        assertThat(frames(Talking.atServer()
                        .event(Kind.HALF_CLOSED)
                        .sent("of another thread")
                        .event(Kind.FIN_RECEIVED)))
                .extracting(Frame::toString)
                .endsWith("5000 PSH ACK 17", "5000 FIN ACK", "40000 FIN ACK");
    }

    @Test
    void theSectionSaysWhatItIs() throws Exception {
        Report report = new Report(
                "Tests > test()",
                "expected: ü\nbut was: u",
                7,
                List.of(Talking.atServer()
                        .label("unix one")
                        .between(UnixDomainSocketAddress.of(""), UnixDomainSocketAddress.of("/tmp/s"))
                        .received("x")
                        .conversation()),
                List.of("a remark"));
        report.writeTo(directory);
        CaptureFile file = CaptureFile.in(directory);
        assertThat(CaptureFile.texts(file.section, 4)).containsExactly("junit-sockets");
        assertThat(CaptureFile.texts(file.section, 1))
                .containsExactly(
                        "Tests > test()",
                        "failed: expected: ü\nbut was: u",
                        "seed 7",
                        "a remark",
                        "headers of IP, TCP and UDP are synthesised: what was recorded is the bytes, how each side ended,"
                                + " and when",
                        "not in this file, as it has no IP addresses: unix one");
        assertThat(file.description).anySatisfy(option -> {
            assertThat(option.code).isEqualTo(9);
            assertThat(option.value).containsExactly(9);
        });
        assertThat(file.frames).isEmpty();
    }

    @Test
    void aCommentThatIsTooLongIsCutBetweenCharacters() throws Exception {
        new Report("x" + "ü".repeat(40_000), "", 1, List.of(), List.of()).writeTo(directory);
        assertThat(CaptureFile.texts(CaptureFile.in(directory).section, 1))
                .first()
                .isEqualTo("x" + "ü".repeat(32_767));
    }

    @Test
    void whereNothingWasRecordedThereIsNoPacket() throws Exception {
        assertThat(frames(Talking.ofNothing())).isEmpty();
    }

    // -- UDP -------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void eachDatagramBecomesOnePacketEvenAnEmptyOne(String host) throws Exception {
        List<Frame> frames = frames(Talking.atServer()
                .over(host.equals("::1") ? Transport.UDP6 : Transport.UDP)
                .between(Talking.address(host, CLIENT), Talking.address(host, SERVER))
                .event(Kind.SERVED, "Echo on thread-1")
                .receivedMessage("ping")
                .receivedMessage("")
                .sentMessage("odd")
                .event(Kind.PORT_UNREACHABLE)
                .event(Kind.LEFT, "close()"));
        assertThat(frames).allMatch(Frame::isUdp);
        assertThat(frames).extracting(Frame::toString).containsExactly("40000 UDP 4", "40000 UDP", "5000 UDP 3");
        assertThat(frames).extracting(Frame::isOutbound).containsExactly(false, false, true);
        assertThat(frames.get(0).payload()).asString(UTF_8).isEqualTo("ping");
        assertThat(frames.get(2).payload()).asString(UTF_8).isEqualTo("odd");
        assertThat(frames.get(0).comments())
                .containsExactly(
                        "connection 1 of server 'db', recorded at the server's end: open",
                        "server: accepted",
                        "server: served by Echo on thread-1");
        assertThat(frames.get(2).comments())
                .containsExactly("server: nobody there: port unreachable", "server: close()");
    }

    @Test
    void theLargestDatagramIsOnePacket() throws Exception {
        String largest = "x".repeat(65_507);
        assertThat(frames(Talking.atClient().over(Transport.UDP).sentMessage(largest)))
                .extracting(Frame::toString)
                .containsExactly("40000 UDP 65507");
    }

    /** RFC 768: 0 would say that there is none. */
    @Test
    void aChecksumThatComesToNothingIsAllOnes() throws Exception {
        byte[] zero = frames(Talking.atClient().over(Transport.UDP).sentMessage("\0\0"))
                .get(0)
                .packet;
        int sum = (zero[26] & 0xFF) << 8 | (zero[27] & 0xFF); // what has to be sent for it to come to nothing
        byte[] made = frames(
                        Talking.atClient().over(Transport.UDP).sentMessage(new byte[] {(byte) (sum >> 8), (byte) sum}))
                .get(0)
                .packet;
        assertThat(new byte[] {made[26], made[27]}).containsExactly(0xFF, 0xFF);
    }

    @Test
    void datagramsAreWrittenInTheOrderOfTimeAmongTheOthers() throws Exception {
        List<Frame> frames = frames(
                Talking.atServer().received("a").received("b"),
                Talking.atServer()
                        .over(Transport.UDP)
                        .between(Talking.address("127.0.0.1", 53_000), Talking.address("127.0.0.1", 53))
                        .receivedMessage("c"));
        assertThat(frames)
                .extracting(Frame::toString)
                .containsExactlyInAnyOrder(
                        "40000 SYN", "5000 SYN ACK", "40000 ACK", "40000 PSH ACK 1", "53000 UDP 1", "40000 PSH ACK 1");
        assertThat(frames).extracting(frame -> frame.nanos).isSorted();
    }

    @Test
    void whereNoDatagramWasSentNoneIsMadeUp() throws Exception {
        CaptureFile file = CaptureFile.in(
                Talking.write(directory, Talking.atClient().over(Transport.UDP).event(Kind.LEFT, "close()")));
        assertThat(file.frames).isEmpty();
        assertThat(CaptureFile.texts(file.section, 1))
                .last()
                .isEqualTo("not in this file, as there was no datagram: connection 1 of server 'db'");
    }

    // -- TLS -------------------------------------------------------------------------------------

    @Test
    void whatWentOverTlsIsThereAsItWasInsideAndItsEventsAreComments() throws Exception {
        List<Frame> frames = frames(Talking.atServer()
                .over(Transport.TLS)
                .event(Kind.TLS_STARTED)
                .event(Kind.TLS_ESTABLISHED, "TLSv1.3")
                .received("PING")
                .event(Kind.CLOSE_NOTIFY_RECEIVED)
                .event(Kind.FIN_RECEIVED)
                .event(Kind.CLOSE_NOTIFY_SENT)
                .event(Kind.CLOSED, "close()"));
        assertThat(frames).extracting(Frame::toString).endsWith("40000 PSH ACK 4", "40000 FIN ACK", "5000 FIN ACK");
        assertThat(frames.get(0).comments())
                .containsExactly(
                        "connection 1 of server 'db', recorded at the server's end: open",
                        "over TLS: what is here was inside it");
        assertThat(frames.get(3).comments()).containsExactly("server: TLS begins", "server: TLS: TLSv1.3");
        assertThat(frames.get(4).comments()).containsExactly("server: close_notify received");
        assertThat(frames.get(5).comments()).containsExactly("server: close_notify sent", "server: close()");
    }

    @Test
    void aTruncationAndAFailureOfTlsAreSaid() throws Exception {
        List<Frame> frames = frames(Talking.atServer()
                .over(Transport.TLS)
                .event(Kind.TLS_STARTED)
                .event(Kind.TLS_FAILED, "certificate_expired")
                .event(Kind.TRUNCATED));
        assertThat(frames)
                .last()
                .hasToString("40000 FIN ACK")
                .satisfies(frame -> assertThat(frame.comments())
                        .containsExactly(
                                "server: TLS begins",
                                "server: TLS failed: certificate_expired",
                                "server: without close_notify: truncated"));
    }
}
