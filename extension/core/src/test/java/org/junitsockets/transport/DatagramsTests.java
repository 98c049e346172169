package org.junitsockets.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsockets.Transport;
import org.junitsockets.port.Loopback;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.MessageListener;
import org.junitsockets.testing.Background;

/** Datagrams as the other side, a socket of the JDK's own, sees them. */
class DatagramsTests {

    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @EnumSource(names = {"UDP", "UDP6"})
    @interface OnUdp {}

    private static final EndpointOptions DEFAULTS = new EndpointOptions(50, 0, 0);
    private static final int READ = SelectionKey.OP_READ;
    private static final int ACCEPT = SelectionKey.OP_ACCEPT;
    private static final int ENOUGH = 64 * 1024;
    private static final int BOUND_MILLIS = 20_000;

    private final Datagrams datagrams = new Datagrams();

    private DatagramServer listen(Transport transport) throws IOException {
        assumeThat(datagrams.unavailableBecause(transport)).isEmpty();
        return datagrams.listen(transport, DEFAULTS);
    }

    private static InetAddress loopback(Transport transport) {
        return Loopback.address(transport == Transport.UDP6 ? Transport.TCP6 : Transport.TCP);
    }

    /** A socket of the JDK's that is connected to the server. */
    private static DatagramSocket raw(DatagramServer server) throws IOException {
        InetSocketAddress address = (InetSocketAddress) server.localAddress();
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address.getAddress(), 0));
        socket.connect(address);
        socket.setSoTimeout(BOUND_MILLIS);
        return socket;
    }

    private static void send(DatagramSocket socket, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length));
    }

    private static String receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[ENOUGH], ENOUGH);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), UTF_8);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private static String read(ConnectionEndpoint endpoint) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(ENOUGH);
        int count = Ready.read(endpoint, buffer);
        assertThat(buffer.position()).isEqualTo(count);
        assertThat(endpoint.messageLength()).isEqualTo(count);
        return new String(buffer.array(), 0, count, UTF_8);
    }

    private static int readNow(ConnectionEndpoint endpoint) throws IOException {
        return endpoint.read(ByteBuffer.allocate(ENOUGH));
    }

    // -- senders -----------------------------------------------------------------------------------

    @OnUdp
    void eachSenderIsAConnectionAndIsAnsweredToItsAddress(Transport transport) throws Exception {
        try (DatagramServer server = listen(transport);
                DatagramSocket first = raw(server);
                DatagramSocket second = raw(server)) {
            assertThat(((InetSocketAddress) server.localAddress()).getAddress()).isEqualTo(loopback(transport));
            assertThat(server.channel()).isEmpty();
            assertThat(server.accept()).isNull();
            send(first, "one");
            send(first, "two");
            ConnectionEndpoint ofFirst = Ready.accept(server);
            assertThat(server.accept()).isNull();
            send(second, "three");
            ConnectionEndpoint ofSecond = Ready.accept(server);
            assertThat(ofFirst.remoteAddress()).isEqualTo(first.getLocalSocketAddress());
            assertThat(ofSecond.remoteAddress()).isEqualTo(second.getLocalSocketAddress());
            assertThat(ofFirst.localAddress()).isEqualTo(server.localAddress());
            assertThat(ofFirst.finishConnect()).isTrue();
            assertThat(ofFirst.poll(SelectionKey.OP_WRITE, BOUND_MILLIS)).isTrue();
            assertThat(read(ofSecond)).isEqualTo("three");
            assertThat(read(ofFirst)).isEqualTo("one");
            assertThat(read(ofFirst)).isEqualTo("two");
            assertThat(readNow(ofFirst)).isEqualTo(ConnectionEndpoint.UNAVAILABLE);
            assertThat(ofFirst.write(bytes("to the first"))).isEqualTo(12);
            assertThat(ofSecond.write(bytes("to the second"))).isEqualTo(13);
            assertThat(receive(first)).isEqualTo("to the first");
            assertThat(receive(second)).isEqualTo("to the second");
            ofFirst.close();
            ofSecond.close();
        }
    }

    @OnUdp
    void theSequenceIsTheOrderOfArrivalAcrossSenders(Transport transport) throws Exception {
        try (DatagramServer server = listen(transport);
                DatagramSocket first = raw(server);
                DatagramSocket second = raw(server)) {
            for (int i = 0; i < 6; i++) {
                send(i % 3 == 0 ? first : second, "" + (i + 1));
            }
            ConnectionEndpoint ofFirst = Ready.accept(server);
            ConnectionEndpoint ofSecond = Ready.accept(server);
            for (ConnectionEndpoint peer : List.of(ofSecond, ofFirst)) {
                int count = peer.equals(ofFirst) ? 2 : 4;
                for (int i = 0; i < count; i++) {
                    assertThat(read(peer)).isEqualTo("" + peer.sequence());
                }
                peer.close();
            }
        }
    }

    @OnUdp
    void aSenderWhoseConnectionWasClosedIsANewOneLater(Transport transport) throws Exception {
        try (DatagramServer server = listen(transport);
                DatagramSocket socket = raw(server)) {
            send(socket, "one");
            ConnectionEndpoint before = Ready.accept(server);
            send(socket, "gone with the connection");
            before.close();
            assertThat(before.poll(READ, BOUND_MILLIS)).isTrue();
            assertThatThrownBy(() -> readNow(before)).isInstanceOf(ClosedChannelException.class);
            assertThatThrownBy(() -> before.write(bytes("x"))).isInstanceOf(ClosedChannelException.class);
            assertThat(before.remoteAddress()).isEqualTo(socket.getLocalSocketAddress());
            assertThat(server.accept()).isNull();
            send(socket, "two");
            try (ConnectionEndpoint after = Ready.accept(server)) {
                assertThat(after.remoteAddress()).isEqualTo(before.remoteAddress());
                assertThat(read(after)).isEqualTo("two");
                assertThat(after.sequence()).isEqualTo(3);
            }
        }
    }

    // -- boundaries --------------------------------------------------------------------------------

    @OnUdp
    void emptyAndLargestDatagramsAreWholeInBothDirections(Transport transport) throws Exception {
        try (DatagramServer server = listen(transport);
                DatagramSocket socket = raw(server)) {
            String largest = "x".repeat(65_507);
            socket.disconnect(); // or the JDK sends nothing where there are no bytes
            socket.send(new DatagramPacket(new byte[0], 0, server.localAddress()));
            socket.connect(server.localAddress());
            send(socket, largest);
            try (ConnectionEndpoint peer = Ready.accept(server)) {
                assertThat(read(peer)).isEmpty();
                assertThat(read(peer)).isEqualTo(largest);
                assertThat(peer.write(ByteBuffer.allocate(0))).isZero();
                assertThat(peer.write(bytes(largest))).isEqualTo(65_507);
                assertThat(receive(socket)).isEmpty();
                assertThat(receive(socket)).isEqualTo(largest);
                ByteBuffer tooLarge = ByteBuffer.allocate(65_528);
                assertThatThrownBy(() -> peer.write(tooLarge))
                        .isInstanceOf(IOException.class)
                        .hasMessage("Message too long");
                assertThat(tooLarge.position()).isZero();
            }
        }
    }

    @OnUdp
    void whatTheBufferCannotHoldIsCutAndThatShows(Transport transport) throws Exception {
        try (DatagramServer server = listen(transport);
                DatagramSocket socket = raw(server)) {
            send(socket, "truncated");
            send(socket, "next");
            try (ConnectionEndpoint peer = Ready.accept(server)) {
                assertThat(peer.messageLength()).isEqualTo(-1);
                ByteBuffer five = ByteBuffer.allocate(5);
                assertThat(peer.read(five)).isEqualTo(5);
                assertThat(new String(five.array(), UTF_8)).isEqualTo("trunc");
                assertThat(peer.messageLength()).isEqualTo(9);
                assertThat(read(peer)).isEqualTo("next");
            }
        }
    }

    // -- clients -----------------------------------------------------------------------------------

    @OnUdp
    void aClientTalksToASocketOfAnybody(Transport transport) throws Exception {
        assumeThat(datagrams.unavailableBecause(transport)).isEmpty();
        try (DatagramSocket server = new DatagramSocket(new InetSocketAddress(loopback(transport), 0));
                DatagramSocket stranger = new DatagramSocket(new InetSocketAddress(loopback(transport), 0));
                ConnectionEndpoint client = datagrams.connect(transport, server.getLocalSocketAddress(), DEFAULTS)) {
            server.setSoTimeout(BOUND_MILLIS);
            assertThat(client.finishConnect()).isTrue();
            assertThat(client.remoteAddress()).isEqualTo(server.getLocalSocketAddress());
            assertThat(readNow(client)).isEqualTo(ConnectionEndpoint.UNAVAILABLE);
            assertThat(client.write(bytes("ping"))).isEqualTo(4);
            assertThat(client.write(ByteBuffer.allocate(0))).isZero();
            assertThat(receive(server)).isEqualTo("ping");
            DatagramPacket packet = new DatagramPacket(new byte[9], 9);
            server.receive(packet);
            assertThat(packet.getLength()).isZero();
            assertThat(packet.getSocketAddress()).isEqualTo(client.localAddress());
            stranger.send(new DatagramPacket(new byte[1], 1, client.localAddress()));
            for (String answer : new String[] {"", "x".repeat(65_507), "truncated", "next"}) {
                server.send(new DatagramPacket(answer.getBytes(UTF_8), answer.length(), client.localAddress()));
            }
            assertThat(read(client)).isEmpty();
            assertThat(read(client)).hasSize(65_507);
            ByteBuffer five = ByteBuffer.allocate(5);
            assertThat(Ready.read(client, five)).isEqualTo(5);
            assertThat(new String(five.array(), UTF_8)).isEqualTo("trunc");
            assertThat(client.messageLength()).isEqualTo(9);
            assertThat(read(client)).isEqualTo("next");
            assertThatThrownBy(() -> client.write(ByteBuffer.allocate(65_528)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("Message too long");
        }
    }

    @OnUdp
    void aClientIsToldThatNobodyIsThere(Transport transport) throws Exception {
        DatagramServer server = listen(transport);
        server.stop(); // and not closed: the port must not become somebody else's
        try (server;
                ConnectionEndpoint client = datagrams.connect(transport, server.localAddress(), DEFAULTS)) {
            client.write(bytes("x"));
            Ready.await(client, READ);
            assertThatThrownBy(() -> readNow(client)).isInstanceOf(PortUnreachableException.class);
        }
    }

    /** Which another socket has sent, for a moment at the same address. */
    @OnUdp
    void ofAnEmptyDatagramItIsToldTooAndItsAddressIsItsOwnAgain(Transport transport) throws Exception {
        DatagramServer server = listen(transport);
        server.stop(); // and not closed: the port must not become somebody else's
        try (server;
                ConnectionEndpoint client = datagrams.connect(transport, server.localAddress(), DEFAULTS)) {
            assertThat(client.write(ByteBuffer.allocate(0))).isZero();
            Ready.await(client, READ);
            assertThatThrownBy(() -> readNow(client)).isInstanceOf(PortUnreachableException.class);
            try (DatagramSocket other = new DatagramSocket(null)) {
                other.setReuseAddress(true);
                assertThatThrownBy(() -> other.bind(client.localAddress())).isInstanceOf(BindException.class);
            }
        }
    }

    @OnUdp
    void aClientMatchesItsConnection(Transport transport) throws Exception {
        try (DatagramServer server = listen(transport)) {
            Set<SocketAddress> locals = new HashSet<>();
            for (int i = 0; i < 300; i++) {
                try (ConnectionEndpoint client = datagrams.connect(transport, server.localAddress(), DEFAULTS)) {
                    client.write(bytes("x"));
                    ConnectionEndpoint peer = Ready.accept(server); // stays open: the next one is a new one though
                    assertThat(peer.remoteAddress()).isEqualTo(client.localAddress());
                    assertThat(peer.localAddress()).isEqualTo(client.remoteAddress());
                    assertThat(locals.add(client.localAddress())).isTrue();
                }
            }
        }
    }

    @OnUdp
    void buffersAreThoseAskedFor(Transport transport) throws Exception {
        EndpointOptions small = new EndpointOptions(1, 8192, 8192);
        try (DatagramServer server = listen(transport);
                ConnectionEndpoint client = datagrams.connect(transport, server.localAddress(), small)) {
            DatagramChannel channel = (DatagramChannel) client.channel().orElseThrow();
            // socket(7): the kernel doubles what it is told
            assertThat(channel.getOption(StandardSocketOptions.SO_RCVBUF)).isBetween(8192, 3 * 8192);
            assertThat(channel.getOption(StandardSocketOptions.SO_SNDBUF)).isBetween(8192, 3 * 8192);
        }
        try (DatagramServer server = datagrams.listen(transport, small);
                DatagramSocket socket = raw(server)) {
            for (int i = 0; i < 1000; i++) {
                send(socket, "much");
            }
            ConnectionEndpoint peer = Ready.accept(server);
            int count = 0;
            while (readNow(peer) != ConnectionEndpoint.UNAVAILABLE) {
                count++;
            }
            assertThat(count).as("how many a small buffer held").isBetween(1, 500);
            peer.close();
        }
    }

    // -- losses ------------------------------------------------------------------------------------

    @OnUdp
    void datagramsAreDroppedByIndexAsIfTheNetworkHad(Transport transport) throws Exception {
        List<LostDatagram> lost = new ArrayList<>();
        try (DatagramServer server = listen(transport);
                DatagramSocket first = raw(server);
                DatagramSocket second = raw(server)) {
            server.listener(new Losses(lost::add));
            server.dropMessages(1, 3, 4);
            send(first, "1");
            send(second, "2");
            send(second, "3");
            send(first, "4");
            send(second, "5");
            ConnectionEndpoint peer = Ready.accept(server);
            assertThat(server.accept()).as("of the other sender all were lost").isNull();
            assertThat(read(peer)).isEqualTo("2");
            assertThat(read(peer)).isEqualTo("5");
            assertThat(peer.sequence()).isEqualTo(5);
            assertThat(lost).extracting(LostDatagram::sequence).containsExactly(1L, 3L, 4L);
            assertThat(lost).extracting(LostDatagram::onPurpose).containsOnly(true);
            assertThat(lost)
                    .extracting(LostDatagram::sender)
                    .containsExactly(
                            first.getLocalSocketAddress(),
                            second.getLocalSocketAddress(),
                            first.getLocalSocketAddress());
            assertThat(lost).extracting(LostDatagram::length).containsOnly(1);
            assertThatThrownBy(() -> server.dropMessages(6, 5))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a message to drop: found number 5 (expected: more than 5, as so many have arrived)");
            send(second, "6");
            assertThat(read(peer)).isEqualTo("6");
            peer.close();
        }
    }

    @OnUdp
    void aLossIsToldOfWhileOneWaits(Transport transport) throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        try (DatagramServer server = listen(transport);
                DatagramSocket socket = raw(server)) {
            server.listener(new Losses(lost -> told.countDown()));
            server.dropMessages(1);
            Background<ConnectionEndpoint> accepting = Background.call(() -> Ready.accept(server));
            awaitBlocked(accepting);
            send(socket, "lost");
            assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
            send(socket, "not lost");
            accepting.get().close();
        }
    }

    @OnUdp
    void whatCannotBeKeptIsLostAndToldOf(Transport transport) throws Exception {
        List<LostDatagram> lost = new ArrayList<>();
        try (DatagramServer server = listen(transport);
                DatagramSocket socket = raw(server)) {
            server.listener(new Losses(lost::add));
            String large = "x".repeat(60_000);
            int kept = DatagramPump.MOST_BYTES / (60_000 + DatagramPump.OVERHEAD);
            for (int i = 0; i < kept + 5; i++) {
                send(socket, large);
                server.poll(ACCEPT, 0); // takes it in
            }
            assertThat(lost).hasSize(5).extracting(LostDatagram::onPurpose).containsOnly(false);
            assertThat(lost.get(0).sequence()).isEqualTo(kept + 1);
            ConnectionEndpoint peer = Ready.accept(server);
            for (int i = 0; i < kept; i++) {
                assertThat(readNow(peer)).isEqualTo(60_000);
            }
            assertThat(readNow(peer)).isEqualTo(ConnectionEndpoint.UNAVAILABLE);
            send(socket, "there is room again");
            assertThat(read(peer)).isEqualTo("there is room again");
            peer.close();
        }
    }

    // -- down and up, and closed -------------------------------------------------------------------

    @OnUdp
    void whileItIsStoppedSendersMeetAnUnreachablePortWhichIsTaken(Transport transport) throws Exception {
        try (DatagramServer server = listen(transport);
                DatagramSocket before = raw(server);
                DatagramSocket socket = raw(server)) {
            send(before, "kept");
            ConnectionEndpoint accepted = Ready.accept(server);
            send(socket, "not accepted");
            for (int i = 0; i < 3; i++) {
                server.stop();
                assertThat(server.accept()).isNull();
                send(socket, "x");
                assertThatThrownBy(() -> receive(socket)).isInstanceOf(PortUnreachableException.class);
                assertThatThrownBy(() -> new DatagramSocket(server.localAddress()))
                        .isInstanceOf(BindException.class);
                assertThatThrownBy(() -> accepted.write(bytes("x")))
                        .isInstanceOf(SocketException.class)
                        .hasMessage("nothing is sent from " + server.localAddress() + " while it is stopped");
                if (i == 0) {
                    assertThat(read(accepted)).isEqualTo("kept");
                }
                assertThat(readNow(accepted)).isEqualTo(ConnectionEndpoint.UNAVAILABLE);
                server.start();
                assertThat(server.accept()).isNull();
                assertThatThrownBy(() -> new DatagramSocket(server.localAddress()))
                        .isInstanceOf(BindException.class);
                send(socket, "again");
                try (ConnectionEndpoint peer = Ready.accept(server)) {
                    assertThat(read(peer)).isEqualTo("again");
                    peer.write(bytes("answer"));
                    assertThat(receive(socket)).isEqualTo("answer");
                }
            }
            accepted.write(bytes("on"));
            assertThat(receive(before)).isEqualTo("on");
            accepted.close();
        }
    }

    @OnUdp
    void theSocketIsClosedWithTheLastThatUsesIt(Transport transport) throws Exception {
        DatagramServer server = listen(transport);
        try (DatagramSocket socket = raw(server);
                DatagramSocket late = raw(server)) {
            send(socket, "x");
            ConnectionEndpoint peer = Ready.accept(server);
            assertThat(server.poll(ACCEPT, 1)).isFalse(); // so there is a selector
            server.close();
            assertThatThrownBy(server::accept).isInstanceOf(ClosedChannelException.class);
            assertThat(server.poll(ACCEPT, BOUND_MILLIS)).isTrue();
            send(late, "too late");
            send(socket, "y");
            assertThat(read(peer)).isEqualTo("x");
            assertThat(read(peer)).isEqualTo("y");
            peer.write(bytes("z"));
            assertThat(receive(socket)).isEqualTo("z");
            peer.close();
            new DatagramSocket(server.localAddress()).close(); // nobody has the port any more
        }
    }

    // -- waiting -----------------------------------------------------------------------------------

    @OnUdp
    void aDatagramWakesWhoWaitsForItsSender(Transport transport) throws Exception {
        try (DatagramServer server = listen(transport);
                DatagramSocket first = raw(server);
                DatagramSocket second = raw(server)) {
            send(first, "1");
            ConnectionEndpoint ofFirst = Ready.accept(server);
            read(ofFirst);
            Background<ConnectionEndpoint> accepting = Background.call(() -> Ready.accept(server));
            Background<String> reading = Background.call(() -> read(ofFirst));
            awaitBlocked(accepting, reading);
            send(second, "2");
            assertThat(accepting.get().remoteAddress()).isEqualTo(second.getLocalSocketAddress());
            assertThat(reading.isDone()).isFalse();
            send(first, "3");
            assertThat(reading.get()).isEqualTo("3");
        }
    }

    /** Whoever reads takes in for all, so that the socket has nothing left to tell the others. */
    @OnUdp
    void whatAReaderTakesInForOthersWakesThem(Transport transport) throws Exception {
        try (DatagramServer server = listen(transport);
                DatagramSocket first = raw(server);
                DatagramSocket second = raw(server)) {
            send(first, "1");
            ConnectionEndpoint ofFirst = Ready.accept(server);
            send(second, "2");
            ConnectionEndpoint ofSecond = Ready.accept(server);
            read(ofFirst);
            read(ofSecond);
            for (int i = 0; i < 300; i++) {
                Background<String> reading = Background.call(() -> read(ofFirst));
                if (i % 3 == 0) {
                    awaitBlocked(reading);
                }
                send(first, "x");
                readNow(ofSecond);
                assertThat(reading.get()).isEqualTo("x");
            }
        }
    }

    @OnUdp
    void aWakeUpReachesEveryPollAtThisPlaceAndNoOther(Transport transport) throws Exception {
        try (DatagramServer server = listen(transport);
                DatagramSocket socket = raw(server)) {
            send(socket, "x");
            ConnectionEndpoint peer = Ready.accept(server);
            read(peer);
            Background<Boolean> first = Background.call(() -> peer.poll(READ, BOUND_MILLIS));
            Background<Boolean> second = Background.call(() -> peer.poll(READ, BOUND_MILLIS));
            Background<Boolean> other = Background.call(() -> server.poll(ACCEPT, BOUND_MILLIS));
            awaitBlocked(first, second, other);
            peer.wakeup();
            assertThat(first.get()).isFalse();
            assertThat(second.get()).isFalse();
            assertThat(other.isDone()).isFalse();
            server.wakeup();
            assertThat(other.get()).isFalse();
            peer.wakeup(); // nobody is there: the next one is meant
            assertThat(peer.poll(READ, BOUND_MILLIS)).isFalse();
            assertThat(peer.poll(READ, 1)).isFalse();
            peer.close();
        }
    }

    @OnUdp
    void noWakeUpIsLostInBetween(Transport transport) throws Exception {
        try (DatagramServer server = listen(transport);
                DatagramSocket socket = raw(server)) {
            send(socket, "x");
            ConnectionEndpoint peer = Ready.accept(server);
            read(peer);
            for (int i = 0; i < 2000; i++) {
                Background<Boolean> waiting = Background.call(() -> peer.poll(READ, 60_000));
                Background<Boolean> other = i % 2 == 0 ? Background.call(() -> server.poll(ACCEPT, 60_000)) : null;
                peer.wakeup();
                assertThat(waiting.get()).isFalse();
                if (other != null) {
                    server.wakeup();
                    assertThat(other.get()).isFalse();
                }
            }
            peer.close();
        }
    }

    @OnUdp
    void aCloseWakesWhoWaits(Transport transport) throws Exception {
        for (boolean last : new boolean[] {true, false}) {
            DatagramServer server = listen(transport);
            try (DatagramSocket socket = raw(server)) {
                send(socket, "x");
                ConnectionEndpoint peer = Ready.accept(server);
                read(peer);
                if (last) {
                    server.close();
                }
                Background<Boolean> first = Background.call(() -> peer.poll(READ, BOUND_MILLIS));
                Background<Boolean> second = Background.call(() -> peer.poll(READ, BOUND_MILLIS));
                awaitBlocked(first, second);
                peer.close();
                assertThat(first.get()).isTrue();
                assertThat(second.get()).isTrue();
                if (!last) {
                    Background<Boolean> accepting = Background.call(() -> server.poll(ACCEPT, BOUND_MILLIS));
                    awaitBlocked(accepting);
                    server.close();
                    assertThat(accepting.get()).isTrue();
                }
                new DatagramSocket(server.localAddress()).close(); // the port is free at once
            }
        }
    }

    @OnUdp
    void anInterruptEndsAPollAndNothingElse(Transport transport) throws Exception {
        try (DatagramServer server = listen(transport);
                DatagramSocket socket = raw(server)) {
            List<Background<Boolean>> waiting = new ArrayList<>();
            for (int i = 0; i < 2; i++) { // one leads
                waiting.add(Background.call(() -> {
                    boolean ready = server.poll(ACCEPT, BOUND_MILLIS);
                    return ready || !Thread.currentThread().isInterrupted();
                }));
            }
            awaitBlocked(waiting.get(0), waiting.get(1));
            for (Background<Boolean> one : waiting) {
                one.thread().interrupt();
                assertThat(one.get()).isFalse();
            }
            send(socket, "still there");
            try (ConnectionEndpoint peer = Ready.accept(server)) {
                assertThat(read(peer)).isEqualTo("still there");
            }
        }
    }

    @OnUdp
    void manySendersInParallelLoseNothingUnderReadersThatRead(Transport transport) throws Exception {
        int senders = 16;
        int each = 200;
        try (DatagramServer server = listen(transport)) {
            List<Background<Boolean>> sending = new ArrayList<>();
            for (int i = 0; i < senders; i++) {
                sending.add(Background.run(() -> {
                    try (DatagramSocket socket = raw(server)) {
                        for (int n = 0; n < each; n++) {
                            send(socket, "" + n);
                            if (n % 4 == 3) {
                                assertThat(receive(socket)).isEqualTo("" + n); // no more under way than fit
                            }
                        }
                    }
                }));
            }
            Map<ConnectionEndpoint, Background<List<Long>>> reading = new HashMap<>();
            for (int i = 0; i < senders; i++) {
                ConnectionEndpoint peer = Ready.accept(server);
                reading.put(peer, Background.call(() -> readAll(peer, each)));
            }
            Set<Long> sequences = new HashSet<>();
            for (Background<List<Long>> one : reading.values()) {
                List<Long> got = one.get();
                assertThat(got).isSorted();
                sequences.addAll(got);
            }
            for (Background<Boolean> one : sending) {
                one.get();
            }
            assertThat(sequences).hasSize(senders * each).contains(1L, (long) senders * each);
            for (ConnectionEndpoint peer : reading.keySet()) {
                peer.close();
            }
        }
    }

    private static List<Long> readAll(ConnectionEndpoint peer, int count) throws IOException {
        List<Long> sequences = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            assertThat(read(peer)).isEqualTo("" + n);
            sequences.add(peer.sequence());
            if (n % 4 == 3) {
                peer.write(bytes("" + n));
            }
        }
        return sequences;
    }

    private static void awaitBlocked(Background<?>... all) {
        for (Background<?> one : all) {
            Background.await("a thread to wait", () -> {
                StackTraceElement[] stack = one.thread().getStackTrace();
                return stack.length > 0
                        && (stack[0].getMethodName().contains("epoll")
                                || stack[0].getMethodName().contains("wait")
                                || stack[0].getMethodName().contains("poll"));
            });
        }
    }

    private record Losses(Consumer<LostDatagram> told) implements MessageListener {

        @Override
        public void arrived() {}

        @Override
        public void lost(SocketAddress sender, long sequence, int length, boolean onPurpose) {
            told.accept(new LostDatagram(sender, sequence, length, onPurpose));
        }
    }
}
