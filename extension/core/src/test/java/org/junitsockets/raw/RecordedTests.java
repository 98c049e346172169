package org.junitsockets.raw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junitsockets.Transcript.Entry;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.Transport;
import org.junitsockets.spec.Settings;
import org.junitsockets.spec.TranscriptSettings;
import org.junitsockets.testing.Background;
import org.junitsockets.testing.OnEachInternetTransport;
import org.junitsockets.testing.Raw;
import org.junitsockets.transcript.Conversation;

/** What is recorded of the JDK's sockets. */
class RecordedTests {

    private static final int MORE_THAN_BUFFERS_HOLD = 64 * 1024 * 1024;

    /** A line per entry, such as {@code SENT ping} or {@code CLOSED close()}. */
    private static List<String> lines(Conversation conversation) {
        return conversation.transcript().entries().stream()
                .map(entry -> (entry.kind() + " " + new String(entry.bytes(), UTF_8) + entry.detail()).trim())
                .toList();
    }

    private static List<Kind> kinds(Conversation conversation) {
        return conversation.transcript().entries().stream().map(Entry::kind).toList();
    }

    @OnEachInternetTransport
    void bothEndsFromTheirBeginningToTheirEnd(Transport transport) throws Exception {
        try (RawPair pair = RawPair.open(transport)) {
            Raw.write(pair.client, "ping");
            Raw.read(pair.accepted, 4);
            assertThat(pair.ofClient().state()).isEqualTo("open; its end was not observed");
            Raw.write(pair.accepted, "pong");
            pair.accepted.close();
            Raw.readToEnd(pair.client);
            assertThat(pair.ofClient().state()).isEqualTo("ended by the other side (FIN)");
            pair.client.close();
            assertThat(lines(pair.ofClient()))
                    .containsExactly("CONNECTED", "SENT ping", "RECEIVED pong", "FIN_RECEIVED", "CLOSED close()");
            assertThat(lines(pair.ofServer()))
                    .containsExactly("ACCEPTED", "RECEIVED ping", "SENT pong", "CLOSED close()");
            assertThat(pair.ofClient().state()).isEqualTo("ended by the other side (FIN), closed here by close()");
            assertThat(pair.ofServer().state()).isEqualTo("closed here by close(); its end was not observed");
        }
    }

    @OnEachInternetTransport
    void whoIsWho(Transport transport) throws Exception {
        try (RawPair pair = RawPair.open(transport);
                Socket second = Raw.connect((InetSocketAddress) pair.server.getLocalSocketAddress());
                Socket secondAccepted = pair.server.accept()) {
            assertThat(pair.ofClient().label()).isEqualTo("client 1 of server 'db' (declared here)");
            assertThat(pair.ofServer().label()).isEqualTo("connection 1 of server 'db' (declared here)");
            assertThat(pair.ofClient().client()).isEqualTo(pair.client.getLocalSocketAddress());
            assertThat(pair.ofClient().server()).isEqualTo(pair.client.getRemoteSocketAddress());
            assertThat(pair.ofClient().mirrors(pair.ofServer())).isTrue();
            assertThat(pair.ofClient().transcript().isOfServer()).isFalse();
            assertThat(pair.ofServer().transcript().isOfServer()).isTrue();
            List<Conversation> all = pair.conversations();
            assertThat(all).hasSize(2);
            assertThat(all.get(1).label()).isEqualTo("connection 2 of server 'db' (declared here)");
            assertThat(all.get(1).client()).isEqualTo(second.getLocalSocketAddress());
            assertThat(all.get(1).server()).isEqualTo(secondAccepted.getLocalSocketAddress());
            assertThat(all.get(1).transcript().entries().get(0).connection()).isEqualTo(2);
        }
    }

    @Test
    void whatIsAcceptedByManyThreadsIsNumbered() throws Exception {
        try (RawPair pair = RawPair.open(Transport.TCP)) {
            List<Background<Socket>> accepting = new ArrayList<>();
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                accepting.add(Background.call(pair.server::accept));
            }
            for (int i = 0; i < 8; i++) {
                clients.add(Raw.connect((InetSocketAddress) pair.server.getLocalSocketAddress()));
            }
            for (Background<Socket> accept : accepting) {
                clients.add(accept.get());
            }
            assertThat(pair.conversations())
                    .extracting(each -> each.transcript().entries().get(0).connection())
                    .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
            for (Socket socket : clients) {
                socket.close();
            }
        }
    }

    @Test
    void anAcceptThatTimesOutIsNoEvent() throws Exception {
        try (RawPair pair = RawPair.open(Transport.TCP)) {
            pair.server.setSoTimeout(1);
            assertThatThrownBy(pair.server::accept).isInstanceOf(SocketTimeoutException.class);
            assertThat(pair.conversations()).hasSize(1);
            assertThat(kinds(pair.ofServer())).containsExactly(Kind.ACCEPTED);
        }
    }

    @OnEachInternetTransport
    void everyWayToReadAndWriteIsRecorded(Transport transport) throws Exception {
        try (RawPair pair = RawPair.open(transport)) {
            OutputStream out = pair.client.getOutputStream();
            out.write('a');
            out.write("bcd".getBytes(UTF_8));
            out.write("-efg-".getBytes(UTF_8), 1, 3);
            out.write(new byte[0]);
            pair.client.shutdownOutput();
            InputStream in = pair.accepted.getInputStream();
            in.read();
            in.read(new byte[7], 3, 1);
            in.skip(1);
            in.readNBytes(2);
            in.transferTo(new ByteArrayOutputStream());
            in.read();
            assertThat(lines(pair.ofClient()))
                    .containsExactly("CONNECTED", "SENT a", "SENT bcd", "SENT efg", "HALF_CLOSED");
            assertThat(lines(pair.ofServer()))
                    .containsExactly(
                            "ACCEPTED",
                            "RECEIVED a",
                            "RECEIVED b",
                            "RECEIVED c",
                            "RECEIVED de",
                            "RECEIVED fg",
                            "FIN_RECEIVED");
            assertThat(pair.ofClient().state()).isEqualTo("output shut down here; its end was not observed");
        }
    }

    @Test
    void aTimeoutIsAnEvent() throws Exception {
        try (RawPair pair = RawPair.open(Transport.TCP)) {
            pair.client.setSoTimeout(1);
            assertThatThrownBy(() -> pair.client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(lines(pair.ofClient())).containsExactly("CONNECTED", "TIMED_OUT read");
        }
    }

    // -- ends ------------------------------------------------------------------------------------

    @OnEachInternetTransport
    void aResetThatAReadMeets(Transport transport) throws Exception {
        try (RawPair pair = RawPair.open(transport)) {
            Raw.reset(pair.accepted);
            Raw.assertReset(pair.client);
            Raw.assertReset(pair.client);
            assertThat(kinds(pair.ofClient())).containsExactly(Kind.CONNECTED, Kind.RESET_RECEIVED);
            assertThat(lines(pair.ofServer())).containsExactly("ACCEPTED", "RESET close()");
            assertThat(pair.ofClient().state()).isEqualTo("reset by the other side");
            assertThat(pair.ofServer().state()).isEqualTo("reset here by close(); its end was not observed");
        }
    }

    @OnEachInternetTransport
    void aResetThatAWriteMeetsIsNoFin(Transport transport) throws Exception {
        try (RawPair pair = RawPair.open(transport)) {
            Raw.reset(pair.accepted);
            assertThatThrownBy(() -> Raw.write(pair.client, "lost")).isInstanceOf(SocketException.class);
            Raw.assertEnd(pair.client); // as the JDK has it
            assertThat(lines(pair.ofClient())).containsExactly("CONNECTED", "RESET_RECEIVED");
            pair.client.setSoLinger(true, 0);
            pair.client.close();
            assertThat(lines(pair.ofClient())).endsWith("CLOSED close()");
        }
    }

    @OnEachInternetTransport
    void aResetAfterAFin(Transport transport) throws Exception {
        try (RawPair pair = RawPair.open(transport)) {
            pair.accepted.shutdownOutput();
            Raw.assertEnd(pair.client);
            Raw.reset(pair.accepted);
            assertThatThrownBy(() -> Raw.write(pair.client, "lost")).isInstanceOf(SocketException.class);
            assertThat(kinds(pair.ofClient())).containsExactly(Kind.CONNECTED, Kind.FIN_RECEIVED, Kind.RESET_RECEIVED);
        }
    }

    @Test
    void aResetHereIsOneOnlyWhileThereIsSomethingToReset() throws Exception {
        try (RawPair pair = RawPair.open(Transport.TCP)) {
            pair.accepted.setOption(StandardSocketOptions.SO_LINGER, 0);
            pair.client.shutdownOutput();
            Raw.assertEnd(pair.accepted);
            pair.accepted.shutdownOutput();
            pair.accepted.close();
            assertThat(lines(pair.ofServer()))
                    .containsExactly("ACCEPTED", "FIN_RECEIVED", "HALF_CLOSED", "CLOSED close()");
            Raw.assertEnd(pair.client);
        }
    }

    @Test
    void lingerThatIsSwitchedOffAgainIsNoReset() throws Exception {
        try (RawPair pair = RawPair.open(Transport.TCP)) {
            pair.client.setSoLinger(true, 0);
            pair.client.setSoLinger(false, 0);
            pair.accepted.setOption(StandardSocketOptions.SO_LINGER, 0);
            pair.accepted.setOption(StandardSocketOptions.SO_LINGER, -1);
            pair.client.close();
            pair.accepted.close();
            assertThat(kinds(pair.ofClient())).containsExactly(Kind.CONNECTED, Kind.CLOSED);
            assertThat(kinds(pair.ofServer())).containsExactly(Kind.ACCEPTED, Kind.CLOSED);
        }
    }

    @Test
    void anInputThatWasShutDownHereHasNoFin() throws Exception {
        try (RawPair pair = RawPair.open(Transport.TCP)) {
            InputStream in = pair.client.getInputStream();
            pair.client.shutdownInput();
            assertThat(in.read()).isEqualTo(-1);
            assertThat(kinds(pair.ofClient())).containsExactly(Kind.CONNECTED);
        }
    }

    @Test
    void aWriteAfterTheOutputWasShutDownIsNoReset() throws Exception {
        try (RawPair pair = RawPair.open(Transport.TCP)) {
            OutputStream out = pair.client.getOutputStream();
            pair.client.shutdownOutput();
            assertThatThrownBy(() -> out.write(1)).isInstanceOf(SocketException.class);
            assertThatThrownBy(pair.client::shutdownOutput).isInstanceOf(SocketException.class);
            assertThat(kinds(pair.ofClient())).containsExactly(Kind.CONNECTED, Kind.HALF_CLOSED);
        }
    }

    @Test
    void aCloseByAStreamOrAnotherThreadIsOne() throws Exception {
        try (RawPair pair = RawPair.open(Transport.TCP)) {
            Background<Integer> reader =
                    Background.call(() -> pair.client.getInputStream().read());
            pair.client.getOutputStream().close();
            assertThatThrownBy(reader::get).isInstanceOf(SocketException.class);
            pair.client.close();
            assertThat(lines(pair.ofClient())).containsExactly("CONNECTED", "CLOSED close()");
        }
    }

    // -- the end of a scope ----------------------------------------------------------------------

    @OnEachInternetTransport
    void whatIsThereAtTheEndOfItsScopeIsTakenIn(Transport transport) throws Exception {
        try (RawPair pair = RawPair.open(transport)) {
            byte[] unread = new byte[20_000];
            pair.accepted.getOutputStream().write(unread);
            InputStream in = pair.client.getInputStream();
            Background.await("all of it", () -> available(in) == unread.length);
            pair.endClient();
            assertThat(pair.ofClient().transcript().received()).isEqualTo(unread);
            assertThat(lines(pair.ofClient())).endsWith("CLOSED the end of its scope");
            assertThat(pair.ofClient().state())
                    .isEqualTo("closed here by the end of its scope; its end was not observed");
            assertThat(pair.client.isClosed()).isTrue();
        }
    }

    private static int available(InputStream in) {
        try {
            return in.available();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nothingIsWaitedForAtTheEndOfItsScope() throws Exception {
        try (RawPair pair = RawPair.open(Transport.TCP)) {
            pair.accepted.shutdownOutput(); // which could be seen by a read, that might wait
            pair.endClient();
            assertThat(lines(pair.ofClient())).containsExactly("CONNECTED", "CLOSED the end of its scope");
        }
        try (RawPair pair = RawPair.open(Transport.TCP)) {
            pair.client.close();
            pair.endClient();
            assertThat(lines(pair.ofClient())).containsExactly("CONNECTED", "CLOSED close()");
        }
    }

    // -- order -----------------------------------------------------------------------------------

    @OnEachInternetTransport
    void aBlockedWriteHoldsUpNoReadAndStandsBeforeItsAnswer(Transport transport) throws Exception {
        Settings all = Settings.from(name -> name.equals(TranscriptSettings.SIZE) ? "100000000" : null);
        try (RawPair pair = RawPair.open(transport, all)) {
            byte[] much = new byte[MORE_THAN_BUFFERS_HOLD];
            Background<Boolean> writer =
                    Background.run(() -> pair.client.getOutputStream().write(much));
            pair.accepted.getInputStream().readNBytes(1);
            Raw.write(pair.accepted, "enough");
            assertThat(Raw.read(pair.client, 6)).isEqualTo("enough");
            assertThat(writer.isDone()).isFalse();
            List<Kind> kinds = kinds(pair.ofClient());
            assertThat(kinds.indexOf(Kind.RECEIVED)).isGreaterThan(kinds.indexOf(Kind.SENT));
            Background.await("a write", () -> pair.ofClient().state().contains(", in a write of "));
            pair.client.close();
            assertThatThrownBy(writer::get).isInstanceOf(SocketException.class).hasMessage("Socket closed");
            assertThat(pair.ofClient().state()).isEqualTo("closed here by close(); its end was not observed");
        }
    }

    @Test
    void aWriteThatFailsHalfwayIsRecordedAsFarAsItIsKnown() throws Exception {
        try (RawPair pair = RawPair.open(Transport.TCP)) {
            Background<Boolean> writer =
                    Background.run(() -> pair.client.getOutputStream().write(new byte[MORE_THAN_BUFFERS_HOLD]));
            byte[] read = pair.accepted.getInputStream().readNBytes(10_000_000);
            pair.client.close();
            assertThatThrownBy(writer::get).isInstanceOf(SocketException.class);
            long received = read.length + rest(pair.accepted);
            long sent = pair.ofClient().transcript().sent().length
                    + pair.ofClient().transcript().droppedSent();
            assertThat(sent).isBetween(received - 128 * 1024, received);
        }
    }

    /** How much came before the end, whichever way that is. */
    private static long rest(Socket socket) throws IOException {
        byte[] some = new byte[8192];
        long rest = 0;
        int count;
        while ((count = socket.getInputStream().read(some)) >= 0) {
            rest += count;
        }
        return rest;
    }

    @OnEachInternetTransport
    void theAnswerNeverStandsBeforeItsQuestion(Transport transport) throws Exception {
        try (RawPair pair = RawPair.open(transport)) {
            Background<Boolean> other = Background.run(() -> {
                for (int i = 0; i < 2000; i++) {
                    pair.accepted
                            .getOutputStream()
                            .write(pair.accepted.getInputStream().read());
                }
            });
            Background<Boolean> reader =
                    Background.run(() -> pair.client.getInputStream().readNBytes(2000));
            for (int i = 0; i < 2000; i++) {
                pair.client.getOutputStream().write(i);
            }
            reader.get();
            other.get();
            int ahead = 0;
            for (Entry entry : pair.ofClient().transcript().entries()) {
                ahead += entry.kind() == Kind.SENT ? entry.bytes().length : 0;
                ahead -= entry.kind() == Kind.RECEIVED ? entry.bytes().length : 0;
                assertThat(ahead).isNotNegative();
            }
        }
    }

    @Test
    void whatSeveralThreadsWriteIsRecordedInTheOrderOfTheWire() throws Exception {
        try (RawPair pair = RawPair.open(Transport.TCP)) {
            List<Background<Boolean>> writers = new ArrayList<>();
            for (int w = 0; w < 4; w++) {
                Random random = new Random(w);
                writers.add(Background.run(() -> {
                    for (int i = 0; i < 200; i++) {
                        byte[] bytes = new byte[random.nextInt(200)];
                        random.nextBytes(bytes);
                        pair.client.getOutputStream().write(bytes);
                    }
                }));
            }
            Background<byte[]> all =
                    Background.call(() -> pair.accepted.getInputStream().readAllBytes());
            for (Background<Boolean> writer : writers) {
                writer.get();
            }
            pair.client.shutdownOutput();
            byte[] wire = all.get();
            assertThat(Arrays.equals(wire, pair.ofClient().transcript().sent())).isTrue();
            assertThat(Arrays.equals(wire, pair.ofServer().transcript().received()))
                    .isTrue();
        }
    }

    @Test
    void urgentDataIsAmongWhatWasSent() throws Exception {
        try (RawPair pair = RawPair.open(Transport.TCP)) {
            pair.accepted.setOOBInline(true);
            Raw.write(pair.client, "a");
            pair.client.sendUrgentData('!');
            assertThat(Raw.read(pair.accepted, 2)).isEqualTo("a!");
            pair.client.shutdownOutput();
            assertThatThrownBy(() -> pair.client.sendUrgentData('?')).isInstanceOf(IOException.class);
            assertThat(lines(pair.ofClient())).containsExactly("CONNECTED", "SENT a", "SENT !", "HALF_CLOSED");
        }
    }
}
