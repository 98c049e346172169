package org.junitsockets.assertj;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junitsockets.assertj.SocketAssertions.SOCKET_CONNECTION;
import static org.junitsockets.assertj.SocketAssertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.AbstractSoftAssertions;
import org.assertj.core.api.junit.jupiter.SoftAssertionsExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitsockets.SocketPair;
import org.junitsockets.SocketServer;
import org.junitsockets.Transcript;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.Transport;
import org.junitsockets.assertj.testing.Recorded;

class SocketSoftAssertionsTests {

    private final Transcript ping = Recorded.accepted()
            .received("PING")
            .sent("PONG")
            .event(Kind.FIN_RECEIVED)
            .transcript();

    @Test
    void allFailuresAreToldAndTheChainGoesOn() {
        SocketSoftAssertions softly = new SocketSoftAssertions();
        softly.assertThat(ping)
                .as("the ping")
                .received("QUIT")
                .received("PING")
                .then()
                .sent("BYE")
                .sent("PONG")
                .endedByReset()
                .endedByFin();
        softly.assertThat("AssertJ's own").isEmpty();
        assertThat(firstLines(softly))
                .containsExactly(
                        "[the ping] received() on the transcript: something else came",
                        "[the ping] sent() after then() on the transcript: something else was sent",
                        "[the ping] endedByReset() after then() on the transcript: it did not happen",
                        "Expecting empty but was: \"AssertJ's own\"");
    }

    @Test
    void onEverything() throws IOException {
        try (SocketServer server = SocketServer.builder().name("db").start();
                SocketPair pair = SocketPair.open(Transport.TCP);
                Socket socket = new Socket();
                SocketChannel channel = SocketChannel.open()) {
            SocketAddress address = server.address();
            SocketSoftAssertions softly = new SocketSoftAssertions();
            softly.assertThat(server)
                    .within(Duration.ofMillis(1))
                    .receivedContaining("x")
                    .hasNoConnections();
            softly.assertThat(pair.server())
                    .within(Duration.ofMillis(1))
                    .endedByFin()
                    .isOpen()
                    .receivedNothingMoreWithin(Duration.ofMillis(1));
            softly.assertThat(socket).isClosed().isOpen();
            softly.assertThat(channel).isClosed().isOpen();
            softly.assertThat(server.address()).hasPort(1).isLoopback();
            softly.assertThat(address).hasPort(2).isLoopback();
            assertThat(softly.errorsCollected()).hasSize(6);
        }
    }

    @Test
    void extractingAndSatisfiesAreSoftToo() {
        try (SocketPair pair = SocketPair.open(Transport.TCP)) {
            SocketSoftAssertions softly = new SocketSoftAssertions();
            softly.assertThat(pair.server())
                    .extracting(connection -> connection.number())
                    .isEqualTo(2);
            softly.assertThat(ping)
                    .satisfies(transcript -> assertThat(transcript).received("QUIT"))
                    .received("PING");
            assertThat(softly.errorsCollected()).hasSize(2);
        }
    }

    @Test
    void extractingAndSatisfies() {
        try (SocketPair pair = SocketPair.open(Transport.TCP)) {
            pair.client().write("PING");
            assertThat(pair).extracting(SocketPair::server, SOCKET_CONNECTION).received("PING");
            assertThat(pair.server())
                    .satisfies(peer -> assertThat(peer).received("PING"))
                    .extracting(peer -> peer.transcript().received().length)
                    .isEqualTo(4);
            assertThat(List.of(pair.server(), pair.client()))
                    .allSatisfy(end -> assertThat(end).isOpen());
        }
    }

    @Test
    void softly() {
        SocketSoftAssertions.assertSoftly(softly -> softly.assertThat(ping).received("PING"));
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> SocketSoftAssertions.assertSoftly(
                        softly -> softly.assertThat(ping).received("QUIT")))
                .withMessageContaining("something else came");
    }

    @Test
    void onClose() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> {
                    try (AutoCloseableSocketSoftAssertions softly = new AutoCloseableSocketSoftAssertions()) {
                        softly.assertThat(ping).received("QUIT");
                    }
                })
                .withMessageContaining("something else came");
    }

    @Test
    @ExtendWith(SoftAssertionsExtension.class)
    void injected(SocketSoftAssertions softly) {
        softly.assertThat(ping).received("PING");
    }

    private static List<String> firstLines(AbstractSoftAssertions softly) {
        return softly.errorsCollected().stream()
                .map(error -> requireNonNull(error.getMessage())
                        .lines()
                        .filter(line -> !line.isEmpty())
                        .findFirst()
                        .orElseThrow())
                .toList();
    }
}
