package org.junitsockets.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junitsockets.Ending;
import org.junitsockets.LengthPrefix;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketPair;
import org.junitsockets.SocketServer;
import org.junitsockets.Transport;
import org.junitsockets.testing.Background;
import org.junitsockets.testing.OnEachTransport;
import org.junitsockets.testing.OnEachTransportWithReset;
import org.junitsockets.testing.Raw;
import org.junitsockets.testing.Wired;

class EndingTests {

    @OnEachTransport
    void finAndCloseEndInOrderForASocket(Transport transport) throws Exception {
        for (boolean close : new boolean[] {false, true}) {
            try (Wired wired = Wired.open(transport)) {
                wired.peer.write("last");
                if (close) {
                    wired.peer.close();
                    wired.peer.close();
                } else {
                    wired.peer.fin();
                }
                assertThat(Raw.readToEnd(wired.client)).isEqualTo("last");
                Raw.assertEnd(wired.client);
            }
        }
    }

    @OnEachTransport
    void finAndRstAsAChannelSeesThem(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        try (SocketServer server = SocketServer.builder().transport(transport).start();
                SocketChannel ended = SocketChannel.open(server.socketAddress());
                SocketConnection first = server.accept();
                SocketChannel reset = SocketChannel.open(server.socketAddress());
                SocketConnection second = server.accept()) {
            first.fin();
            assertThat(ended.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            reset.write(ByteBuffer.allocate(2)); // without which UNIX has no reset
            second.rst();
            assertThatThrownBy(() -> reset.read(ByteBuffer.allocate(1)))
                    .isInstanceOf(SocketException.class)
                    .hasMessage("Connection reset");
        }
    }

    /** Closing with unread input would reset, and the reset would overtake the answer. */
    @OnEachTransport
    void finIsAFinThoughTheOtherSideStillSends(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Raw.write(wired.client, "unread".repeat(1000));
            wired.peer.write("answer").fin();
            Raw.write(wired.client, "more".repeat(1000));
            assertThat(Raw.readToEnd(wired.client)).isEqualTo("answer");
            Raw.write(wired.client, "and more".repeat(1000));
            Raw.assertEnd(wired.client);
        }
    }

    @OnEachTransport
    void rstResets(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            wired.resetByPeer();
            Raw.assertReset(wired.client);
            Raw.assertReset(wired.client);
        }
    }

    @OnEachTransport
    void endIsTheOneOrTheOther(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            wired.peer.write("last").end(Ending.FIN);
            assertThat(Raw.readToEnd(wired.client)).isEqualTo("last");
            Raw.assertEnd(wired.client);
            assertThatThrownBy(() -> wired.peer.end(Ending.RST))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("rst() on " + wired.peer + ": already ended here by fin()");
        }
        try (Wired wired = Wired.open(transport)) {
            Raw.write(wired.client, "unread");
            wired.peer.write("last").end(Ending.RST);
            assertThat(Raw.read(wired.client, 4)).isEqualTo("last");
            Raw.assertReset(wired.client);
            assertThatThrownBy(() -> wired.peer.end(Ending.FIN))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("fin() on " + wired.peer + ": already ended here by rst()");
        }
    }

    @OnEachTransport
    void noEndIsNone(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            assertThatThrownBy(() -> wired.peer.end(Ending.NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("ending: found NONE (expected: FIN or RST; holdOpen() keeps a connection open)");
            wired.peer.write("open");
            assertThat(Raw.read(wired.client, 4)).isEqualTo("open");
        }
    }

    @OnEachTransportWithReset
    void rstAfterAHalfCloseResets(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            wired.client.shutdownOutput();
            wired.peer.expectEnd().rst();
            Raw.assertReset(wired.client);
        }
    }

    @OnEachTransport
    void aFewBytesBeforeAResetAreDelivered(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        try (SocketServer server = SocketServer.builder().transport(transport).start()) {
            for (int i = 0; i < 200; i++) {
                try (var client = Raw.connect(server);
                        SocketConnection peer = server.accept()) {
                    Raw.write(client, "unread");
                    peer.write("abcde").rst();
                    assertThat(Raw.read(client, 5)).isEqualTo("abcde");
                    Raw.assertReset(client);
                }
            }
        }
    }

    @OnEachTransport
    void allThatAReadingClientTakesIsDeliveredBeforeTheReset(Transport transport) throws Exception {
        int size = 3 * 1024 * 1024;
        try (Wired wired = Wired.open(transport)) {
            Background<Integer> reader = Background.call(() -> {
                int total = 0;
                byte[] buffer = new byte[64 * 1024];
                while (total < size) {
                    total += wired.client.getInputStream().read(buffer); // an early reset would throw
                }
                return total;
            });
            wired.peer.write(new byte[size]);
            wired.resetByPeer();
            assertThat(reader.get()).isEqualTo(size);
            Raw.assertReset(wired.client);
        }
    }

    /** Were delivery waited for without a bound, this would not return. */
    @OnEachTransport
    void aClientThatDoesNotReadCannotHoldUpTheReset(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport, builder -> builder.sendBuffer(4096), 4096)) {
            assertThatThrownBy(() -> wired.peer.deadline(Duration.ofMillis(50)).write(new byte[8 * 1024 * 1024]))
                    .isInstanceOf(AssertionError.class);
            wired.peer.deadline(Duration.ofHours(1));
            wired.resetByPeer();
            assertThatThrownBy(() -> wired.client.getInputStream().readAllBytes())
                    .isInstanceOf(SocketException.class)
                    .hasMessage("Connection reset");
        }
    }

    @OnEachTransport
    void finWakesABlockedReaderAndABlockedWriter(Transport transport) throws Exception {
        assertWakesReaderAndWriter(transport, "fin()", SocketConnection::fin);
        assertWakesReaderAndWriter(transport, "close()", SocketConnection::close);
    }

    /** Where a reset needs something unread there is no blocked reader. */
    @OnEachTransportWithReset
    void rstWakesABlockedReaderAndABlockedWriter(Transport transport) throws Exception {
        assertWakesReaderAndWriter(transport, "rst()", SocketConnection::rst);
    }

    private static void assertWakesReaderAndWriter(Transport transport, String how, Consumer<SocketConnection> end)
            throws Exception {
        try (Wired wired = Wired.open(transport, builder -> builder.sendBuffer(4096), 4096)) {
            Background<?> reader = Background.call(wired.peer::readLine);
            Background<?> writer = Background.call(() -> wired.peer.write(new byte[8 * 1024 * 1024]));
            Background.await("both to wait", () -> ((Connection) wired.peer).waiting() == 2);
            end.accept(wired.peer);
            assertThatThrownBy(reader::get)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("readLine() on " + wired.peer + ": already ended here by " + how);
            assertThatThrownBy(writer::get)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("write of 8388608 bytes on " + wired.peer + ": already ended here by " + how);
        }
    }

    @OnEachTransport
    void useAfterTheEndSaysWhatEndedIt(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            SocketConnection peer = wired.peer;
            peer.fin();
            Map<String, Runnable> uses = Map.ofEntries(
                    Map.entry("readLine()", peer::readLine),
                    Map.entry("readExactly(1)", () -> peer.readExactly(1)),
                    Map.entry("readFrame(1 byte)", () -> peer.readFrame(LengthPrefix.U8)),
                    Map.entry("readToEnd()", peer::readToEnd),
                    Map.entry("readAvailable()", peer::readAvailable),
                    Map.entry("awaitInput()", peer::awaitInput),
                    Map.entry("awaitOutput()", peer::awaitOutput),
                    Map.entry("holdOpen()", peer::holdOpen),
                    Map.entry("pauseReading()", peer::pauseReading),
                    Map.entry("expectLine(\"a\")", () -> peer.expectLine("a")),
                    Map.entry("expectNoMore(20 ms)", () -> peer.expectNoMore(Duration.ofMillis(20))),
                    Map.entry("expectEnd()", peer::expectEnd),
                    Map.entry("expectReset()", peer::expectReset),
                    Map.entry("write of 1 bytes", () -> peer.write("a")),
                    Map.entry("write of 0 bytes", () -> peer.write("")),
                    Map.entry("writeSlowly of 1 bytes", () -> peer.writeSlowly("a", Duration.ofMillis(1))),
                    Map.entry("shutdownOutput()", peer::shutdownOutput),
                    Map.entry("fin()", peer::fin),
                    Map.entry("rst()", peer::rst));
            uses.forEach((call, use) -> assertThatThrownBy(use::run)
                    .as(call)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(SocketException.class)
                    .hasMessage(call + " on " + peer + ": already ended here by fin()"));
            assertThat(peer.remoteAddress()).isEqualTo(wired.client.getLocalSocketAddress());
            assertThat(peer.localAddress()).isEqualTo(wired.server.socketAddress());
        }
    }

    @OnEachTransport
    void aResetRepeatsOnEveryRead(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            wired.resetByClient();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(wired.peer::readLine)
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessage("readLine() on " + wired.peer + ": Connection reset");
            }
            wired.peer.expectReset();
        }
    }

    @OnEachTransport
    void bytesBeforeAResetAreReadBeforeIt(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Raw.write(wired.client, "last words\n");
            wired.resetByClient();
            wired.peer.expectLine("last words").expectReset();
        }
    }

    /** After a write has met the reset the JDK reads what came before it, and then -1, as after a FIN. */
    @OnEachTransport
    void aResetThatAWriteMetIsRememberedAndWhatCameBeforeItIsNotLost(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Raw.write(wired.client, "last words\n");
            wired.resetByClient();
            assertThatThrownBy(() -> {
                        wired.peer.write("x");
                        wired.peer.write("y");
                    })
                    .isInstanceOf(UncheckedIOException.class);
            wired.peer.expectLine("last words").expectReset().expectReset();
            assertThatThrownBy(wired.peer::readLine).hasMessageEndingWith(": Connection reset");
        }
    }

    @OnEachTransport
    void holdOpenEndsWithTheClientAndKeepsWhatItSent(Transport transport) throws Exception {
        for (boolean reset : new boolean[] {false, true}) {
            try (Wired wired = Wired.open(transport)) {
                Background<Boolean> holding = Background.run(wired.peer::holdOpen);
                Background.await("it to wait", () -> ((Connection) wired.peer).waitingIn() != null);
                Raw.write(wired.client, "unasked\n");
                assertThat(holding.isDone()).isFalse();
                if (reset) {
                    wired.resetByClient();
                } else {
                    wired.client.close();
                }
                holding.get();
                wired.peer.expectLine("unasked");
            }
        }
    }

    @OnEachTransport
    void holdOpenEndsWhenTheConnectionIsEndedHere(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Background<Boolean> holding = Background.run(wired.peer::holdOpen);
            Background.await("it to wait", () -> ((Connection) wired.peer).waitingIn() != null);
            wired.server.stop();
            holding.get();
        }
    }

    @OnEachTransport
    void aPeerThatNeverStopsSendingCannotHoldUpTheEnd(Transport transport) throws Exception {
        Background<Boolean> sender;
        try (Wired wired = Wired.open(transport)) {
            sender = Background.run(() -> {
                try {
                    while (true) {
                        wired.client.getOutputStream().write(new byte[64 * 1024]);
                    }
                } catch (IOException e) {
                    // at last
                }
            });
            wired.peer.awaitInput();
            wired.peer.deadline(Duration.ofMillis(100)).fin();
            sender.get();
        }
    }

    /** Which also lets go of a client that is blocked in a write, for whoever waits for its end. */
    @OnEachTransport
    void afterFinAClientThatOnlyWritesNoticesNothing(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Background<Boolean> writer = Background.run(() -> {
                wired.client.getOutputStream().write(new byte[16 * 1024 * 1024]); // more than any buffers take
                wired.client.shutdownOutput();
            });
            assertThat(wired.peer.awaitInput()).isTrue();
            wired.peer.deadline(Duration.ofSeconds(20)).fin();
            writer.get();
            Raw.assertEnd(wired.client);
        }
    }

    @OnEachTransport
    void afterStopWhatAClientWritesIsAnsweredByAReset(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport, builder -> builder.deadline(Duration.ofHours(1)), 0)) {
            wired.server.stop();
            Raw.assertEnd(wired.client);
            Background<Boolean> writer = Background.run(() -> {
                while (true) {
                    Raw.write(wired.client, "x");
                }
            });
            assertThatThrownBy(writer::get).isInstanceOf(SocketException.class);
        }
    }

    @OnEachTransport
    void aPairIsTheTwoEndsOfOneConnection(Transport transport) {
        Raw.assumeAvailable(transport);
        SocketPair pair = SocketPair.open(transport);
        try (pair) {
            pair.client().write("ping\n");
            pair.server().expectLine("ping").write("pong\n");
            pair.client().expectLine("pong");
            assertThat(pair.client().localAddress()).isEqualTo(pair.server().remoteAddress());
            assertThat(pair.client().remoteAddress()).isEqualTo(pair.server().localAddress());
            assertThat(pair.client().number()).isEqualTo(1);
            assertThatThrownBy(() -> pair.client().checkpoint("c"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("checkpoint: a client's end has none (expected: the server's end)");
            pair.client().write("unread");
            pair.server().rst();
            pair.client().expectReset();
        }
        pair.close();
        assertThatThrownBy(() -> pair.client().write("x")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void whatIsKnownOfAConnectionIsDescribed() throws Exception {
        try (Wired wired = Wired.open(Transport.TCP)) {
            Connection peer = (Connection) wired.peer;
            String from = "#1 from /127.0.0.1:" + wired.client.getLocalPort() + ": ";
            assertThat(peer.describe()).isEqualTo(from + "received 0 bytes, sent 0 bytes, open");
            Raw.write(wired.client, "a".repeat(100) + "\n");
            peer.readLine();
            peer.write("ok");
            wired.client.shutdownOutput();
            peer.expectEnd();
            assertThat(peer.describe())
                    .startsWith(from + "received 101 bytes \"" + "a".repeat(48) + "...\" [61 ")
                    .endsWith("sent 2 bytes \"ok\" [6f 6b], ended by the client (FIN)");
            peer.rst();
            assertThat(peer.describe()).endsWith(", ended by the client (FIN), ended here by rst()");
        }
        try (Wired wired = Wired.open(Transport.TCP)) {
            wired.resetByClient();
            wired.peer.expectReset();
            assertThat(((Connection) wired.peer).describe()).endsWith(", sent 0 bytes, reset");
        }
    }
}
