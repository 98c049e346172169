package org.junitsockets.raw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsockets.DeadEnd;
import org.junitsockets.Transcript.Entry;
import org.junitsockets.Transport;
import org.junitsockets.port.Loopback;
import org.junitsockets.spec.Declaration;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.testing.Background;
import org.junitsockets.testing.Raw;
import org.junitsockets.transcript.Conversation;
import org.junitsockets.verdict.Outcome;
import org.junitsockets.verdict.Scope;

/** The JDK's own datagram sockets and channels, on both sides, and what is recorded of them. */
class RawDatagramTests {

    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"UDP", "UDP6"})
    private @interface OverUdp {}

    private static ServerSpec spec(Transport transport, Duration deadline) {
        Raw.assumeAvailable(transport);
        return new ServerSpec("db", transport, null, 1, 16_384, 0, deadline, new Declaration("declared here"));
    }

    private static ServerSpec spec(Transport transport) {
        return spec(transport, Duration.ofSeconds(5));
    }

    private static RawServers.RawServer open(Class<?> type, Transport transport) {
        return RawServers.open(type, spec(transport), RawPair.RECORDED);
    }

    private static Clients.Connected<?> connect(Class<?> type, Transport transport, SocketAddress address) {
        return Clients.connect(type, 1, Destination.of(address, spec(transport)), RawPair.RECORDED);
    }

    private static DatagramPacket packet(String text) {
        return new DatagramPacket(text.getBytes(UTF_8), text.length());
    }

    private static DatagramPacket packet(String text, SocketAddress to) {
        return new DatagramPacket(text.getBytes(UTF_8), text.length(), to);
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), packet.getOffset(), packet.getLength(), UTF_8);
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        socket.receive(packet);
        return packet;
    }

    private static List<String> lines(Conversation conversation) {
        return conversation.transcript().entries().stream()
                .map(RawDatagramTests::line)
                .toList();
    }

    private static String line(Entry entry) {
        return (entry.kind() + " " + new String(entry.bytes(), UTF_8) + entry.detail()).trim();
    }

    @OverUdp
    void aServersSocketIsBoundUntilItIsClosed(Transport transport) throws Exception {
        RawServers.RawServer server = open(DatagramSocket.class, transport);
        DatagramSocket socket = (DatagramSocket) server.socket();
        assertThat(socket.getLocalSocketAddress()).isEqualTo(server.address());
        assertThat(socket.getLocalAddress()).isEqualTo(Loopback.address(transport));
        assertThat(socket.getSoTimeout()).isEqualTo(5000);
        assertThat(socket.getReceiveBufferSize()).isBetween(16_384, 65_536);
        assertTaken(server.address());
        Background<DatagramPacket> receiving = Background.call(() -> receive(socket));
        Background.await(
                "a thread in receive",
                () -> receiving.thread().getState() == Thread.State.RUNNABLE
                        || receiving.thread().getState() == Thread.State.WAITING);
        server.close();
        server.close();
        assertThatThrownBy(receiving::get)
                .isInstanceOf(SocketException.class)
                .hasMessageMatching("(?i)Socket (is )?closed");
        assertThat(server).hasToString("DatagramSocket at " + server.address());
    }

    @OverUdp
    void aServersSocketWaitsNoLongerThanTheDeadline(Transport transport) throws Exception {
        try (RawServers.RawServer server =
                RawServers.open(DatagramSocket.class, spec(transport, Duration.ofMillis(50)), RawPair.RECORDED)) {
            assertThatThrownBy(() -> receive((DatagramSocket) server.socket()))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @OverUdp
    void aServersChannelIsBoundAndBlocksUntilItIsClosed(Transport transport) throws Exception {
        RawServers.RawServer server = open(DatagramChannel.class, transport);
        DatagramChannel channel = (DatagramChannel) server.socket();
        assertThat(channel.isBlocking()).isTrue();
        assertThat(channel.getLocalAddress()).isEqualTo(server.address());
        assertTaken(server.address());
        Background<Object> receiving = Background.call(() -> channel.receive(ByteBuffer.allocate(10)));
        Background.await("a thread in receive", () -> receiving.thread().getState() == Thread.State.RUNNABLE);
        server.close();
        assertThatThrownBy(receiving::get).isInstanceOf(ClosedChannelException.class);
        assertThat(server.isRecorded()).isFalse();
    }

    @OverUdp
    void aClientsSocketIsBoundToTheLoopbackAddressAndConnected(Transport transport) throws Exception {
        try (RawServers.RawServer server = open(DatagramSocket.class, transport)) {
            Clients.Connected<?> connected = connect(DatagramSocket.class, transport, server.address());
            DatagramSocket client = (DatagramSocket) connected.socket();
            DatagramSocket socket = (DatagramSocket) server.socket();
            assertThat(client.getRemoteSocketAddress()).isEqualTo(server.address());
            assertThat(client.getLocalAddress()).isEqualTo(Loopback.address(transport));
            assertThat(client.getSoTimeout()).isEqualTo(5000);
            assertThat(connected.localAddress()).isEqualTo(client.getLocalSocketAddress());
            client.send(packet("ping"));
            DatagramPacket asked = receive(socket);
            assertThat(text(asked)).isEqualTo("ping");
            assertThat(asked.getSocketAddress()).isEqualTo(client.getLocalSocketAddress());
            socket.send(packet("pong", asked.getSocketAddress()));
            assertThat(text(receive(client))).isEqualTo("pong");
            connected.shutdownOutput();
            connected.drain();
            connected.close();
            assertThat(client.isClosed()).isTrue();
            assertThat(connected.toString()).startsWith("client java.net.DatagramSocket@");
        }
    }

    @OverUdp
    void aClientsChannelIsBoundToTheLoopbackAddressAndConnected(Transport transport) throws Exception {
        try (RawServers.RawServer server = open(DatagramSocket.class, transport)) {
            Clients.Connected<?> connected = connect(DatagramChannel.class, transport, server.address());
            DatagramChannel client = (DatagramChannel) connected.socket();
            assertThat(client.isBlocking()).isTrue();
            assertThat(client.getRemoteAddress()).isEqualTo(server.address());
            assertThat(client.getLocalAddress()).isEqualTo(connected.localAddress());
            client.write(ByteBuffer.wrap("ping".getBytes(UTF_8)));
            assertThat(text(receive((DatagramSocket) server.socket()))).isEqualTo("ping");
            Background<Integer> reading = Background.call(() -> client.read(ByteBuffer.allocate(10)));
            Background.await("a thread in read", () -> reading.thread().getState() == Thread.State.RUNNABLE);
            connected.close();
            assertThatThrownBy(reading::get)
                    .isInstanceOfAny(AsynchronousCloseException.class, ClosedChannelException.class);
            assertThat(connected.isRecorded()).isFalse();
        }
    }

    @OverUdp
    void eachSenderIsAConversationAndAnEmptyDatagramIsInIt(Transport transport) throws Exception {
        long since = System.nanoTime();
        try (RawServers.RawServer server = open(DatagramSocket.class, transport);
                DatagramSocket one = new DatagramSocket(new InetSocketAddress(Loopback.address(transport), 0));
                DatagramSocket other = new DatagramSocket(new InetSocketAddress(Loopback.address(transport), 0))) {
            DatagramSocket socket = (DatagramSocket) server.socket();
            one.send(packet("a", server.address()));
            receive(socket);
            other.send(packet("", server.address()));
            receive(socket);
            one.send(packet("b", server.address()));
            receive(socket);
            socket.send(packet("c", one.getLocalSocketAddress()));
            socket.close();
            List<Conversation> all = server.conversations(since);
            assertThat(all).hasSize(2);
            assertThat(lines(all.get(0)))
                    .containsExactly("ACCEPTED", "RECEIVED a", "RECEIVED b", "SENT c", "LEFT close()");
            assertThat(lines(all.get(1))).containsExactly("ACCEPTED", "RECEIVED", "LEFT close()");
            assertThat(all.get(0).label()).isEqualTo("connection 1 of server 'db' (declared here)");
            assertThat(all.get(0).transport()).isEqualTo(transport);
            assertThat(all.get(0).client()).isEqualTo(one.getLocalSocketAddress());
            assertThat(all.get(0).server()).isEqualTo(server.address());
            assertThat(all.get(0).state()).isEqualTo("closed here by close()");
            assertThat(all.get(1).label()).isEqualTo("connection 2 of server 'db' (declared here)");
        }
    }

    @OverUdp
    void aClientsConversationIsWithItsServerOnly(Transport transport) throws Exception {
        try (RawServers.RawServer server = open(DatagramSocket.class, transport);
                DatagramSocket stranger = new DatagramSocket(new InetSocketAddress(Loopback.address(transport), 0))) {
            Clients.Connected<?> connected = connect(DatagramSocket.class, transport, server.address());
            DatagramSocket client = (DatagramSocket) connected.socket();
            DatagramSocket socket = (DatagramSocket) server.socket();
            client.send(packet("ping"));
            socket.send(packet("pong", receive(socket).getSocketAddress()));
            receive(client);
            assertThatThrownBy(() -> client.send(packet("x", stranger.getLocalSocketAddress())))
                    .isInstanceOf(IllegalArgumentException.class);
            client.disconnect();
            client.send(packet("elsewhere", stranger.getLocalSocketAddress()));
            client.send(packet("again", server.address()));
            socket.send(packet("unread", receive(socket).getSocketAddress()));
            connected.observe();
            connected.close();
            Conversation conversation = connected.conversation().orElseThrow();
            assertThat(lines(conversation))
                    .containsExactly(
                            "CONNECTED",
                            "SENT ping",
                            "RECEIVED pong",
                            "SENT again",
                            "RECEIVED unread",
                            "LEFT the end of its scope");
            assertThat(conversation.label()).isEqualTo("client 1 of server 'db' (declared here)");
            assertThat(conversation.mirrors(server.conversations(0).get(0))).isTrue();
        }
    }

    @OverUdp
    void nobodyThereIsRecordedAndTimeOutsAre(Transport transport) throws Exception {
        spec(transport);
        try (DeadEnd refused = DeadEnd.refused(transport)) {
            Clients.Connected<?> connected = connect(DatagramSocket.class, transport, refused.address());
            DatagramSocket client = (DatagramSocket) connected.socket();
            client.setSoTimeout(1);
            assertThatThrownBy(() -> receive(client)).isInstanceOf(SocketTimeoutException.class);
            client.setSoTimeout(5000);
            client.send(packet("ping"));
            assertThatThrownBy(() -> receive(client)).isInstanceOf(PortUnreachableException.class);
            client.send(packet("a"));
            assertThatThrownBy(() -> client.send(packet("b"))).isInstanceOf(PortUnreachableException.class);
            Conversation conversation = connected.conversation().orElseThrow();
            assertThat(lines(conversation))
                    .containsExactly(
                            "CONNECTED",
                            "TIMED_OUT receive",
                            "SENT ping",
                            "PORT_UNREACHABLE",
                            "SENT a",
                            "PORT_UNREACHABLE");
            assertThat(conversation.state()).isEqualTo("nobody was there (port unreachable), open");
            connected.close();
        }
    }

    @OverUdp
    void observingTakesNothingFromWhoWaits(Transport transport) throws Exception {
        try (RawServers.RawServer server = open(DatagramSocket.class, transport)) {
            Clients.Connected<?> connected = connect(DatagramSocket.class, transport, server.address());
            DatagramSocket client = (DatagramSocket) connected.socket();
            client.setSoTimeout(0);
            Background<DatagramPacket> receiving = Background.call(() -> receive(client));
            client.send(packet("ping"));
            DatagramSocket socket = (DatagramSocket) server.socket();
            SocketAddress from = receive(socket).getSocketAddress();
            Background.await("a thread in receive", () -> receiving.thread().getState() != Thread.State.NEW);
            connected.observe();
            socket.send(packet("pong", from));
            if (receiving.isDone()
                    || !lines(connected.conversation().orElseThrow()).contains("RECEIVED pong")) {
                assertThat(text(receiving.get())).isEqualTo("pong");
            }
            connected.close();
        }
    }

    @OverUdp
    void whatIsNotRecordedIsSaid(Transport transport) {
        spec(transport);
        Scope scope = new Scope(RawPair.RECORDED, List.of());
        RawServers.RawServer server = scope.openRaw(DatagramChannel.class, spec(transport));
        scope.connect(DatagramChannel.class, server.address(), server.spec());
        assertThatThrownBy(() -> {
                    scope.fail("for a reason");
                    scope.close(Outcome.PASSED);
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("not recorded: DatagramChannel client 1 of server 'db' (declared here)");
    }

    private static void assertTaken(SocketAddress address) throws IOException {
        for (boolean reuse : new boolean[] {true, false}) {
            try (DatagramSocket other = new DatagramSocket(null)) {
                other.setReuseAddress(reuse);
                assertThatThrownBy(() -> other.bind(address))
                        .as("SO_REUSEADDR %s", reuse)
                        .isInstanceOf(BindException.class);
            }
        }
    }

    // -- recorded as plain ------------------------------------------------------------------------

    private interface Operation {
        void run(DatagramSocket server, DatagramSocket client, Seen seen) throws Exception;
    }

    private static List<String> run(Transport transport, Settings settings, Operation operation) throws Exception {
        ServerSpec spec = spec(transport);
        Seen seen = new Seen();
        try (RawServers.RawServer server = RawServers.open(DatagramSocket.class, spec, settings)) {
            Clients.Connected<?> connected =
                    Clients.connect(DatagramSocket.class, 1, Destination.of(server.address(), spec), settings);
            DatagramSocket client = (DatagramSocket) connected.socket();
            DatagramSocket socket = (DatagramSocket) server.socket();
            boolean recorded = settings.transcript().size() > 0;
            assertThat(client.getClass() == DatagramSocket.class).isNotEqualTo(recorded);
            assertThat(socket.getClass() == DatagramSocket.class).isNotEqualTo(recorded);
            int clientPort = client.getLocalPort();
            int serverPort = socket.getLocalPort();
            operation.run(socket, client, seen);
            connected.close();
            return seen.lines().stream()
                    .map(line -> line.replace(String.valueOf(serverPort), "<server>")
                            .replace(String.valueOf(clientPort), "<client>")
                            .replaceAll("DatagramSocket@[0-9a-f]+", "DatagramSocket@<hash>"))
                    .toList();
        }
    }

    private static void assertSame(Transport transport, Operation operation) throws Exception {
        assertThat(run(transport, RawPair.RECORDED, operation)).isEqualTo(run(transport, RawPair.PLAIN, operation));
    }

    @OverUdp
    void whatTheySayOfThemselves(Transport transport) throws Exception {
        assertSame(transport, (server, client, seen) -> {
            states(server, seen);
            states(client, seen);
            client.setReuseAddress(true);
            client.setBroadcast(false);
            client.setTrafficClass(8);
            client.setSoTimeout(77);
            states(client, seen);
            client.disconnect();
            states(client, seen);
            client.close();
            client.close();
            states(client, seen);
            seen.ofRunning("send", () -> client.send(packet("x", server.getLocalSocketAddress())));
            seen.ofRunning("receive", () -> receive(client));
            seen.ofRunning("bind", () -> client.bind(null));
            seen.ofRunning("connect", () -> client.connect(server.getLocalSocketAddress()));
            seen.ofRunning("disconnect", client::disconnect);
        });
    }

    private static void states(DatagramSocket socket, Seen seen) {
        seen.of("toString", socket::toString);
        seen.of("isBound", socket::isBound);
        seen.of("isConnected", socket::isConnected);
        seen.of("isClosed", socket::isClosed);
        seen.of("getChannel", socket::getChannel);
        seen.of("getInetAddress", socket::getInetAddress);
        seen.of("getPort", socket::getPort);
        seen.of("getLocalAddress", socket::getLocalAddress);
        seen.of("getLocalPort", socket::getLocalPort);
        seen.of("getLocalSocketAddress", socket::getLocalSocketAddress);
        seen.of("getRemoteSocketAddress", socket::getRemoteSocketAddress);
        seen.of("getSoTimeout", socket::getSoTimeout);
        seen.of("getReuseAddress", socket::getReuseAddress);
        seen.of("getBroadcast", socket::getBroadcast);
        seen.of("getTrafficClass", socket::getTrafficClass);
        seen.of("getReceiveBufferSize", socket::getReceiveBufferSize);
        seen.of("getSendBufferSize", socket::getSendBufferSize);
        seen.of(
                "supportedOptions",
                () -> socket.supportedOptions().stream()
                        .map(Object::toString)
                        .sorted()
                        .toList());
    }

    @OverUdp
    @SuppressWarnings("NullAway") // what cannot be
    void packets(Transport transport) throws Exception {
        assertSame(transport, (server, client, seen) -> {
            client.send(packet("longer than what is read"));
            byte[] array = "............".getBytes(UTF_8);
            DatagramPacket cut = new DatagramPacket(array, 3, 6);
            server.receive(cut);
            seen.of(
                    "cut",
                    () -> text(cut) + " " + cut.getOffset() + " " + new String(array, UTF_8) + " "
                            + cut.getSocketAddress());
            client.send(packet(""));
            seen.of("a shorter one into the same", () -> {
                server.receive(cut);
                return cut.getLength() + " " + cut.getOffset();
            });
            DatagramPacket unaddressed = packet("to whom");
            seen.ofRunning("not connected", () -> server.send(unaddressed));
            client.send(unaddressed);
            seen.of("addressed by the send", unaddressed::getSocketAddress);
            seen.of("received", () -> text(receive(server)));
            seen.ofRunning("another address", () -> client.send(packet("x", client.getLocalSocketAddress())));
            seen.ofRunning("too long", () -> client.send(new DatagramPacket(new byte[65_535], 65_535)));
            seen.ofRunning(
                    "port 0",
                    () -> server.send(
                            new DatagramPacket(new byte[1], 1, new InetSocketAddress(server.getLocalAddress(), 0))));
            seen.of("none to send", () -> thrownBy(() -> client.send(null)));
            seen.of("none to receive", () -> thrownBy(() -> client.receive(null)));
            client.setSoTimeout(1);
            seen.ofRunning("time-out", () -> receive(client));
            server.send(packet("after it", client.getLocalSocketAddress()));
            client.setSoTimeout(5000);
            seen.of("goes on", () -> text(receive(client)));
        });
    }

    /** A message may have the names of parameters. */
    private static String thrownBy(Seen.Work work) throws Exception {
        try {
            work.run();
            return "nothing";
        } catch (NullPointerException e) {
            return "NullPointerException";
        }
    }

    @OverUdp
    void aCloseWakesAReceive(Transport transport) throws Exception {
        assertSame(transport, (server, client, seen) -> {
            Background<Boolean> receiving = Background.run(() -> receive(client));
            Background<Boolean> second = Background.run(() -> receive(client));
            Background.outlastAMillisecond();
            client.close();
            seen.of("receive", () -> receiving.get());
            seen.of("receive", () -> second.get());
        });
    }

    @OverUdp
    void nobodyThere(Transport transport) throws Exception {
        spec(transport);
        try (DeadEnd refused = DeadEnd.refused(transport)) { // the port of a closed server may be somebody else's
            assertSame(transport, (server, client, seen) -> {
                client.connect(refused.address());
                client.send(packet("a"));
                seen.ofRunning("receive", () -> receive(client));
                client.send(packet("b"));
                seen.ofRunning("send", () -> client.send(packet("c")));
            });
        }
    }
}
