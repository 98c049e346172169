package org.junitsockets.certificates;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitsockets.spi.ConnectionEndpoint.END;
import static org.junitsockets.spi.ConnectionEndpoint.UNAVAILABLE;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Random;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsockets.Tls;
import org.junitsockets.TlsCertificate;
import org.junitsockets.TlsSession;
import org.junitsockets.TlsStall;
import org.junitsockets.tls.TlsEndpoint;
import org.junitsockets.tls.TruncatedException;

/** The endpoint over a connection in memory, where every step can be seen. */
class TlsEndpointTests {

    private static final String TRUNCATED = "the other side ended the connection without close_notify (truncated)";

    private static Tls tls(String protocol) {
        return Tls.builder().protocols(protocol).create();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    // ---- data -------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, 1, 100", "TLSv1.3, 3, 20000", "TLSv1.3, 1000, 1500", "TLSv1.3, 100000, 100000",
        "TLSv1.2, 1, 100", "TLSv1.2, 3, 20000", "TLSv1.2, 1000, 1500", "TLSv1.2, 100000, 100000"
    })
    void whatIsWrittenIsReadHoweverItIsCut(String protocol, int slice, int room) throws Exception {
        Tls tls = tls(protocol);
        TlsPair pair = TlsPair.of(tls, tls, new FakePair(slice, room));
        byte[] bytes = random(slice < 10 ? 40_000 : 1 << 20);
        assertThat(TlsPair.pass(pair.client, bytes, pair.server, false)).isEqualTo(bytes);
        assertThat(TlsPair.pass(pair.server, bytes, pair.client, true)).isEqualTo(bytes);
        assertThat(pair.heardByClient.events).containsExactly(completed(protocol, "close_notify received"));
    }

    /** In TLS 1.2 who has received close_notify answers it at once. */
    private static String[] completed(String protocol, String event) {
        return protocol.equals("TLSv1.3") || !event.equals("close_notify received")
                ? new String[] {"completed " + protocol, event}
                : new String[] {"completed " + protocol, event, "close_notify sent"};
    }

    @Test
    void nothingIsWrittenOfNothing() throws Exception {
        TlsPair pair = TlsPair.of(tls("TLSv1.3")).handshake();
        long before = pair.below.client.written();
        assertThat(pair.client.write(ByteBuffer.allocate(0))).isZero();
        assertThat(pair.client.flush()).isTrue();
        assertThat(pair.below.client.written()).isEqualTo(before);
        assertThat(pair.server.read(ByteBuffer.allocate(0))).isZero();
    }

    @Test
    void ticketsAreNotData() throws Exception {
        TlsPair pair = TlsPair.of(tls("TLSv1.3")).handshake(); // after which the server has sent some
        for (int i = 0; i < 20; i++) {
            assertThat(pair.client.read(ByteBuffer.allocate(10))).isEqualTo(UNAVAILABLE);
        }
        assertThat(TlsPair.say(pair.server, "data", pair.client)).isEqualTo("data");
    }

    @Test
    void keysAreUpdatedOnTheWay() throws Exception {
        Tls tls = tls("TLSv1.3");
        SSLEngine updating = tls.clientEngine("localhost", 1);
        TlsPair pair = new TlsPair(updating, tls.serverEngine(), TlsStall.NONE, new FakePair(1000, 100_000));
        pair.handshake();
        for (int i = 0; i < 3; i++) {
            updating.beginHandshake(); // in TLS 1.3 a key update
            assertThat(TlsPair.say(pair.client, "to the server", pair.server)).isEqualTo("to the server");
            assertThat(TlsPair.say(pair.server, "to the client", pair.client)).isEqualTo("to the client");
        }
        assertThat(pair.heardByClient.events).containsExactly("completed TLSv1.3");
    }

    @Test
    void aWriterThatFindsNoRoomIsToldToWait() throws Exception {
        TlsPair pair = TlsPair.of(tls("TLSv1.3")).handshake();
        pair.below.client.room(50);
        ByteBuffer source = ByteBuffer.allocate(1000);
        assertThat(pair.client.write(source)).isEqualTo(1000); // encrypted
        assertThat(pair.client.flush()).isFalse();
        assertThat(pair.client.write(ByteBuffer.allocate(1))).isEqualTo(UNAVAILABLE);
        assertThat(pair.client.interest(OP_WRITE)).isEqualTo(OP_WRITE);
        assertThat(pair.client.interest(OP_READ)).isEqualTo(OP_READ | OP_WRITE);
        pair.below.client.room(10_000);
        TlsPair.flush(pair.client);
        assertThat(pair.client.interest(OP_READ)).isEqualTo(OP_READ);
        assertThat(pair.client.interest(OP_WRITE)).isEqualTo(OP_WRITE);
        ByteBuffer target = ByteBuffer.allocate(2000);
        for (int i = 0; i < 20 && target.position() < 1000; i++) {
            pair.server.read(target);
        }
        assertThat(target.position()).isEqualTo(1000);
    }

    @Test
    void whatWasReadAheadBelongsToTheHandshake() throws Exception {
        Tls tls = tls("TLSv1.3");
        FakePair below = new FakePair(1000, 100_000);
        Heard heard = new Heard();
        TlsEndpoint client = new TlsEndpoint(
                below.client,
                tls.clientEngine("localhost", 1),
                ByteBuffer.allocate(0),
                TlsStall.NONE,
                new Object(),
                () -> {},
                heard);
        assertThat(client.handshake()).isFalse();
        client.flush();
        ByteBuffer ahead = ByteBuffer.allocate(50_000);
        for (int i = 0; i < 5; i++) {
            below.server.read(ahead);
        }
        TlsEndpoint server = new TlsEndpoint(
                below.server, tls.serverEngine(), ahead.flip(), TlsStall.NONE, new Object(), () -> {}, new Heard());
        assertThat(ahead.hasRemaining()).isFalse();
        assertThat(TlsPair.say(client, "hello", server)).isEqualTo("hello");
    }

    // ---- waiting ----------------------------------------------------------------------------------------------

    @Test
    void aWriterWaitsForTheHandshakeToBeAnswered() throws Exception {
        TlsPair pair = TlsPair.of(tls("TLSv1.3"));
        assertThat(pair.server.interest(OP_WRITE)).isEqualTo(OP_READ);
        assertThat(pair.client.write(ByteBuffer.wrap(new byte[1]))).isEqualTo(UNAVAILABLE);
        TlsPair.flush(pair.client);
        assertThat(pair.client.interest(OP_WRITE)).isEqualTo(OP_READ);
        assertThat(pair.client.session()).isEmpty();
        assertThat(pair.heardByClient.roused).hasValue(0);
        pair.handshake();
        assertThat(pair.heardByClient.roused.get()).isPositive();
        assertThat(pair.client.interest(OP_WRITE)).isEqualTo(OP_WRITE);
    }

    @Test
    void whoLeavesSomethingOverRousesTheOthers() throws Exception {
        TlsPair pair = TlsPair.of(tls("TLSv1.3")).handshake();
        assertThat(pair.client.write(ByteBuffer.allocate(10))).isEqualTo(10);
        TlsPair.flush(pair.client);
        pair.heardByServer.roused.set(0);
        assertThat(pair.server.hasInput()).isFalse();
        assertThat(pair.readOne(pair.server)).isEqualTo(1);
        assertThat(pair.server.hasInput()).isTrue();
        assertThat(pair.heardByServer.roused).hasValue(1);
        assertThat(pair.server.read(ByteBuffer.allocate(20))).isEqualTo(9);
        assertThat(pair.heardByServer.roused).hasValue(1);
    }

    // ---- ends -------------------------------------------------------------------------------------------------

    @Test
    void inTls13EachSideEndsByItself() throws Exception {
        TlsPair pair = TlsPair.of(tls("TLSv1.3")).handshake();
        pair.client.shutdownOutput();
        assertThat(pair.readOne(pair.server)).isEqualTo(END);
        assertThat(pair.readOne(pair.server)).isEqualTo(END);
        assertThat(pair.server.hasInput()).isTrue();
        assertThat(TlsPair.say(pair.server, "still here", pair.client)).isEqualTo("still here");
        assertThatThrownBy(() -> pair.client.write(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
        pair.server.shutdownOutput();
        assertThat(pair.readOne(pair.client)).isEqualTo(END);
        assertThat(pair.heardByClient.events)
                .containsExactly("completed TLSv1.3", "close_notify sent", "close_notify received");
        assertThat(pair.heardByServer.events)
                .containsExactly("completed TLSv1.3", "close_notify received", "close_notify sent");
    }

    @Test
    void inTls12OneEndsBoth() throws Exception {
        TlsPair pair = TlsPair.of(tls("TLSv1.2")).handshake();
        pair.client.shutdownOutput();
        assertThat(pair.readOne(pair.server)).isEqualTo(END);
        assertThatThrownBy(() -> pair.server.write(ByteBuffer.allocate(1)))
                .isInstanceOf(SSLException.class)
                .hasMessage("the other side sent close_notify, with which TLSv1.2 ends both directions");
        assertThat(pair.readOne(pair.client)).isEqualTo(END);
        assertThat(pair.heardByServer.events)
                .containsExactly("completed TLSv1.2", "close_notify received", "close_notify sent");
    }

    @Test
    void inTls12WhatIsOnItsWayIsStillRead() throws Exception {
        TlsPair pair = TlsPair.of(tls("TLSv1.2")).handshake();
        assertThat(pair.server.write(ByteBuffer.allocate(10))).isEqualTo(10);
        TlsPair.flush(pair.server);
        pair.client.shutdownOutput();
        ByteBuffer target = ByteBuffer.allocate(20);
        for (int i = 0; i < 10 && target.position() == 0; i++) {
            pair.client.read(target);
        }
        assertThat(target.position()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anEndWithoutCloseNotifyIsTold(String protocol) throws Exception {
        TlsPair pair = TlsPair.of(tls(protocol)).handshake();
        assertThat(TlsPair.say(pair.client, "half of", pair.server)).isEqualTo("half of");
        pair.client.truncate();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> pair.readOne(pair.server))
                    .isInstanceOf(TruncatedException.class)
                    .hasMessage(TRUNCATED);
        }
        assertThat(TlsPair.say(pair.server, "your output is not", pair.client)).isEqualTo("your output is not");
        assertThat(pair.heardByServer.events).containsExactly("completed " + protocol, "truncated");
        assertThat(pair.heardByClient.events).containsExactly("completed " + protocol);
    }

    @Test
    void whatCameBeforeATruncationIsRead() throws Exception {
        TlsPair pair = TlsPair.of(tls("TLSv1.3")).handshake();
        assertThat(pair.client.write(ByteBuffer.allocate(3000))).isEqualTo(3000);
        pair.client.truncate();
        TlsPair.flush(pair.client);
        int sum = 0;
        while (sum < 3000) {
            sum += Math.max(0, pair.server.read(ByteBuffer.allocate(700)));
        }
        assertThatThrownBy(() -> pair.readOne(pair.server)).isInstanceOf(TruncatedException.class);
    }

    @Test
    void anEndInTheHandshakeIsToldToReadersAndWriters() throws Exception {
        TlsPair pair = TlsPair.of(tls("TLSv1.3"));
        assertThat(pair.client.handshake()).isFalse();
        pair.client.truncate();
        String message = "the other side ended the connection in the TLS handshake (truncated)";
        assertThat(TlsPair.failure(pair.server, pair.client))
                .isInstanceOf(TruncatedException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> pair.server.write(ByteBuffer.allocate(1))).hasMessage(message);
        assertThatThrownBy(() -> pair.server.read(ByteBuffer.allocate(1))).hasMessage(message);
        assertThat(pair.heardByServer.events).containsExactly("truncated");
    }

    @Test
    void whoEndsItsOutputInTheHandshakeWaitsForTheOtherSide() throws Exception {
        TlsPair pair = TlsPair.of(tls("TLSv1.3"));
        assertThat(pair.server.handshake()).isFalse();
        pair.server.shutdownOutput();
        TlsPair.flush(pair.server);
        assertThat(pair.server.handshake()).isFalse();
        assertThat(pair.server.interest(OP_WRITE)).isEqualTo(OP_READ);
    }

    @Test
    void anEndThatFindsNoRoomWaitsBehindWhatWasWritten() throws Exception {
        TlsPair pair = TlsPair.of(tls("TLSv1.3")).handshake();
        pair.below.client.room(50);
        pair.client.write(ByteBuffer.allocate(1000));
        pair.client.shutdownOutput();
        assertThat(pair.client.flush()).isFalse();
        assertThat(pair.client.interest(OP_WRITE)).isEqualTo(OP_WRITE);
        pair.below.client.room(10_000);
        TlsPair.flush(pair.client);
        int sum = 0;
        for (int i = 0; i < 20 && sum < 1000; i++) {
            sum += Math.max(0, pair.server.read(ByteBuffer.allocate(1000)));
        }
        assertThat(sum).isEqualTo(1000);
        assertThat(pair.readOne(pair.server)).isEqualTo(END);
    }

    @Test
    void aResetIsOneAsBelow() throws Exception {
        TlsPair pair = TlsPair.of(tls("TLSv1.3")).handshake();
        pair.client.reset();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> pair.readOne(pair.server))
                    .isInstanceOf(SocketException.class)
                    .hasMessage("Connection reset");
        }
    }

    // ---- failures ---------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bothSidesLearnWhyAHandshakeHasFailed(String protocol) throws Exception {
        Tls expired = Tls.builder()
                .certificate(TlsCertificate.EXPIRED)
                .protocols(protocol)
                .create();
        TlsPair pair = TlsPair.of(expired);
        IOException atServer = TlsPair.failure(pair.server, pair.client);
        assertThat(atServer).isInstanceOf(SSLHandshakeException.class).hasMessageContaining("Received fatal alert: ");
        IOException atClient = TlsPair.failure(pair.client, pair.server);
        assertThat(atClient)
                .isInstanceOf(SSLHandshakeException.class)
                .hasRootCauseInstanceOf(java.security.cert.CertificateExpiredException.class);
        assertThatThrownBy(() -> pair.client.read(ByteBuffer.allocate(1))).isSameAs(atClient);
        assertThatThrownBy(() -> pair.client.write(ByteBuffer.allocate(1))).isSameAs(atClient);
        assertThat(pair.heardByClient.events).containsExactly("failed: " + atClient.getMessage());
        assertThat(pair.heardByServer.events.get(pair.heardByServer.events.size() - 1))
                .isEqualTo("failed: " + atServer.getMessage());
    }

    @Test
    void whatIsNotTlsFails() throws Exception {
        TlsPair pair = TlsPair.of(tls("TLSv1.3"));
        pair.below.client.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII)));
        assertThat(TlsPair.failure(pair.server, pair.server))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("plaintext connection?");
        assertThat(pair.below.server.written()).as("an alert").isEqualTo(7);
    }

    // ---- stalls -----------------------------------------------------------------------------------------------

    @Test
    void nothingAnswersTheClientHello() throws Exception {
        Tls tls = Tls.builder().stall(TlsStall.AFTER_CLIENT_HELLO).create();
        TlsPair pair = TlsPair.of(tls);
        for (int i = 0; i < 100; i++) {
            assertThat(pair.client.handshake()).isFalse();
            assertThat(pair.server.read(ByteBuffer.allocate(1))).isEqualTo(UNAVAILABLE);
            assertThat(pair.server.write(ByteBuffer.wrap(new byte[1]))).isEqualTo(UNAVAILABLE);
        }
        assertThat(pair.server.interest(OP_READ)).isEqualTo(OP_READ);
        assertThat(pair.server.interest(OP_WRITE)).isEqualTo(OP_READ);
        assertThat(pair.below.server.written()).isZero();
        assertThat(pair.heardByServer.events).containsExactly("stalled AFTER_CLIENT_HELLO");
        pair.client.truncate();
        assertThat(TlsPair.failure(pair.server, pair.client)).isInstanceOf(TruncatedException.class);
        pair.server.shutdownOutput();
        assertThat(pair.below.server.written()).isZero();
        assertThat(TlsPair.failure(pair.client, pair.client)).isInstanceOf(TruncatedException.class);
    }

    @Test
    void whoSendsWithoutAPauseKeepsTheLockFromNobody() throws Exception {
        Tls tls = Tls.builder().stall(TlsStall.AFTER_CLIENT_HELLO).create();
        TlsPair pair = TlsPair.of(tls);
        while (pair.heardByServer.events.isEmpty()) {
            pair.client.handshake();
            pair.server.handshake();
        }
        int before = pair.heardByServer.roused.get();
        pair.below.client.flood();
        assertThat(pair.server.handshake()).isFalse();
        assertThat(pair.heardByServer.roused).as("who waits looks again").hasValue(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void halfOfTheAnswerIsSent(String protocol) throws Exception {
        Tls tls = tls(protocol);
        TlsPair whole = TlsPair.of(tls);
        while (whole.below.server.written() == 0) {
            whole.client.handshake();
            whole.server.handshake();
        }
        for (int i = 0; i < 10; i++) {
            whole.server.handshake();
        }
        Tls stalling =
                Tls.builder().protocols(protocol).stall(TlsStall.MID_HANDSHAKE).create();
        TlsPair pair = TlsPair.of(tls, stalling, new FakePair(1000, 100_000));
        for (int i = 0; i < 100; i++) {
            assertThat(pair.client.handshake()).isFalse();
            assertThat(pair.server.read(ByteBuffer.allocate(1))).isEqualTo(UNAVAILABLE);
        }
        assertThat(pair.below.server.written())
                .isBetween(whole.below.server.written() / 2 - 10, whole.below.server.written() / 2 + 10);
        assertThat(pair.heardByServer.events).containsExactly("stalled MID_HANDSHAKE");
    }

    // ---- what was agreed on -----------------------------------------------------------------------------------

    @Test
    void theSessionIsToldAtBothEnds() throws Exception {
        Tls tls = Tls.builder()
                .protocols("TLSv1.3")
                .cipherSuites("TLS_AES_256_GCM_SHA384")
                .applicationProtocols("h2", "http/1.1")
                .create();
        TlsPair pair = TlsPair.of(tls).handshake();
        for (TlsEndpoint end : new TlsEndpoint[] {pair.client, pair.server}) {
            TlsSession session = end.session().orElseThrow();
            assertThat(session.applicationProtocol()).contains("h2");
            assertThat(session.serverName()).contains("localhost");
            assertThat(session.resumed()).isFalse();
            assertThat(session).hasToString("TLSv1.3, TLS_AES_256_GCM_SHA384, ALPN h2, SNI localhost");
        }
    }
}
