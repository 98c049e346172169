package org.junitsockets.certificates;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.security.cert.CertificateExpiredException;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsockets.Tls;
import org.junitsockets.TlsCertificate;
import org.junitsockets.TlsStall;
import org.junitsockets.tls.TruncatedException;

/** Core's TLS endpoint over a channel on one side, the JDK's {@link SSLSocket} on the other. */
class AgainstJdkTests {

    private static final int MEBIBYTE = 1 << 20;

    /** A connection: the endpoint at one end, a plain socket at the other. */
    private record Pair(ChannelEnd ours, Socket raw, boolean isServer) implements AutoCloseable {

        static Pair open(boolean isServer) throws IOException {
            if (isServer) {
                try (ServerSocketChannel listener =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
                    Socket raw = new Socket(
                            InetAddress.getLoopbackAddress(), listener.socket().getLocalPort());
                    return new Pair(new ChannelEnd(listener.accept()), raw, true).noDelay();
                }
            }
            try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                ChannelEnd ours = ChannelEnd.connect(listener.getLocalPort());
                return new Pair(ours, listener.accept(), false).noDelay();
            }
        }

        private Pair noDelay() throws IOException {
            raw.setTcpNoDelay(true);
            raw.setSoTimeout(20_000);
            return this;
        }

        ChannelEnd start(Tls tls) {
            return ours.start(isServer ? tls.serverEngine() : tls.clientEngine("localhost", 1));
        }

        /** The JDK's TLS over the plain socket. */
        SSLSocket jdk(Tls tls) throws IOException {
            SSLContext context = isServer ? tls.clientContext() : tls.serverContext();
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, "localhost", 1, true);
            socket.setUseClientMode(isServer);
            if (!tls.options().protocols().isEmpty()) {
                socket.setEnabledProtocols(tls.options().protocols().toArray(String[]::new));
            }
            return socket;
        }

        @Override
        public void close() throws IOException {
            ours.close();
            raw.close();
        }
    }

    private static <T> CompletableFuture<T> background(Callable<T> what) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(what.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private static Tls tls(String protocol) {
        return Tls.builder().protocols(protocol).create();
    }

    private static byte[] random(int seed) {
        byte[] bytes = new byte[MEBIBYTE];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3, true", "TLSv1.3, false", "TLSv1.2, true", "TLSv1.2, false"})
    void aMebibyteGoesBothWaysAtOnce(String protocol, boolean isServer) throws Exception {
        Tls tls = tls(protocol);
        byte[] there = random(1);
        byte[] back = random(2);
        try (Pair pair = Pair.open(isServer)) {
            ChannelEnd ours = pair.start(tls);
            SSLSocket theirs = pair.jdk(tls);
            CompletableFuture<byte[]> readByUs = background(() -> ours.readExactly(MEBIBYTE));
            CompletableFuture<Object> writtenByUs = background(() -> ours.write(there));
            CompletableFuture<byte[]> readByThem =
                    background(() -> theirs.getInputStream().readNBytes(MEBIBYTE));
            CompletableFuture<Object> writtenByThem = background(() -> {
                theirs.getOutputStream().write(back);
                return "done";
            });
            assertThat(get(readByThem)).isEqualTo(there);
            assertThat(get(readByUs)).isEqualTo(back);
            get(writtenByUs);
            get(writtenByThem);
            assertThat(ours.tls().session().orElseThrow().session().getProtocol())
                    .isEqualTo(protocol);
            assertThat(theirs.getSession().getProtocol()).isEqualTo(protocol);
            assertThat(ours.heard.events).containsExactly("completed " + protocol);
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3, true", "TLSv1.3, false", "TLSv1.2, true", "TLSv1.2, false"})
    void theirCloseNotifyIsTheEnd(String protocol, boolean isServer) throws Exception {
        Tls tls = tls(protocol);
        try (Pair pair = Pair.open(isServer)) {
            ChannelEnd ours = pair.start(tls);
            SSLSocket theirs = pair.jdk(tls);
            CompletableFuture<byte[]> read = background(ours::readToEnd);
            theirs.getOutputStream().write("all".getBytes(US_ASCII));
            theirs.shutdownOutput();
            assertThat(get(read)).asString(US_ASCII).isEqualTo("all");
            if (protocol.equals("TLSv1.3")) {
                ours.write("and you?");
                ours.shutdownOutput();
                assertThat(theirs.getInputStream().readAllBytes())
                        .asString(US_ASCII)
                        .isEqualTo("and you?");
            } else {
                assertThat(theirs.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(ours.heard.events)
                    .containsExactly("completed " + protocol, "close_notify received", "close_notify sent");
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3, true", "TLSv1.3, false", "TLSv1.2, true", "TLSv1.2, false"})
    void ourCloseNotifyIsTheEnd(String protocol, boolean isServer) throws Exception {
        Tls tls = tls(protocol);
        try (Pair pair = Pair.open(isServer)) {
            ChannelEnd ours = pair.start(tls);
            SSLSocket theirs = pair.jdk(tls);
            CompletableFuture<byte[]> read =
                    background(() -> theirs.getInputStream().readAllBytes());
            ours.write("all");
            ours.shutdownOutput();
            assertThat(get(read)).asString(US_ASCII).isEqualTo("all");
            if (protocol.equals("TLSv1.3")) {
                theirs.getOutputStream().write("and you?".getBytes(US_ASCII));
                theirs.shutdownOutput();
                assertThat(ours.readToEnd()).asString(US_ASCII).isEqualTo("and you?");
            } else {
                assertThat(ours.readToEnd()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3, true", "TLSv1.3, false", "TLSv1.2, true", "TLSv1.2, false"})
    void anEndBelowIsATruncation(String protocol, boolean isServer) throws Exception {
        Tls tls = tls(protocol);
        try (Pair pair = Pair.open(isServer)) {
            ChannelEnd ours = pair.start(tls);
            SSLSocket theirs = pair.jdk(tls);
            CompletableFuture<String> read = background(() -> ours.readText(3));
            theirs.getOutputStream().write("all".getBytes(US_ASCII));
            assertThat(get(read)).isEqualTo("all");
            pair.raw.shutdownOutput();
            assertThatThrownBy(ours::readToEnd).isInstanceOf(TruncatedException.class);
            ours.write("still");
            assertThat(theirs.getInputStream().readNBytes(5)).asString(US_ASCII).isEqualTo("still");
        }
    }

    /** The client does not wait for the answer to its STARTTLS: both come at once. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void tlsBeginsInMidConversation(String protocol) throws Exception {
        Tls tls = tls(protocol);
        try (Pair pair = Pair.open(true)) {
            pair.raw.getOutputStream().write("STARTTLS\r\n".getBytes(US_ASCII));
            SSLSocket theirs = pair.jdk(tls);
            CompletableFuture<Object> handshake = background(() -> {
                theirs.startHandshake();
                return "done";
            });
            ByteBuffer plain = pair.ours.readPlain();
            byte[] line = new byte[10];
            while (plain.remaining() <= line.length) {
                plain.compact();
                plain.put(pair.ours.readPlain()).flip();
            }
            plain.get(line);
            assertThat(line).asString(US_ASCII).isEqualTo("STARTTLS\r\n");
            ChannelEnd ours = pair.ours.start(tls.serverEngine(), plain, TlsStall.NONE);
            ours.write("secret");
            get(handshake);
            assertThat(theirs.getInputStream().readNBytes(6)).asString(US_ASCII).isEqualTo("secret");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void aClientOfAServerThatFallsSilentGivesUp(TlsStall stall) throws Exception {
        Tls tls = Tls.builder().stall(stall).create();
        try (Pair pair = Pair.open(true)) {
            ChannelEnd ours = pair.ours.start(tls.serverEngine(), ByteBuffer.allocate(0), stall);
            SSLSocket theirs = pair.jdk(tls);
            CompletableFuture<byte[]> read = background(ours::readToEnd);
            theirs.setSoTimeout(200);
            assertThatThrownBy(theirs::startHandshake).isInstanceOf(SocketTimeoutException.class);
            pair.raw.close();
            assertThatThrownBy(() -> get(read))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TruncatedException.class);
            assertThat(ours.heard.events).containsExactly("stalled " + stall, "truncated");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whoRefusesACertificateTellsWho(String protocol) throws Exception {
        Tls tls = Tls.builder()
                .protocols(protocol)
                .certificate(TlsCertificate.EXPIRED)
                .create();
        try (Pair pair = Pair.open(true)) {
            ChannelEnd ours = pair.start(tls);
            SSLSocket theirs = pair.jdk(tls);
            CompletableFuture<byte[]> read = background(ours::readToEnd);
            assertThatThrownBy(theirs::startHandshake)
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasRootCauseInstanceOf(CertificateExpiredException.class);
            assertThatThrownBy(() -> get(read))
                    .hasCauseInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("Received fatal alert: ");
        }
        try (Pair pair = Pair.open(false)) {
            ChannelEnd ours = pair.start(tls);
            SSLSocket theirs = pair.jdk(tls);
            CompletableFuture<Integer> read =
                    background(() -> theirs.getInputStream().read());
            assertThatThrownBy(ours::handshake)
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasRootCauseInstanceOf(CertificateExpiredException.class);
            ours.flush();
            assertThatThrownBy(() -> get(read)).hasMessageContaining("Received fatal alert: ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aResumedSessionIsToldFromANewOne(String protocol) throws Exception {
        Tls tls = tls(protocol);
        assertThat(isResumed(tls)).as("the first").isFalse();
        assertThat(isResumed(tls)).as("the second").isTrue();
    }

    private static boolean isResumed(Tls tls) throws Exception {
        try (Pair pair = Pair.open(false)) {
            ChannelEnd ours = pair.start(tls);
            SSLSocket theirs = pair.jdk(tls);
            CompletableFuture<byte[]> read =
                    background(() -> theirs.getInputStream().readNBytes(1));
            ours.write("a");
            get(read);
            theirs.getOutputStream().write('b'); // and before it, in TLS 1.3, the tickets
            ours.readText(1);
            return ours.tls().session().orElseThrow().resumed();
        }
    }
}
