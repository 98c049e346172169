package org.junitsockets.jupiter;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junitsockets.ClientAuthentication.REQUIRED;
import static org.junitsockets.TlsCertificate.EXPIRED;
import static org.junitsockets.Transport.TCP;
import static org.junitsockets.Transport.TCP6;
import static org.junitsockets.Transport.TLS;
import static org.junitsockets.Transport.UDP;
import static org.junitsockets.Transport.UDP6;
import static org.junitsockets.Transport.UNIX;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.Echo;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketPair;
import org.junitsockets.SocketServer;
import org.junitsockets.Tls;
import org.junitsockets.Transport;

/** What a user writes who wants another transport than TCP, as the documentation shows it. */
class TransportsUsageTests {

    // -- each of them ------------------------------------------------------------------------------

    @EachTransport({TCP, TCP6, UNIX, TLS})
    @WithSocketServer(handler = Echo.class)
    void echoesEverywhere(SocketConnection client) {
        client.write("x");
        client.expect("x");
    }

    @EachTransport({TCP, TCP6, UDP, UDP6, UNIX})
    void bothEndsScripted(
            @WithSocketServer SocketServer server, @WithSocketClients SocketClients clients, Transport transport) {
        server.onConnection(peer -> peer.expect("ping").write("pong"));
        SocketConnection client = clients.transport(transport).connect(server.socketAddress());
        client.write("ping").expect("pong");
        assertThat(client.transport()).isEqualTo(server.transport()).isEqualTo(transport);
    }

    @EachTransport({TCP, TCP6, UNIX, TLS})
    void pairs(@WithSocketPair SocketPair pair) {
        pair.client().write("ping\n").shutdownOutput();
        pair.server().expectLine("ping").expectEnd();
        pair.server().write("pong\n").fin();
        pair.client().expectLine("pong").expectEnd();
    }

    // -- UDP ---------------------------------------------------------------------------------------

    /** Counts things, and sends what it counts to an address without waiting for anything. */
    private record StatsD(InetSocketAddress address) {
        void count(String name, int by) throws IOException {
            byte[] bytes = (name + ":" + by + "|c").getBytes(UTF_8);
            try (DatagramSocket socket = new DatagramSocket(0, address.getAddress())) {
                socket.send(new DatagramPacket(bytes, bytes.length, address));
            }
        }
    }

    @Test
    @WithSocketServer(transport = UDP)
    void counts(SocketServer sink) throws IOException {
        new StatsD(sink.address()).count("a", 1);
        assertThat(sink.awaitMessage().text()).isEqualTo("a:1|c");
        sink.expectNoMore(Duration.ofMillis(100));
    }

    @Test
    @WithSocketServer(transport = UDP6, handler = Echo.class)
    void addressesAndPorts(SocketConnection client, @Endpoint InetSocketAddress address, @Port int port) {
        client.write("x").expectMessage("x");
        assertThat(client.remoteAddress()).isEqualTo(address);
        assertThat(address.getPort()).isEqualTo(port);
    }

    private static DatagramPacket packet(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return new DatagramPacket(bytes, bytes.length);
    }

    @EachTransport({UDP, UDP6})
    @WithSocketServer
    void datagramSockets(DatagramSocket server, @Connected DatagramSocket client) throws IOException {
        client.send(packet("ping"));
        DatagramPacket came = new DatagramPacket(new byte[100], 100);
        server.receive(came);
        assertThat(new String(came.getData(), 0, came.getLength(), UTF_8)).isEqualTo("ping");
        assertThat(came.getSocketAddress()).isEqualTo(client.getLocalSocketAddress());
        assertThat(server.getSoTimeout()).isEqualTo(5000);
        assertThat(client.getRemoteSocketAddress()).isEqualTo(server.getLocalSocketAddress());
    }

    @EachTransport({UDP, UDP6})
    @WithSocketServer
    void datagramChannels(DatagramChannel server, @Connected DatagramChannel client) throws IOException {
        client.write(ByteBuffer.wrap("ping".getBytes(UTF_8)));
        ByteBuffer came = ByteBuffer.allocate(100);
        assertThat(server.receive(came)).isEqualTo(client.getLocalAddress());
        assertThat(came.position()).isEqualTo(4);
        server.send(ByteBuffer.wrap("pong".getBytes(UTF_8)), client.getLocalAddress());
        assertThat(client.read(came)).isEqualTo(4);
    }

    /** They are clients, of whatever server there is. */
    @EachTransport({UDP, UDP6})
    @WithSocketServer(handler = Echo.class)
    void datagramsOfAServerWithAHandler(@Connected DatagramSocket socket, @Connected DatagramChannel channel)
            throws IOException {
        socket.send(packet("ping"));
        DatagramPacket cut = new DatagramPacket(new byte[2], 2);
        socket.receive(cut);
        assertThat(new String(cut.getData(), 0, cut.getLength(), UTF_8)).isEqualTo("pi");
        channel.write(ByteBuffer.wrap("ping".getBytes(UTF_8)));
        assertThat(channel.read(ByteBuffer.allocate(10))).isEqualTo(4);
    }

    @EachTransport({UDP, UDP6})
    void nobodyIsThereForDatagrams(@RefusedEndpoint InetSocketAddress refused, @OccupiedEndpoint int port)
            throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, refused.getAddress())) {
            socket.connect(refused);
            socket.setSoTimeout(10_000);
            socket.send(packet("anybody?"));
            assertThatThrownBy(() -> socket.receive(packet("none"))).isInstanceOf(PortUnreachableException.class);
        }
        assertThatThrownBy(() -> new DatagramSocket(port, refused.getAddress()).close())
                .isInstanceOf(BindException.class);
    }

    // -- UNIX --------------------------------------------------------------------------------------

    @Test
    @WithSocketServer(transport = UNIX)
    void atAPath(SocketServer server, @Endpoint UnixDomainSocketAddress address, @Endpoint SocketAddress same) {
        assertThat(Files.exists(server.path())).isTrue();
        assertThat(address.getPath()).isEqualTo(server.path());
        assertThat(same).isEqualTo(address);
        assertThat(server.socketAddress()).isEqualTo(address);
    }

    @Test
    @WithSocketServer(transport = UNIX)
    void unixChannels(ServerSocketChannel server, SocketChannel client) throws IOException {
        client.write(ByteBuffer.wrap("hi".getBytes(UTF_8)));
        try (SocketChannel accepted = server.accept()) {
            ByteBuffer got = ByteBuffer.allocate(2);
            assertThat(accepted.read(got)).isEqualTo(2);
        }
        assertThat(server.getLocalAddress()).isInstanceOf(UnixDomainSocketAddress.class);
    }

    @Test
    void aPathWhereNobodyListens(
            @RefusedEndpoint(transport = UNIX) UnixDomainSocketAddress refused,
            @OccupiedEndpoint(transport = UNIX) SocketAddress occupied)
            throws IOException {
        assertThatThrownBy(() -> SocketChannel.open(refused).close()).isInstanceOf(ConnectException.class);
        try (ServerSocketChannel late = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            assertThatThrownBy(() -> late.bind(occupied)).isInstanceOf(BindException.class);
        }
    }

    // -- TLS ---------------------------------------------------------------------------------------

    /** A web server as small as it can be. */
    static final class Answer implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) {
            if (peer.awaitInput()) {
                peer.readUntil("\r\n\r\n");
                peer.write("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"); // or the JDK would keep it
            }
        }
    }

    private static int https(URI uri, SSLContext trusting) throws IOException {
        HttpsURLConnection connection = (HttpsURLConnection) uri.toURL().openConnection();
        connection.setSSLSocketFactory(trusting.getSocketFactory());
        connection.setConnectTimeout(10_000);
        connection.setReadTimeout(10_000);
        return connection.getResponseCode();
    }

    @Test
    void answersOverTls(
            @WithSocketServer(handler = Answer.class) @WithTls SocketServer server, @Endpoint SSLContext trusting)
            throws Exception {
        assertThat(https(server.uri("https"), trusting)).isEqualTo(204);
        assertThat(https(URI.create("https://localhost:" + server.port()), trusting))
                .isEqualTo(204);
    }

    @Test
    void refusesExpired(
            @WithSocketServer @WithTls(certificate = EXPIRED) SocketServer server, @Endpoint SSLContext trusting) {
        assertThatThrownBy(() -> https(server.uri("https"), trusting)).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void startTls(@WithSocketServer SocketServer server, Tls tls, @WithSocketClients SocketClients clients) {
        server.onConnection(peer -> {
            peer.expectLine("STARTTLS");
            peer.write("220\r\n");
            peer.startTls(tls);
            peer.expectLine("EHLO me");
        });
        clients.connect(server.address())
                .write("STARTTLS\r\n")
                .expectLine("220")
                .startTls(tls)
                .write("EHLO me\r\n");
    }

    @Test
    @WithSocketServer(name = "db", handler = Answer.class)
    @WithTls(names = "db.test", clientAuthentication = REQUIRED)
    void whatAClientNeeds(
            @Endpoint("db") SSLContext context,
            @Endpoint("db") X509Certificate certificate,
            @Endpoint("db") Path authority,
            @Endpoint("db") Tls tls,
            @Port("db") int port)
            throws Exception {
        assertThat(certificate.getSubjectAlternativeNames()).anyMatch(name -> name.contains("db.test"));
        assertThat(Files.readString(authority, US_ASCII)).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(tls.certificate()).isEqualTo(certificate);
        assertThat(https(URI.create("https://127.0.0.1:" + port), context)).isEqualTo(204);
        SSLContext anonymous = tls.anonymousClientContext();
        try (SSLSocket socket = (SSLSocket) anonymous.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            assertThatThrownBy(() -> {
                        socket.startHandshake();
                        socket.getInputStream().read(); // in TLS 1.3 a client hears of it later
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    @WithSocketServer
    @WithTls(applicationProtocols = "h2")
    void theJdksSecureSockets(SSLServerSocket server, SSLSocket client) throws Exception {
        Future<Integer> answered = CompletableFuture.supplyAsync(() -> {
            try (SSLSocket accepted = (SSLSocket) server.accept()) {
                accepted.getOutputStream().write(42);
                return accepted.getInputStream().read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(client.getInputStream().read()).isEqualTo(42);
        assertThat(client.getApplicationProtocol()).isEqualTo("h2");
        client.getOutputStream().write(43);
        assertThat(answered.get(10, TimeUnit.SECONDS)).isEqualTo(43);
    }

    @Test
    @WithSocketServer(transport = TLS)
    void aSocketOverTlsIsASecureOne(ServerSocket server, Socket client) {
        assertThat(server).isInstanceOf(SSLServerSocket.class);
        assertThat(client).isInstanceOf(SSLSocket.class);
    }

    @Test
    void anIdentityOfItsOwn(@WithTls(names = "mail.test") Tls tls) throws Exception {
        assertThat(tls.certificate().getSubjectAlternativeNames()).anyMatch(name -> name.contains("mail.test"));
    }

    @Nested
    @WithSocketServer(handler = Echo.class)
    @WithTls
    class OnAClass {

        @Test
        void everyTestHasIt(SocketConnection client) {
            client.write("x").expect("x");
            assertThat(client.tls().session().getProtocol()).isEqualTo("TLSv1.3");
        }
    }
}
