package org.junitsockets.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junitsockets.LengthPrefix;
import org.junitsockets.SocketConnection;
import org.junitsockets.Transport;
import org.junitsockets.testing.Background;
import org.junitsockets.testing.OnEachTransport;
import org.junitsockets.testing.Raw;
import org.junitsockets.testing.Wired;

/** Deadlines, interrupts, paused reading, and several threads at one connection. */
class WaitingTests {

    @OnEachTransport
    void aDeadlineNamesTheCallTheConnectionTheDeclarationAndWhatHadArrived(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            SocketConnection peer = wired.peer.deadline(Duration.ofMillis(50));
            assertThat(peer.toString()).matches("connection 1 of server 'db' \\(built at Wired\\.java:\\d+\\)");
            Map<String, Runnable> reads = Map.of(
                    "readLine()", peer::readLine,
                    "readUntil(2 bytes \";;\" [3b 3b])", () -> peer.readUntil(";;"),
                    "readExactly(9)", () -> peer.readExactly(9),
                    "readFrame(8 bytes, BIG_ENDIAN)",
                            () -> peer.readFrame(LengthPrefix.of(8, java.nio.ByteOrder.BIG_ENDIAN)),
                    "readToEnd()", peer::readToEnd,
                    "expectLine(\"a\")", () -> peer.expectLine("a"));
            reads.forEach((call, read) -> assertThatThrownBy(read::run)
                    .as(call)
                    .isInstanceOf(AssertionError.class)
                    .hasMessage(call + " on " + peer
                            + ": nothing came within 50 ms; the other side still holds the connection open,"
                            + " 0 bytes received in all"));
            Raw.write(wired.client, "abc");
            assertThat(peer.deadline(Duration.ofSeconds(20)).awaitInput()).isTrue();
            peer.deadline(Duration.ofMillis(50));
            reads.forEach(
                    (call, read) -> assertThatThrownBy(read::run)
                            .as(call)
                            .isInstanceOf(AssertionError.class)
                            .hasMessage(
                                    call + " on " + peer + ": only 3 bytes \"abc\" [61 62 63] came within 50 ms;"
                                            + " the other side still holds the connection open, 3 bytes \"abc\" [61 62 63] received in all"));
        }
    }

    @OnEachTransport
    void aReadThatWasLateCanBeDoneAgain(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            SocketConnection peer = wired.peer.deadline(Duration.ofMillis(50));
            wired.client.getOutputStream().write(new byte[] {0, 4, 'a', 'b'});
            assertThatThrownBy(() -> peer.readFrame(LengthPrefix.U16)).isInstanceOf(AssertionError.class);
            peer.write("hurry");
            assertThat(Raw.read(wired.client, 5)).isEqualTo("hurry");
            Raw.write(wired.client, "cd");
            assertThat(peer.deadline(Duration.ofSeconds(5)).readFrame(LengthPrefix.U16))
                    .containsExactly('a', 'b', 'c', 'd');
        }
    }

    @Test
    void aReaderBehindAnotherOneThatWaitsHasADeadlineToo() throws Exception {
        try (Wired wired = Wired.open(Transport.TCP)) {
            Background<?> first = Background.call(wired.peer::readLine);
            Background.await("the first reader to wait", () -> ((Connection) wired.peer).waitingIn() != null);
            assertThatThrownBy(() -> wired.peer.deadline(Duration.ofMillis(50)).readExactly(1))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("readExactly(1) on " + wired.peer + ": another thread was reading for all of 50 ms");
            Raw.write(wired.client, "done\n");
            assertThat(first.get()).isEqualTo("done");
        }
    }

    @Test
    void aDeadlineIsFromAMillisecondToADay() throws Exception {
        try (Wired wired = Wired.open(Transport.TCP)) {
            for (Duration wrong : new Duration[] {Duration.ZERO, Duration.ofMillis(-1), Duration.ofDays(2)}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> wired.peer.deadline(wrong))
                        .withMessage("deadline: found '" + wrong + "' (expected: between 1 ms and a day)");
            }
        }
    }

    @OnEachTransport
    void anInterruptedThreadLeavesAndTheConnectionStaysUsable(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport, builder -> builder.sendBuffer(4096), 4096)) {
            SocketConnection peer = wired.peer;
            Map<String, Runnable> waits = Map.of(
                    "readLine()", peer::readLine,
                    "expectEnd()", peer::expectEnd,
                    "awaitInput()", peer::awaitInput,
                    "holdOpen()", peer::holdOpen);
            waits.forEach((call, wait) -> assertInterruptible(peer, call, wait));
            wired.client.setTcpNoDelay(true);
            Raw.write(wired.client, "fine\n");
            peer.expectLine("fine").write("too");
            assertThat(Raw.read(wired.client, 3)).isEqualTo("too");
            assertInterruptible(peer, "write of 8388608 bytes", () -> peer.write(new byte[8 * 1024 * 1024]));
        }
    }

    private static void assertInterruptible(SocketConnection peer, String call, Runnable wait) {
        Background<Boolean> thread = Background.call(() -> {
            assertThatThrownBy(wait::run)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(InterruptedIOException.class)
                    .hasMessage(call + " on " + peer + ": the thread was interrupted");
            return Thread.currentThread().isInterrupted();
        });
        Background.await("it to wait", () -> ((Connection) peer).waitingIn() != null);
        thread.thread().interrupt();
        try {
            assertThat(thread.get()).as("still interrupted").isTrue();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @OnEachTransport
    void pausedReadingStallsTheOtherSideAndResumedReadingLosesNothing(Transport transport) throws Exception {
        int size = 8 * 1024 * 1024;
        try (Wired wired = Wired.open(transport, builder -> builder.receiveBuffer(4096), 0)) {
            wired.peer.deadline(Duration.ofSeconds(20)).pauseReading();
            wired.client.setSendBufferSize(4096);
            var sent = new java.util.concurrent.atomic.AtomicInteger();
            Background<Boolean> writer = Background.run(() -> {
                byte[] chunk = new byte[1024];
                while (sent.get() < size) {
                    wired.client.getOutputStream().write(chunk);
                    sent.addAndGet(chunk.length);
                }
            });
            Background<byte[]> reader = Background.call(() -> wired.peer.readExactly(size));
            Background.await("the reader to wait", () -> ((Connection) wired.peer).waitingIn() != null);
            Background.await("the writer to stall", new java.util.function.BooleanSupplier() {
                private int before = -1;
                private int same;

                @Override
                public boolean getAsBoolean() {
                    int now = sent.get();
                    same = now == before ? same + 1 : 0;
                    before = now;
                    return same == 500;
                }
            });
            assertThat(sent.get()).as("what the buffers take").isLessThan(1024 * 1024);
            assertThat(reader.isDone()).isFalse();
            wired.peer.resumeReading();
            wired.peer.resumeReading();
            assertThat(reader.get()).hasSize(size);
            writer.get();
        }
    }

    @OnEachTransport
    void whoWaitsAlreadyIsPausedToo(Transport transport) throws Exception {
        for (boolean reads : new boolean[] {true, false}) {
            try (Wired wired = Wired.open(transport)) {
                Connection peer = (Connection) wired.peer;
                Background<String> reader =
                        Background.call(() -> reads || peer.awaitInput() ? peer.readLine() : "nothing");
                Background.await("it to wait", () -> peer.waitingIn() != null);
                peer.pauseReading();
                Raw.write(wired.client, "later\n");
                Background.await("it to wait though there is something to read", () -> peer.isIdle(reader.thread()));
                assertThat(reader.isDone()).isFalse();
                peer.resumeReading();
                assertThat(reader.get()).isEqualTo("later");
            }
        }
    }

    /** Who waits in the system hears nothing of bytes that another thread has taken out of it. */
    @OnEachTransport
    void whoWaitsForInputIsToldOfWhatAnObserverHasReadAhead(Transport transport) throws Exception {
        try (Wired wired = Wired.open(transport)) {
            Connection peer = (Connection) wired.peer;
            for (int i = 0; i < 300; i++) {
                Background<Boolean> waiting = Background.call(peer::awaitInput);
                Background.await("it to wait", () -> peer.waitingIn() != null);
                Raw.write(wired.client, "x");
                peer.observe();
                assertThat(waiting.get()).isTrue();
                peer.expect("x");
            }
        }
    }
}
