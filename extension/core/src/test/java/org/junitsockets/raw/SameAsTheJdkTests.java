package org.junitsockets.raw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitsockets.DeadEnd;
import org.junitsockets.Transport;
import org.junitsockets.connection.Label;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.testing.Background;
import org.junitsockets.testing.OnEachInternetTransport;
import org.junitsockets.testing.Raw;

/** What is recorded does what the JDK's own does: each operation is run on both, and all that can be seen compared. */
class SameAsTheJdkTests {

    private interface Operation {
        void run(RawPair pair, Seen seen) throws Exception;
    }

    private static final int MORE_THAN_BUFFERS_HOLD = 64 * 1024 * 1024;

    private static final Map<String, Operation> OPERATIONS = new TreeMap<>();

    static {
        OPERATIONS.put("what they say of themselves", SameAsTheJdkTests::states);
        OPERATIONS.put("what they say once closed", SameAsTheJdkTests::closedStates);
        OPERATIONS.put("options", SameAsTheJdkTests::options);
        OPERATIONS.put("options that cannot be", SameAsTheJdkTests::badOptions);
        OPERATIONS.put("the same streams each time", SameAsTheJdkTests::identity);
        OPERATIONS.put("each way to read", SameAsTheJdkTests::reading);
        OPERATIONS.put("each way to write", SameAsTheJdkTests::writing);
        OPERATIONS.put("arguments that cannot be", SameAsTheJdkTests::badArguments);
        OPERATIONS.put("a mebibyte and its end", SameAsTheJdkTests::mebibyte);
        OPERATIONS.put("ping-pong", SameAsTheJdkTests::pingPong);
        OPERATIONS.put("a timeout, and on", SameAsTheJdkTests::timeout);
        OPERATIONS.put("half-close", SameAsTheJdkTests::halfClose);
        OPERATIONS.put("input shut down", SameAsTheJdkTests::shutdownInput);
        OPERATIONS.put("a reset that a read meets", SameAsTheJdkTests::resetMetByRead);
        OPERATIONS.put("a reset that a write meets", SameAsTheJdkTests::resetMetByWrite);
        OPERATIONS.put("a reset after a FIN", SameAsTheJdkTests::resetAfterFin);
        OPERATIONS.put("a close wakes a read", SameAsTheJdkTests::closeWakesRead);
        OPERATIONS.put("a close wakes a write", SameAsTheJdkTests::closeWakesWrite);
        OPERATIONS.put("a close wakes an accept", SameAsTheJdkTests::closeWakesAccept);
        OPERATIONS.put("closing a stream", SameAsTheJdkTests::closeStream);
        OPERATIONS.put("closing with input unread", SameAsTheJdkTests::closeUnread);
        OPERATIONS.put("urgent data", SameAsTheJdkTests::urgent);
        OPERATIONS.put("urgent data within the stream", SameAsTheJdkTests::urgentInline);
        OPERATIONS.put("an interrupt", SameAsTheJdkTests::interrupt);
        OPERATIONS.put("an interrupt of a virtual thread", SameAsTheJdkTests::interruptVirtual);
        OPERATIONS.put("two who write", SameAsTheJdkTests::twoWriters);
        OPERATIONS.put("an accept that times out", SameAsTheJdkTests::acceptTimeout);
    }

    static Stream<Arguments> operations() {
        return Stream.of(Transport.TCP, Transport.TCP6)
                .flatMap(transport -> OPERATIONS.keySet().stream().map(name -> Arguments.of(transport, name)));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void doesTheSame(Transport transport, String operation) throws Exception {
        assertThat(recorded(transport, operation)).isEqualTo(plain(transport, operation));
    }

    private static List<String> plain(Transport transport, String operation) throws Exception {
        try (RawPair pair = RawPair.open(transport, RawPair.PLAIN)) {
            assertThat(List.<Class<?>>of(pair.server.getClass(), pair.client.getClass(), pair.accepted.getClass()))
                    .as("the JDK's own")
                    .containsExactly(ServerSocket.class, Socket.class, Socket.class);
            assertThat(pair.recordedByClient()).isEmpty();
            return run(pair, operation);
        }
    }

    private static List<String> recorded(Transport transport, String operation) throws Exception {
        try (RawPair pair = RawPair.open(transport, RawPair.RECORDED)) {
            assertThat(pair.server).isInstanceOf(RecordedServerSocket.class);
            assertThat(pair.client).isInstanceOf(RecordedSocket.class);
            assertThat(pair.accepted).isInstanceOf(RecordedSocket.class);
            return run(pair, operation);
        }
    }

    @SuppressWarnings("NullAway") // the name is a key
    private static List<String> run(RawPair pair, String operation) throws Exception {
        Seen seen = new Seen();
        OPERATIONS.get(operation).run(pair, seen);
        return seen.lines(pair);
    }

    // -- what they say ---------------------------------------------------------------------------

    private static void states(RawPair pair, Seen seen) {
        states(pair.client, seen);
        states(pair.accepted, seen);
        states(pair.server, seen);
    }

    private static void closedStates(RawPair pair, Seen seen) throws IOException {
        pair.close();
        pair.close();
        states(pair, seen);
        seen.of("getInputStream", pair.client::getInputStream);
        seen.of("getOutputStream", pair.client::getOutputStream);
        seen.ofRunning("shutdownInput", pair.client::shutdownInput);
        seen.ofRunning("shutdownOutput", pair.client::shutdownOutput);
        seen.ofRunning("connect", () -> pair.client.connect(pair.server.getLocalSocketAddress()));
        seen.ofRunning("bind", () -> pair.client.bind(null));
        seen.ofRunning("sendUrgentData", () -> pair.client.sendUrgentData(1));
        seen.ofRunning("setSoLinger", () -> pair.client.setSoLinger(true, 0));
        seen.of("setOption", () -> pair.client.setOption(StandardSocketOptions.SO_LINGER, 0));
        seen.of("accept", pair.server::accept);
        seen.ofRunning("bind the server", () -> pair.server.bind(null));
    }

    private static void states(Socket socket, Seen seen) {
        seen.of("toString", socket::toString);
        seen.of("isBound", socket::isBound);
        seen.of("isConnected", socket::isConnected);
        seen.of("isClosed", socket::isClosed);
        seen.of("isInputShutdown", socket::isInputShutdown);
        seen.of("isOutputShutdown", socket::isOutputShutdown);
        seen.of("getChannel", socket::getChannel);
        seen.of("getInetAddress", socket::getInetAddress);
        seen.of("getPort", socket::getPort);
        seen.of("getLocalAddress", socket::getLocalAddress);
        seen.of("getLocalPort", socket::getLocalPort);
        seen.of("getLocalSocketAddress", socket::getLocalSocketAddress);
        seen.of("getRemoteSocketAddress", socket::getRemoteSocketAddress);
        seen.of("getSoTimeout", socket::getSoTimeout);
        seen.of("getSoLinger", socket::getSoLinger);
        seen.of("getTcpNoDelay", socket::getTcpNoDelay);
        seen.of("getKeepAlive", socket::getKeepAlive);
        seen.of("getOOBInline", socket::getOOBInline);
        seen.of("getReuseAddress", socket::getReuseAddress);
        seen.of("getTrafficClass", socket::getTrafficClass);
        seen.of("getReceiveBufferSize", socket::getReceiveBufferSize);
        seen.of("getSendBufferSize", socket::getSendBufferSize);
        sorted(socket.supportedOptions())
                .forEach(option -> seen.of("option " + option.name(), () -> socket.getOption(option)));
    }

    private static void states(ServerSocket server, Seen seen) {
        seen.of("toString", server::toString);
        seen.of("isBound", server::isBound);
        seen.of("isClosed", server::isClosed);
        seen.of("getChannel", server::getChannel);
        seen.of("getInetAddress", server::getInetAddress);
        seen.of("getLocalPort", server::getLocalPort);
        seen.of("getLocalSocketAddress", server::getLocalSocketAddress);
        seen.of("getSoTimeout", server::getSoTimeout);
        seen.of("getReuseAddress", server::getReuseAddress);
        seen.of("getReceiveBufferSize", server::getReceiveBufferSize);
        sorted(server.supportedOptions())
                .forEach(option -> seen.of("option " + option.name(), () -> server.getOption(option)));
    }

    /** Those of which a value can be had again. */
    private static List<SocketOption<?>> sorted(Iterable<SocketOption<?>> options) {
        List<SocketOption<?>> sorted = new ArrayList<>();
        options.forEach(option -> {
            if (!option.name().equals("SO_INCOMING_NAPI_ID")) {
                sorted.add(option);
            }
        });
        sorted.sort(Comparator.comparing(SocketOption::name));
        return sorted;
    }

    @SuppressWarnings("ReferenceEquality") // the socket itself
    private static void options(RawPair pair, Seen seen) throws Exception {
        Socket socket = pair.client;
        socket.setSoTimeout(1234);
        socket.setSoLinger(true, 7);
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        socket.setOOBInline(true);
        socket.setReuseAddress(true);
        socket.setReceiveBufferSize(8192);
        socket.setSendBufferSize(8192);
        socket.setTrafficClass(8);
        socket.setPerformancePreferences(1, 2, 3);
        states(socket, seen);
        seen.of("setOption", () -> socket.setOption(StandardSocketOptions.SO_LINGER, 3) == socket);
        seen.of("getSoLinger", socket::getSoLinger);
        socket.setOption(StandardSocketOptions.SO_LINGER, -1);
        seen.of("getSoLinger", socket::getSoLinger);
        socket.setSoLinger(true, 100_000);
        seen.of("getSoLinger", socket::getSoLinger);
        socket.setSoLinger(false, 3);
        seen.of("getSoLinger", socket::getSoLinger);
        pair.server.setSoTimeout(77);
        pair.server.setReceiveBufferSize(9000);
        pair.server.setReuseAddress(false);
        states(pair.server, seen);
        try (Socket other = new Socket()) {
            other.connect(pair.server.getLocalSocketAddress());
            try (Socket accepted = pair.server.accept()) {
                seen.of("accepted getSoTimeout", accepted::getSoTimeout);
                seen.of("accepted getReceiveBufferSize", accepted::getReceiveBufferSize);
            }
        }
    }

    private static void badOptions(RawPair pair, Seen seen) {
        Socket socket = pair.client;
        seen.ofRunning("setSoTimeout", () -> socket.setSoTimeout(-1));
        seen.ofRunning("setSoLinger", () -> socket.setSoLinger(true, -1));
        seen.ofRunning("setReceiveBufferSize", () -> socket.setReceiveBufferSize(0));
        seen.ofRunning("setSendBufferSize", () -> socket.setSendBufferSize(0));
        seen.ofRunning("setTrafficClass", () -> socket.setTrafficClass(256));
        seen.ofRunning("setOption", () -> socket.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1));
        seen.ofRunning("connect", () -> socket.connect(pair.server.getLocalSocketAddress()));
        seen.ofRunning("connect in -1 ms", () -> socket.connect(pair.server.getLocalSocketAddress(), -1));
        seen.ofRunning("bind", () -> socket.bind(null));
        seen.ofRunning("bind the server", () -> pair.server.bind(null));
    }

    @SuppressWarnings("ReferenceEquality") // the very same
    private static void identity(RawPair pair, Seen seen) throws IOException {
        Socket socket = pair.client;
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        seen.of("the same input", () -> in == socket.getInputStream());
        seen.of("the same output", () -> out == socket.getOutputStream());
        seen.of("the other's input", () -> in == pair.accepted.getInputStream());
    }

    // -- bytes -----------------------------------------------------------------------------------

    private static void reading(RawPair pair, Seen seen) throws Exception {
        byte[] sent = new byte[100];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) (i * 5);
        }
        pair.accepted.getOutputStream().write(sent);
        InputStream in = pair.client.getInputStream();
        byte[] some = new byte[10];
        seen.of("available", in::available);
        seen.of("read one", in::read);
        seen.of("read", () -> in.read(some) + Arrays.toString(some));
        seen.of("read within", () -> in.read(some, 3, 4) + Arrays.toString(some));
        seen.of("read nothing", () -> in.read(some, 3, 0));
        seen.of("skip", () -> in.skip(5));
        seen.of("skip nothing", () -> in.skip(-1));
        seen.ofRunning("skipNBytes", () -> in.skipNBytes(2));
        seen.of("markSupported", in::markSupported);
        in.mark(10);
        seen.ofRunning("reset", in::reset);
        seen.of("readNBytes", () -> Arrays.toString(in.readNBytes(60)));
        seen.of("readNBytes within", () -> in.readNBytes(some, 0, 5) + Arrays.toString(some));
        seen.of("available", in::available);
        pair.accepted.shutdownOutput();
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        seen.of("transferTo", () -> in.transferTo(rest) + Arrays.toString(rest.toByteArray()));
        seen.of("readAllBytes at the end", () -> in.readAllBytes().length);
        seen.of("read at the end", in::read);
        seen.of("read some at the end", () -> in.read(some));
        seen.of("read nothing at the end", () -> in.read(some, 0, 0));
        seen.of("skip at the end", () -> in.skip(3));
        seen.ofRunning("skipNBytes at the end", () -> in.skipNBytes(3));
        seen.of("available at the end", in::available);
        pair.client.close();
        seen.of("read when closed", in::read);
        seen.of("available when closed", in::available);
    }

    private static void writing(RawPair pair, Seen seen) throws Exception {
        OutputStream out = pair.client.getOutputStream();
        out.write(0x161);
        out.write("bcd".getBytes(UTF_8));
        out.write("defgh".getBytes(UTF_8), 1, 3);
        out.write(new byte[0]);
        out.flush();
        seen.of("read", () -> Raw.read(pair.accepted, 7));
        pair.client.close();
        seen.ofRunning("write when closed", () -> out.write(1));
        seen.ofRunning("write nothing when closed", () -> out.write(new byte[2], 1, 0));
        seen.ofRunning("flush when closed", out::flush);
        seen.of("read to the end", () -> Raw.readToEnd(pair.accepted));
    }

    @SuppressWarnings("NullAway") // what cannot be
    private static void badArguments(RawPair pair, Seen seen) throws Exception {
        InputStream in = pair.client.getInputStream();
        OutputStream out = pair.client.getOutputStream();
        byte[] four = new byte[4];
        int[][] ranges = {{-1, 2}, {0, 5}, {3, 2}, {5, 0}, {0, -1}, {Integer.MAX_VALUE, 1}, {1, Integer.MAX_VALUE}};
        for (int[] range : ranges) {
            seen.of("read " + Arrays.toString(range), () -> in.read(four, range[0], range[1]));
            seen.ofRunning("write " + Arrays.toString(range), () -> out.write(four, range[0], range[1]));
        }
        seen.of("read into null", () -> isNullPointer(() -> in.read(null, 0, 1)));
        seen.of("write null", () -> isNullPointer(() -> out.write(null, 0, 1)));
        out.write('x');
        seen.of("read", () -> Raw.read(pair.accepted, 1));
    }

    /** Whose message has the names of parameters. */
    private static boolean isNullPointer(Seen.Work work) throws Exception {
        try {
            work.run();
            return false;
        } catch (NullPointerException e) {
            return true;
        }
    }

    private static void mebibyte(RawPair pair, Seen seen) throws Exception {
        byte[] sent = new byte[1024 * 1024];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) (i * 31 + i / 1000);
        }
        Background<Boolean> writer = Background.run(() -> {
            pair.client.getOutputStream().write(sent);
            pair.client.shutdownOutput();
        });
        seen.of(
                "all of it",
                () -> Arrays.equals(sent, pair.accepted.getInputStream().readAllBytes()));
        seen.of("written", writer::get);
    }

    private static void pingPong(RawPair pair, Seen seen) throws Exception {
        Background<Boolean> other = Background.run(() -> {
            for (int i = 0; i < 1000; i++) {
                pair.accepted
                        .getOutputStream()
                        .write(pair.accepted.getInputStream().read());
            }
        });
        int wrong = 0;
        for (int i = 0; i < 1000; i++) {
            pair.client.getOutputStream().write(i);
            wrong += pair.client.getInputStream().read() == (i & 0xFF) ? 0 : 1;
        }
        int all = wrong;
        seen.of("wrong", () -> all);
        seen.of("other", other::get);
    }

    private static void timeout(RawPair pair, Seen seen) throws Exception {
        InputStream in = pair.client.getInputStream();
        pair.client.setSoTimeout(5);
        seen.of("read", in::read);
        seen.of("readNBytes", () -> in.readNBytes(3).length);
        seen.of("skip", () -> in.skip(3));
        pair.client.setSoTimeout(10_000);
        Raw.write(pair.client, "still");
        seen.of("write after it", () -> Raw.read(pair.accepted, 5));
        Raw.write(pair.accepted, "there");
        seen.of("read after it", () -> Raw.read(pair.client, 5));
        seen.of("isClosed", pair.client::isClosed);
    }

    private static void twoWriters(RawPair pair, Seen seen) throws Exception {
        int length = 1024 * 1024;
        for (String letter : List.of("a", "b")) {
            byte[] block = letter.repeat(length).getBytes(UTF_8);
            Background.run(() -> pair.client.getOutputStream().write(block));
        }
        byte[] got = pair.accepted.getInputStream().readNBytes(2 * length);
        int changes = 0;
        for (int i = 1; i < got.length; i++) {
            changes += got[i] == got[i - 1] ? 0 : 1;
        }
        int all = changes;
        seen.of("changes", () -> all);
    }

    private static void urgent(RawPair pair, Seen seen) throws Exception {
        Raw.write(pair.client, "a");
        pair.client.sendUrgentData('!');
        Raw.write(pair.client, "b");
        seen.of("read", () -> Raw.read(pair.accepted, 2));
    }

    private static void urgentInline(RawPair pair, Seen seen) throws Exception {
        pair.accepted.setOOBInline(true);
        Raw.write(pair.client, "a");
        pair.client.sendUrgentData('!');
        Raw.write(pair.client, "b");
        seen.of("read", () -> Raw.read(pair.accepted, 3));
        pair.client.shutdownOutput();
        seen.ofRunning("after half-close", () -> pair.client.sendUrgentData('!'));
    }

    // -- ends ------------------------------------------------------------------------------------

    private static void halfClose(RawPair pair, Seen seen) throws Exception {
        OutputStream out = pair.client.getOutputStream();
        Raw.write(pair.client, "question");
        pair.client.shutdownOutput();
        seen.of("question", () -> Raw.readToEnd(pair.accepted));
        Raw.write(pair.accepted, "answer");
        pair.accepted.close();
        seen.of("answer", () -> Raw.readToEnd(pair.client));
        seen.of("getOutputStream", pair.client::getOutputStream);
        seen.ofRunning("write", () -> out.write(1));
        seen.ofRunning("shutdownOutput", pair.client::shutdownOutput);
        seen.of("isOutputShutdown", pair.client::isOutputShutdown);
        seen.of("isClosed", pair.client::isClosed);
        seen.of("read", () -> pair.client.getInputStream().read());
    }

    private static void shutdownInput(RawPair pair, Seen seen) throws Exception {
        InputStream in = pair.client.getInputStream();
        Background<Integer> reader = Background.call(in::read);
        pair.client.shutdownInput();
        seen.of("reader", reader::get);
        Raw.write(pair.accepted, "late");
        seen.of("available", in::available);
        seen.of("read", in::read);
        seen.of("getInputStream", pair.client::getInputStream);
        seen.ofRunning("shutdownInput", pair.client::shutdownInput);
        seen.of("isInputShutdown", pair.client::isInputShutdown);
        Raw.write(pair.client, "still");
        seen.of("write", () -> Raw.read(pair.accepted, 5));
    }

    private static void resetMetByRead(RawPair pair, Seen seen) throws Exception {
        InputStream in = pair.client.getInputStream();
        Raw.write(pair.accepted, "ab");
        seen.of("before", in::read);
        Raw.reset(pair.accepted);
        for (int i = 0; i < 3; i++) {
            seen.of("read", in::read);
        }
        seen.of("read some", () -> in.read(new byte[3]));
        seen.of("available", in::available);
        seen.ofRunning("write", () -> Raw.write(pair.client, "x"));
        seen.ofRunning("shutdownOutput", pair.client::shutdownOutput);
        seen.ofRunning("close", pair.client::close);
    }

    private static void resetMetByWrite(RawPair pair, Seen seen) throws Exception {
        InputStream in = pair.client.getInputStream();
        Raw.reset(pair.accepted);
        for (int i = 0; i < 3; i++) {
            seen.ofRunning("write", () -> Raw.write(pair.client, "x"));
        }
        for (int i = 0; i < 3; i++) {
            seen.of("read", in::read);
        }
    }

    private static void resetAfterFin(RawPair pair, Seen seen) throws Exception {
        InputStream in = pair.client.getInputStream();
        pair.accepted.shutdownOutput();
        seen.of("read", in::read);
        Raw.reset(pair.accepted);
        seen.of("read", in::read);
        seen.ofRunning("write", () -> Raw.write(pair.client, "x"));
        seen.of("read", in::read);
    }

    private static void closeWakesRead(RawPair pair, Seen seen) throws Exception {
        InputStream in = pair.client.getInputStream();
        CountDownLatch reading = new CountDownLatch(1);
        Background<Integer> reader = Background.call(() -> {
            reading.countDown();
            return in.read();
        });
        reading.await();
        pair.client.close();
        seen.of("reader", reader::get);
        seen.of("read", in::read);
        seen.of("other", () -> Raw.readToEnd(pair.accepted));
    }

    private static void closeWakesWrite(RawPair pair, Seen seen) throws Exception {
        Background<Boolean> writer =
                Background.run(() -> pair.client.getOutputStream().write(new byte[MORE_THAN_BUFFERS_HOLD]));
        pair.accepted.getInputStream().readNBytes(1000);
        pair.client.close();
        seen.of("writer", writer::get);
        seen.of("isClosed", pair.client::isClosed);
    }

    private static void closeWakesAccept(RawPair pair, Seen seen) throws Exception {
        CountDownLatch accepting = new CountDownLatch(1);
        Background<Socket> accept = Background.call(() -> {
            accepting.countDown();
            return pair.server.accept();
        });
        accepting.await();
        pair.server.close();
        // it may not have begun before the close: then it says so in other words
        seen.of("accept", () -> {
            try {
                return accept.get();
            } catch (SocketException e) {
                return String.valueOf(e.getMessage()).replace("Socket is closed", "Socket closed");
            }
        });
        seen.of("accept again", pair.server::accept);
        seen.of("still there", () -> {
            Raw.write(pair.client, "x");
            return Raw.read(pair.accepted, 1);
        });
    }

    private static void closeStream(RawPair pair, Seen seen) throws Exception {
        try (OutputStream out = pair.client.getOutputStream()) {
            out.write('x');
        }
        seen.of("isClosed", pair.client::isClosed);
        seen.of("isOutputShutdown", pair.client::isOutputShutdown);
        seen.of("other", () -> Raw.readToEnd(pair.accepted));
        InputStream in = pair.accepted.getInputStream();
        in.close();
        in.close();
        seen.of("isClosed", pair.accepted::isClosed);
        seen.of("read", () -> in.readNBytes(2).length);
    }

    private static void closeUnread(RawPair pair, Seen seen) throws Exception {
        Raw.write(pair.accepted, "unread");
        pair.client.close();
        seen.of("read", () -> pair.accepted.getInputStream().read());
    }

    private static void acceptTimeout(RawPair pair, Seen seen) throws Exception {
        pair.server.setSoTimeout(5);
        seen.of("accept", pair.server::accept);
        seen.of("isClosed", pair.server::isClosed);
    }

    // -- threads ---------------------------------------------------------------------------------

    private static void interrupt(RawPair pair, Seen seen) throws Exception {
        Raw.write(pair.accepted, "xy");
        Background<String> other = Background.call(() -> {
            Thread.currentThread().interrupt();
            Raw.write(pair.client, "still");
            int read = pair.client.getInputStream().read();
            return read + " " + Thread.currentThread().isInterrupted();
        });
        seen.of("interrupted", other::get);
        seen.of("isClosed", pair.client::isClosed);
        seen.of("other", () -> Raw.read(pair.accepted, 5));
    }

    private static void interruptVirtual(RawPair pair, Seen seen) throws Exception {
        if (Runtime.version().feature() < 21) {
            return;
        }
        Seen inThread = new Seen();
        CountDownLatch done = new CountDownLatch(1);
        InputStream in = pair.client.getInputStream();
        Runnable reads = () -> {
            inThread.of("read", in::read);
            done.countDown();
        };
        Thread thread = (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, reads);
        thread.interrupt();
        done.await();
        seen.of("in the thread", inThread::lines);
        seen.of("isClosed", pair.client::isClosed);
        seen.of("other", () -> Raw.readToEnd(pair.accepted));
    }

    // -- before there is a connection ------------------------------------------------------------

    private static List<Socket> unconnected(Transport transport) {
        return List.of(
                new Socket(),
                new RecordedSocket(new Label("client", 1, RawPair.spec(transport)), transport, RawPair.RECORDED));
    }

    @OnEachInternetTransport
    void untilConnected(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        List<Seen> all = List.of(new Seen(), new Seen());
        try (DeadEnd refused = DeadEnd.refused(transport)) {
            for (int i = 0; i < 2; i++) {
                Socket socket = unconnected(transport).get(i);
                Seen seen = all.get(i);
                states(socket, seen);
                seen.of("getInputStream", socket::getInputStream);
                seen.of("getOutputStream", socket::getOutputStream);
                seen.ofRunning("shutdownInput", socket::shutdownInput);
                seen.ofRunning("shutdownOutput", socket::shutdownOutput);
                seen.ofRunning("connect to nobody", () -> socket.connect(refused.address(), 1000));
                states(socket, seen);
                seen.ofRunning("connect again", () -> socket.connect(refused.address(), 1000));
                seen.ofRunning("close", socket::close);
                states(socket, seen);
            }
        }
        assertThat(all.get(1).lines()).isEqualTo(all.get(0).lines());
    }

    @Test
    void anAddressThatCannotBe() {
        List<Seen> all = List.of(new Seen(), new Seen());
        for (int i = 0; i < 2; i++) {
            Socket socket = unconnected(Transport.TCP).get(i);
            all.get(i)
                    .ofRunning("unresolved", () -> socket.connect(InetSocketAddress.createUnresolved("no.invalid", 1)));
        }
        assertThat(all.get(1).lines()).isEqualTo(all.get(0).lines());
    }

    @OnEachInternetTransport
    void aServerUntilItIsBound(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        ServerSpec spec = RawPair.spec(transport);
        List<Seen> all = List.of(new Seen(), new Seen());
        List<ServerSocket> servers =
                List.of(new ServerSocket(), new RecordedServerSocket(new InetSocketAddress(0), spec, RawPair.RECORDED));
        for (int i = 0; i < 2; i++) {
            try (ServerSocket server = servers.get(i)) {
                states(server, all.get(i));
                all.get(i).of("accept", server::accept);
            }
        }
        assertThat(all.get(1).lines()).isEqualTo(all.get(0).lines());
    }
}
