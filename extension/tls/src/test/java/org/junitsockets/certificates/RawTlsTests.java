package org.junitsockets.certificates;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsockets.ClientAuthentication;
import org.junitsockets.DeadEnd;
import org.junitsockets.Tls;
import org.junitsockets.TlsCertificate;
import org.junitsockets.TlsStall;
import org.junitsockets.Transport;
import org.junitsockets.raw.Clients;
import org.junitsockets.raw.Destination;
import org.junitsockets.raw.RawServers;
import org.junitsockets.spec.Choice;
import org.junitsockets.spec.Declaration;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;

/** The JDK's own sockets over TLS, as they are injected, on both sides. */
class RawTlsTests {

    private static final Settings SETTINGS = Settings.from(name -> null);

    private static ServerSpec spec(Tls tls, Duration deadline) {
        return new ServerSpec(
                "db", Choice.stated(Transport.TLS), null, 1, 0, 0, deadline, tls, new Declaration("declared here"));
    }

    private static ServerSpec spec(Tls tls) {
        return spec(tls, Duration.ofSeconds(10));
    }

    private static RawServers.RawServer open(Tls tls) {
        return RawServers.open(SSLServerSocket.class, spec(tls), SETTINGS);
    }

    private static Clients.Connected<?> connect(RawServers.RawServer server) {
        return Clients.connect(SSLSocket.class, 1, Destination.of(server.address(), server.spec()), SETTINGS);
    }

    private static <T> FutureTask<T> aside(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "test-aside");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static <T> T get(FutureTask<T> task) throws Exception {
        try {
            return task.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Answers one connection with what it reads first, and returns what it reads then. */
    private static FutureTask<Integer> echo(RawServers.RawServer server) {
        return aside(() -> {
            try (Socket accepted = ((ServerSocket) server.socket()).accept()) {
                accepted.setSoTimeout(10_000);
                accepted.getOutputStream().write(accepted.getInputStream().read());
                return accepted.getInputStream().read();
            }
        });
    }

    private static void ping(SSLSocket client) throws IOException {
        client.getOutputStream().write('p');
        assertThat(client.getInputStream().read()).isEqualTo('p');
    }

    @ParameterizedTest
    @ValueSource(classes = {SSLServerSocket.class, ServerSocket.class})
    void aServerIsAnSslServerSocketWhateverItIsAskedForAs(Class<?> type) throws Exception {
        RawServers.RawServer server = RawServers.open(type, spec(Tls.builder().create()), SETTINGS);
        SSLServerSocket socket = (SSLServerSocket) server.socket();
        assertThat(socket.getSoTimeout()).isEqualTo(10_000);
        assertThat(socket.getLocalSocketAddress()).isEqualTo(server.address());
        assertThat(socket.getInetAddress().isLoopbackAddress()).isTrue();
        assertThat(server.isRecorded()).isFalse();
        FutureTask<Socket> accept = aside(socket::accept);
        server.close();
        assertThatThrownBy(() -> get(accept)).isInstanceOf(SocketException.class);
    }

    @ParameterizedTest
    @ValueSource(classes = {SSLSocket.class, Socket.class})
    void aClientIsConnectedAndItsHandshakeIsItsOwn(Class<?> type) throws Exception {
        Tls tls = Tls.builder().applicationProtocols("h2", "http/1.1").create();
        try (RawServers.RawServer server = open(tls)) {
            FutureTask<Integer> echo = echo(server);
            Clients.Connected<?> connected =
                    Clients.connect(type, 1, Destination.of(server.address(), server.spec()), SETTINGS);
            SSLSocket client = (SSLSocket) connected.socket();
            assertThat(client.isConnected()).isTrue();
            assertThat(client.getRemoteSocketAddress()).isEqualTo(server.address());
            assertThat(client.getSoTimeout()).isEqualTo(10_000);
            assertThat(client.getSSLParameters().getEndpointIdentificationAlgorithm())
                    .isEqualTo("HTTPS");
            assertThat(client.getHandshakeSession()).isNull();
            assertThat(connected.isRecorded()).isFalse();
            assertThat(connected.type()).isEqualTo(SSLSocket.class);
            ping(client);
            assertThat(client.getApplicationProtocol()).isEqualTo("h2");
            assertThat(client.getSession().getPeerCertificates()[0]).isEqualTo(tls.certificate());
            connected.shutdownOutput();
            assertThat(get(echo)).as("what the server reads at the end").isEqualTo(-1);
            connected.close();
            assertThat(client.isClosed()).isTrue();
            connected.close();
        }
    }

    @Test
    void aCloseAnnouncesTheEndIfNobodyHasYet() throws Exception {
        try (RawServers.RawServer server = open(Tls.builder().create())) {
            FutureTask<Integer> echo = echo(server);
            Clients.Connected<?> connected = connect(server);
            ping((SSLSocket) connected.socket());
            connected.close();
            assertThat(get(echo)).as("what the server reads at the end").isEqualTo(-1);
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefusedByTheClient() throws Exception {
        try (RawServers.RawServer server =
                open(Tls.builder().certificate(TlsCertificate.WRONG_NAME).create())) {
            FutureTask<Integer> echo = echo(server);
            Clients.Connected<?> connected = connect(server);
            assertThatThrownBy(() -> ((SSLSocket) connected.socket()).startHandshake())
                    .isInstanceOf(SSLHandshakeException.class);
            connected.close();
            assertThatThrownBy(() -> get(echo)).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theServerHasTheVersionsAndSuitesThatWereAskedFor(String protocol) throws Exception {
        String suite =
                protocol.equals("TLSv1.3") ? "TLS_AES_256_GCM_SHA384" : "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
        Tls tls = Tls.builder().protocols(protocol).cipherSuites(suite).create();
        try (RawServers.RawServer server = open(tls);
                SSLSocket client =
                        (SSLSocket) tls.clientContext().getSocketFactory().createSocket()) {
            FutureTask<Integer> echo = echo(server);
            client.connect(server.address());
            ping(client);
            assertThat(client.getSession().getProtocol()).isEqualTo(protocol);
            assertThat(client.getSession().getCipherSuite()).isEqualTo(suite);
            client.shutdownOutput();
            get(echo);
        }
    }

    @Test
    void theServerDemandsACertificateOfTheClientIfAskedTo() throws Exception {
        Tls tls = Tls.builder()
                .clientAuthentication(ClientAuthentication.REQUIRED)
                .create();
        try (RawServers.RawServer server = open(tls);
                SSLSocket anonymous = (SSLSocket)
                        tls.anonymousClientContext().getSocketFactory().createSocket()) {
            assertThat(((SSLServerSocket) server.socket()).getNeedClientAuth()).isTrue();
            FutureTask<Integer> refused = echo(server);
            anonymous.connect(server.address());
            anonymous.setSoTimeout(10_000);
            assertThatThrownBy(() -> ping(anonymous)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> get(refused)).isInstanceOf(SSLException.class);
            FutureTask<Integer> echo = echo(server);
            Clients.Connected<?> connected = connect(server);
            ping((SSLSocket) connected.socket());
            connected.close();
            get(echo);
        }
    }

    @Test
    void theServerTakesTheNamesOnlyThatWereAskedFor() throws Exception {
        Tls tls = Tls.builder().names("db.example").serverNames("db.example").create();
        try (RawServers.RawServer server = open(tls)) {
            FutureTask<Integer> refused = echo(server);
            try (SSLSocket client = asking(tls, server, "other.example")) {
                assertThatThrownBy(() -> ping(client)).isInstanceOf(SSLException.class);
            }
            assertThatThrownBy(() -> get(refused)).isInstanceOf(SSLException.class);
            FutureTask<Integer> echo = echo(server);
            try (SSLSocket client = asking(tls, server, "db.example")) {
                ping(client);
                client.shutdownOutput();
                get(echo);
            }
        }
    }

    private static SSLSocket asking(Tls tls, RawServers.RawServer server, String name) throws IOException {
        SSLSocket client = (SSLSocket) tls.clientContext().getSocketFactory().createSocket();
        client.connect(server.address());
        client.setSoTimeout(10_000);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        client.setSSLParameters(parameters);
        return client;
    }

    @ParameterizedTest
    @ValueSource(classes = {SSLServerSocket.class, ServerSocket.class})
    void tlsOnTopOfTcpIsTheSame(Class<?> type) throws Exception {
        ServerSpec spec = over(Transport.TCP);
        try (RawServers.RawServer server = RawServers.open(type, spec, SETTINGS)) {
            FutureTask<Integer> echo = echo(server);
            Clients.Connected<?> connected =
                    Clients.connect(Socket.class, 1, Destination.of(server.address(), spec), SETTINGS);
            ping((SSLSocket) connected.socket());
            connected.close();
            assertThat(get(echo)).isEqualTo(-1);
        }
    }

    @Test
    void aChannelThatWouldSpeakInPlainIsRefused() {
        assertThatThrownBy(() -> RawServers.open(ServerSocketChannel.class, over(Transport.TCP), SETTINGS))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("ServerSocketChannel of server 'db' (declared here): found the transport TCP with TLS, over"
                        + " which the JDK has no ServerSocketChannel (expected: one of TCP, TCP6, UNIX; or over TCP"
                        + " with TLS one of SocketServer, ServerSocket, SSLServerSocket)");
        assertThatThrownBy(() -> RawServers.open(ServerSocketChannel.class, over(Transport.UNIX), SETTINGS))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("or over UNIX with TLS one of SocketServer)");
    }

    private static ServerSpec over(Transport transport) {
        return new ServerSpec(
                "db",
                Choice.stated(transport),
                null,
                1,
                0,
                0,
                Duration.ofSeconds(10),
                Tls.builder().create(),
                new Declaration("declared here"));
    }

    @Test
    void aServerSocketOfTheJdkCannotStall() {
        Tls tls = Tls.builder().stall(TlsStall.AFTER_CLIENT_HELLO).create();
        assertThatThrownBy(() -> open(tls))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("server 'db' (declared here): found the stall AFTER_CLIENT_HELLO and an SSLServerSocket,"
                        + " which answers by itself (expected: a SocketServer, or no stall)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aCloseWakesAWriteThatNobodyReads(String protocol) throws Exception {
        Tls tls = Tls.builder().protocols(protocol).create();
        ServerSpec spec = spec(tls, Duration.ofMillis(300));
        try (RawServers.RawServer server = RawServers.open(SSLServerSocket.class, spec(tls), SETTINGS)) {
            Clients.Connected<?> connected =
                    Clients.connect(SSLSocket.class, 1, Destination.of(server.address(), spec), SETTINGS);
            SSLSocket client = (SSLSocket) connected.socket();
            try (SSLSocket accepted = (SSLSocket) ((SSLServerSocket) server.socket()).accept()) {
                FutureTask<Boolean> shaken = aside(() -> {
                    accepted.startHandshake();
                    return true;
                });
                client.setSoTimeout(10_000);
                client.startHandshake();
                get(shaken);
                FutureTask<Boolean> writing = aside(() -> {
                    byte[] much = new byte[1 << 20];
                    while (true) {
                        client.getOutputStream().write(much);
                    }
                });
                connected.close();
                assertThat(client.isClosed()).isTrue();
                assertThatThrownBy(() -> get(writing)).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void aCloseWakesARead() throws Exception {
        try (RawServers.RawServer server = open(Tls.builder().create())) {
            Clients.Connected<?> connected = connect(server);
            SSLSocket client = (SSLSocket) connected.socket();
            FutureTask<Integer> reading = aside(() -> client.getInputStream().read());
            try (Socket accepted = ((ServerSocket) server.socket()).accept()) {
                assertThat(accepted.isConnected()).isTrue();
                connected.close();
                assertThatThrownBy(() -> get(reading)).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void whoCannotConnectNamesTheServer() {
        ServerSpec spec = spec(Tls.builder().create(), Duration.ofMillis(50));
        try (DeadEnd refused = DeadEnd.refused(Transport.TLS);
                DeadEnd unresponsive = DeadEnd.unresponsive(Transport.TLS)) {
            assertThatThrownBy(() ->
                            Clients.connect(SSLSocket.class, 1, Destination.of(refused.address(), spec), SETTINGS))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("connecting a client to server 'db' (declared here): Connection refused");
            InetSocketAddress silent = unresponsive.address();
            assertThatThrownBy(() -> Clients.connect(SSLSocket.class, 1, Destination.of(silent, spec), SETTINGS))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void whatIsDrainedIsReadToItsEnd() throws Exception {
        try (RawServers.RawServer server = open(Tls.builder().create())) {
            FutureTask<Integer> written = aside(() -> {
                try (Socket accepted = ((ServerSocket) server.socket()).accept()) {
                    byte[] much = "x".repeat(4 << 20).getBytes(UTF_8);
                    accepted.getOutputStream().write(much);
                    return much.length;
                }
            });
            Clients.Connected<?> connected = connect(server);
            assertThat(((SSLSocket) connected.socket()).getInputStream().read()).isEqualTo('x');
            connected.drain();
            assertThat(get(written)).isEqualTo(4 << 20);
            connected.close();
        }
    }
}
