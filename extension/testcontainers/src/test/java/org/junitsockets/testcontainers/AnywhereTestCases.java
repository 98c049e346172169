package org.junitsockets.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitsockets.Location.CONTAINER;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.Echo;
import org.junitsockets.Ending;
import org.junitsockets.Message;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketPair;
import org.junitsockets.SocketServer;
import org.junitsockets.Transport;
import org.junitsockets.jupiter.Connected;
import org.junitsockets.jupiter.EachTransport;
import org.junitsockets.jupiter.Endpoint;
import org.junitsockets.jupiter.Port;
import org.junitsockets.jupiter.WithSocketPair;
import org.junitsockets.jupiter.WithSocketServer;
import org.junitsockets.jupiter.WithTls;

/** What says nothing of where its servers are, so that it runs with them here and in a container. */
final class AnywhereTestCases {

    private AnywhereTestCases() {}

    private static final byte[] HELLO = "hello\r\n".getBytes(StandardCharsets.US_ASCII);

    /** What the JDK has; its server sockets can only be here, and are reached by way of there. */
    static class RawTypes {

        @Test
        @WithSocketServer
        void sockets(ServerSocket server, Socket client) throws IOException {
            try (Socket peer = server.accept()) {
                client.getOutputStream().write(HELLO);
                client.shutdownOutput();
                assertThat(peer.getInputStream().readAllBytes()).isEqualTo(HELLO);
                peer.getOutputStream().write(HELLO);
                peer.shutdownOutput();
                assertThat(client.getInputStream().readAllBytes()).isEqualTo(HELLO);
            }
        }

        @Test
        @WithSocketServer
        void resets(ServerSocket server, Socket client) throws IOException {
            try (Socket peer = server.accept()) {
                client.getOutputStream().write(HELLO);
                assertThat(peer.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
                client.setSoLinger(true, 0);
                client.close();
                assertThatThrownBy(() -> peer.getInputStream().read())
                        .isInstanceOf(SocketException.class)
                        .hasMessage("Connection reset");
            }
        }

        @Test
        @WithSocketServer
        void channels(ServerSocketChannel server, SocketChannel client) throws IOException {
            try (SocketChannel peer = server.accept()) {
                client.write(ByteBuffer.wrap(HELLO));
                ByteBuffer read = ByteBuffer.allocate(HELLO.length);
                while (read.hasRemaining() && peer.read(read) >= 0) {
                    // the rest of it
                }
                assertThat(read.array()).isEqualTo(HELLO);
            }
        }

        @Test
        @WithSocketServer
        void asynchronousChannels(AsynchronousServerSocketChannel server, AsynchronousSocketChannel client)
                throws Exception {
            try (AsynchronousSocketChannel peer = server.accept().get(20, TimeUnit.SECONDS)) {
                client.write(ByteBuffer.wrap(HELLO)).get(20, TimeUnit.SECONDS);
                ByteBuffer first = ByteBuffer.allocate(1);
                peer.read(first).get(20, TimeUnit.SECONDS);
                assertThat(first.array()).containsExactly('h');
            }
        }

        @Test
        @WithSocketServer(transport = Transport.UDP)
        void datagramSockets(@Endpoint DatagramSocket server, @Connected DatagramSocket client) throws IOException {
            client.send(new DatagramPacket(HELLO, HELLO.length));
            DatagramPacket received = new DatagramPacket(new byte[100], 100);
            server.receive(received);
            assertThat(received.getLength()).isEqualTo(HELLO.length);
            server.send(new DatagramPacket(HELLO, 2, received.getSocketAddress()));
            client.receive(received);
            assertThat(received.getLength()).isEqualTo(2);
        }

        @Test
        @WithSocketServer(transport = Transport.UDP)
        void datagramChannels(@Endpoint DatagramChannel server, @Connected DatagramChannel client) throws IOException {
            client.write(ByteBuffer.wrap(HELLO));
            ByteBuffer received = ByteBuffer.allocate(100);
            assertThat(server.receive(received)).isNotNull();
            assertThat(received.position()).isEqualTo(HELLO.length);
        }
    }

    /** Our own server, with scripts that hold on to the test. */
    static class Scripts {

        private int asked;

        @Test
        void aScriptThatCapturesTheTest(@WithSocketServer SocketServer server, @Connected("server") Socket client)
                throws IOException {
            server.onConnection(peer -> {
                asked++;
                peer.expectLine("PING").write("PONG\r\n").expectEnd();
            });
            client.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.getInputStream().readNBytes(6)).asString().isEqualTo("PONG\r\n");
            client.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(asked).isEqualTo(1);
            assertThat(server.connectionCount()).isEqualTo(1);
        }

        @Test
        void acceptedInline(@WithSocketServer SocketServer server, @Connected("server") Socket client)
                throws IOException {
            SocketConnection peer = server.accept();
            assertThat(peer.remoteAddress()).isEqualTo(client.getLocalSocketAddress());
            peer.write("hi");
            assertThat(client.getInputStream().readNBytes(2)).asString().isEqualTo("hi");
            peer.rst();
            assertThatThrownBy(() -> client.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessage("Connection reset");
        }

        @Test
        void itsEndsAreEndsOnTheWire(@WithSocketServer SocketServer server, SocketClients clients) {
            server.onConnection(peer -> peer.expect("a").rst());
            server.onConnection(peer -> peer.expect("b").fin());
            server.onConnection(peer -> {
                peer.shutdownOutput();
                peer.expect("c").expectEnd();
            });
            SocketConnection first = clients.connect(server.address());
            first.write("a").expectReset();
            SocketConnection second = clients.connect(server.address());
            second.write("b").expectEnd();
            SocketConnection third = clients.connect(server.address());
            third.expectEnd();
            third.write("c").shutdownOutput();
        }

        @Test
        void downAndUpAtTheSameAddress(@WithSocketServer SocketServer server, SocketClients clients) {
            InetSocketAddress address = server.address();
            SocketConnection before = clients.connect(address);
            server.accept();
            server.stop(Ending.RST);
            before.expectReset();
            assertThatThrownBy(() -> clients.connect(address)).hasRootCauseInstanceOf(ConnectException.class);
            server.start();
            assertThat(server.address()).isEqualTo(address);
            clients.connect(address);
            assertThat(server.connectionCount()).isEqualTo(2);
        }

        @Test
        void aBigOne(@WithSocketServer(handler = Echo.class) SocketServer server, SocketClients clients) {
            byte[] much = new byte[3_000_000];
            for (int i = 0; i < much.length; i++) {
                much[i] = (byte) ((i * 31) >> 3);
            }
            clients.run(server.address(), 1, client -> {
                Thread writer = new Thread(() -> client.write(much).shutdownOutput());
                writer.start();
                assertThat(client.readToEnd()).isEqualTo(much);
                writer.join();
            });
        }

        @Test
        void countsRightAfterTheConnect(@WithSocketServer SocketServer server, SocketClients clients) {
            server.expectNoConnections(Duration.ofMillis(1));
            for (int i = 1; i <= 20; i++) {
                clients.connect(server.address());
                assertThat(server.connectionCount()).isEqualTo(i);
            }
        }

        @Test
        @WithSocketPair
        void aPair(SocketPair pair) {
            pair.client().write("over");
            pair.server().expect("over").write("back").fin();
            pair.client().expect("back").expectEnd();
        }
    }

    /** Over each transport there is a way for. */
    static class Transports {

        @EachTransport({Transport.TCP, Transport.TCP6, Transport.TLS})
        void streams(@WithSocketServer SocketServer server, @Connected("server") SocketConnection client) {
            server.onConnection(peer -> peer.expect("ping").write("pong").expectEnd());
            client.write("ping").expect("pong").fin();
        }

        @EachTransport({Transport.UDP, Transport.UDP6})
        void datagrams(@WithSocketServer SocketServer server, @Connected("server") SocketConnection client) {
            client.write("one").write("two");
            Message one = server.awaitMessage();
            assertThat(one.text()).isEqualTo("one");
            one.reply("back");
            client.expectMessage("back");
            assertThat(server.awaitMessage().text()).isEqualTo("two");
            server.expectNoMore(Duration.ofMillis(5));
        }

        @EachTransport({Transport.UDP, Transport.UDP6})
        void datagramsAreRefusedWhileItIsDown(@WithSocketServer SocketServer server, SocketClients clients) {
            clients.transport(server.transport());
            server.stop();
            assertThatThrownBy(() ->
                            clients.connect(server.address()).write("lost").readMessage())
                    .hasRootCauseInstanceOf(PortUnreachableException.class);
            server.start();
            clients.connect(server.address()).write("here");
            assertThat(server.awaitMessage().text()).isEqualTo("here");
        }

        @EachTransport({Transport.TCP, Transport.TCP6, Transport.UDP, Transport.UDP6, Transport.TLS})
        void handlers(
                @WithSocketServer(handler = Echo.class) SocketServer server,
                @Connected("server") SocketConnection client,
                Transport transport) {
            client.write("echo").expect("echo");
            assertThat(server.transport()).isEqualTo(transport);
        }

        @Test
        void tls(@WithSocketServer(handler = Echo.class) @WithTls SocketServer server, @Endpoint SSLContext context)
                throws IOException {
            try (SSLSocket socket = (SSLSocket)
                    context.getSocketFactory().createSocket(server.address().getAddress(), server.port())) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream().write(HELLO);
                assertThat(socket.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
                assertThat(socket.getSession().getPeerPrincipal().getName()).contains("CN=");
            }
        }
    }

    /** A handler of the test's own, which needs another class of it. */
    static final class Shouting implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) {
            String line = peer.readLine();
            while (line != null) {
                peer.write(Louder.than(line) + "\r\n");
                peer.checkpoint("shouted");
                line = peer.readLine();
            }
        }
    }

    private record Louder(String text) {
        static String than(String quiet) {
            return new Louder(quiet.toUpperCase(java.util.Locale.ROOT)).text() + "!";
        }
    }

    @WithSocketServer(name = "shouting", handler = Shouting.class)
    static class Handlers {

        @Test
        void itsOwnHandler(@Endpoint SocketServer server, @Connected Socket client) throws IOException {
            client.getOutputStream().write(HELLO);
            assertThat(client.getInputStream().readNBytes(8)).asString().isEqualTo("HELLO!\r\n");
            server.assertReached("shouted");
            assertThat(server.transcript().toString()).contains("HELLO!");
        }

        @RepeatedTest(3)
        void again(@Connected("shouting") SocketConnection client) {
            client.write("a\r\n").expectLine("A!");
        }

        @Nested
        class Inside {
            @Test
            void nested(@Port("shouting") int port, @Endpoint(scheme = "shout") URI uri) throws IOException {
                assertThat(uri.getPort()).isEqualTo(port);
                try (Socket socket = new Socket(uri.getHost(), port)) {
                    socket.getOutputStream().write(HELLO);
                    socket.shutdownOutput();
                    InputStream in = socket.getInputStream();
                    assertThat(in.readAllBytes()).asString().isEqualTo("HELLO!\r\n");
                }
            }
        }
    }

    @TestInstance(Lifecycle.PER_CLASS)
    static class OfTheClass {

        @WithSocketServer(handler = Echo.class)
        private SocketServer server;

        private int port;

        @BeforeEach
        void samePort() {
            assertThat(port == 0 || port == server.port()).isTrue();
            port = server.port();
        }

        @RepeatedTest(2)
        void echoes(@Connected("server") SocketConnection client) {
            client.write("x").expect("x");
        }
    }

    /** From a container, a server of the test's is at another address. */
    static class Reached {

        @Test
        void byWayOfAContainer(
                @WithSocketServer SocketServer server,
                @Endpoint(from = CONTAINER) InetSocketAddress fromThere,
                SocketClients clients) {
            server.onConnection(
                    peer -> peer.expectLine("called").write("answered\r\n").expectEnd());
            clients.connect(fromThere)
                    .write("called\r\n")
                    .expectLine("answered")
                    .fin();
        }
    }

    // -- what fails, fails here ------------------------------------------------------------------

    static final class Failing implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) {
            peer.expectLine("PING");
        }
    }

    static class FailingHandler {
        @Test
        void fails(@WithSocketServer(handler = Failing.class) SocketServer server, SocketClients clients) {
            clients.connect(server.address()).write("PONG\r\n").expectEnd();
        }
    }

    static class FailingScript {
        @Test
        void fails(@WithSocketServer SocketServer server, SocketClients clients) {
            server.onConnection(peer -> peer.expectLine("PING"));
            clients.connect(server.address()).write("PONG\r\n").expectEnd();
        }
    }

    static class UnfinishedScript {
        @Test
        void fails(@WithSocketServer(deadline = "300ms") SocketServer server, @Connected("server") Socket client) {
            server.onConnection(SocketConnection::expectEnd);
            assertThat(client.isConnected()).isTrue();
            server.onConnection(peer -> {});
        }
    }

    static class OverUnix {
        @Test
        void skips(@WithSocketServer(transport = Transport.UNIX) SocketServer server) {
            assertThat(server.path()).exists();
        }
    }
}
