package org.junitsockets.assertj;

import static org.junitsockets.assertj.SocketAssertions.TRANSCRIPT;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketPair;
import org.junitsockets.SocketServer;
import org.junitsockets.Transport;

/** One static import of assertThat serves what AssertJ has and what the library has. */
class SocketAssertionsTests {

    private static final String SECRET = "hunter2";

    @Test
    void asTheUsageShowsIt() {
        try (SocketServer server = SocketServer.builder().start();
                SocketClients clients = SocketClients.open()) {
            server.onConnection(peer -> {
                peer.expectLine("PING");
                peer.write("PONG\r\n");
                peer.rst();
            });
            server.onConnection(peer -> peer.expectEnd());
            clients.connect(server.address())
                    .write("PING\r\n")
                    .expect("PONG\r\n")
                    .expectReset();
            clients.connect(server.address()).fin();

            assertThat(server).receivedConnections(2);
            assertThat(server.connection(1))
                    .received("PING\r\n")
                    .then()
                    .sent("PONG\r\n")
                    .endedByReset();
            assertThat(server.transcript()).doesNotContain(SECRET);
        }
    }

    @Test
    void inTheWordsOfBehaviour() {
        try (SocketPair pair = SocketPair.open(Transport.TCP)) {
            pair.client().write("PING");
            BDDSocketAssertions.then(pair.server()).received("PING").then().sentNothing();
            BDDSocketAssertions.then(pair.server().transcript()).receivedExactly("PING");
            BDDSocketAssertions.then(pair.server().localAddress()).isLoopback();
            BDDSocketAssertions.then("AssertJ's own").startsWith("AssertJ");
        }
    }

    /** None of them is ambiguous, and each is what it was. */
    @Test
    void whatAssertJHas() throws Exception {
        assertThat("text").startsWith("te");
        assertThat(new StringBuilder("text")).contains("ex");
        assertThat(1).isPositive();
        assertThat(1L).isPositive();
        assertThat(1.5).isPositive();
        assertThat('c').isLowerCase();
        assertThat(true).isTrue();
        assertThat(new byte[] {1}).hasSize(1);
        assertThat(new String[] {"a"}).contains("a");
        assertThat(BigDecimal.ONE).isPositive();
        assertThat(List.of("a")).first().isEqualTo("a");
        assertThat(Set.of("a")).contains("a");
        assertThat(Map.of("a", 1)).containsKey("a");
        assertThat(List.of("a").iterator()).hasNext();
        assertThat(Stream.of("a")).contains("a");
        assertThat(Optional.of("a")).contains("a");
        assertThat(Path.of("a")).isRelative();
        assertThat(new File("a")).isRelative();
        assertThat(URI.create("http://a")).hasHost("a");
        assertThat(URI.create("http://a").toURL()).hasHost("a");
        assertThat(Duration.ofSeconds(1)).isPositive();
        assertThat(Instant.EPOCH).isBefore(Instant.now());
        assertThat(new IOException("a")).hasMessage("a");
        assertThat(TimeUnit.SECONDS).isGreaterThan(TimeUnit.MILLISECONDS);
        assertThat(new AtomicInteger(1)).hasValue(1);
        assertThat(CompletableFuture.completedFuture("a")).isCompletedWithValue("a");
        assertThat(new ByteArrayInputStream(new byte[] {1})).hasBinaryContent(new byte[] {1});
        assertThat(String.class).isFinal();
        assertThat(InetAddress.getLoopbackAddress())
                .extracting(InetAddress::isLoopbackAddress)
                .isEqualTo(true);
        assertThat(new Object()).isNotNull();
        assertThat((Object) null).isNull();
        assertThatThrownBy(() -> {
                    throw new IOException("a");
                })
                .hasMessage("a");
    }

    @Test
    void lambdasAndTypeVariables() {
        Predicate<String> empty = String::isEmpty;
        assertThat(empty).accepts("");
        Supplier<String> supplier = () -> "a";
        assertThat(supplier).isNotNull();
        assertThat(supplier.get()).isEqualTo("a");
        Iterator<Integer> numbers = List.of(1).iterator();
        assertThat(numbers.next()).isEqualTo(1);
        assertThat(any("a")).isEqualTo("a");
    }

    private static <T> Object any(T value) {
        return value;
    }

    @Test
    void whatIsClosedInTheEnd() throws IOException {
        try (AutoCloseable nothing = () -> {};
                ServerSocket serverSocket = new ServerSocket();
                ServerSocketChannel serverChannel = ServerSocketChannel.open();
                Socket socket = new Socket();
                SocketChannel channel = SocketChannel.open()) {
            assertThat(nothing).isNotNull();
            assertThat(serverSocket).returns(false, ServerSocket::isBound);
            assertThat(serverChannel).returns(true, ServerSocketChannel::isOpen);
            assertThat(socket).isOpen().returns(false, Socket::isBound);
            assertThat(channel).isOpen().returns(false, SocketChannel::isConnected);
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Test
    void whatTheLibraryHas() {
        try (SocketServer server = SocketServer.builder().start();
                SocketPair pair = SocketPair.open(Transport.TCP)) {
            InetSocketAddress address = server.address();
            SocketAddress remote = pair.client().remoteAddress();
            SocketConnection client = pair.client();
            assertThat(server).hasNoConnections().returns(address.getPort(), SocketServer::port);
            assertThat(client).isOpen().returns(remote, SocketConnection::remoteAddress);
            assertThat(client.transcript()).isOpen();
            assertThat(address).isLoopback().returns(false, InetSocketAddress::isUnresolved);
            assertThat(remote).isLoopback();
            assertThat(pair).isNotNull();
            assertThat(List.of(client)).containsExactly(client);
            assertThat(server).extracting(SocketServer::transcript, TRANSCRIPT).receivedNothing();
            assertThat((Object) server)
                    .asInstanceOf(SocketAssertions.SOCKET_SERVER)
                    .hasNoConnections();
            assertThat(server)
                    .extracting(SocketServer::address, SocketAssertions.INET_SOCKET_ADDRESS)
                    .isLoopback();
        }
    }

    /** For those who have assertions of their own. */
    static class Extended extends SocketAssertions {}

    @Test
    void itCanBeExtended() {
        Extended.assertThat("text").startsWith("te");
        Extended.assertThat(InetSocketAddress.createUnresolved("a", 1)).hasPort(1);
    }
}
