package org.junitsockets.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junitsockets.spi.Endpoint;
import org.junitsockets.testing.Background;
import org.junitsockets.time.Deadline;
import org.junitsockets.time.Ticker;

/** Waiting in an endpoint's own poll: nobody is forgotten there, and nobody is there when it is closed. */
class PolledReadinessTests {

    private static final int READ = SelectionKey.OP_READ;

    private final Polled endpoint = new Polled();
    private final Readiness readiness = Readiness.of(endpoint);

    private static Deadline in(Duration duration) {
        return Deadline.after(duration, Ticker.SYSTEM);
    }

    private static Deadline never() {
        return in(Duration.ofHours(1));
    }

    /** Waits in a monitor. */
    private static final class Polled implements Endpoint {

        private final Queue<Long> polls = new ConcurrentLinkedQueue<>();
        private final AtomicInteger inside = new AtomicInteger();
        private volatile boolean deaf;
        private volatile boolean broken;
        private volatile int insideAtClose = -1;
        private int wakeups;
        private boolean ready;

        @Override
        public SocketAddress localAddress() {
            return InetSocketAddress.createUnresolved("nowhere", 0);
        }

        @Override
        public boolean poll(int operations, long millis) throws IOException {
            if (millis > 0) {
                polls.add(millis);
            }
            inside.incrementAndGet();
            try {
                return await(millis);
            } finally {
                inside.decrementAndGet();
            }
        }

        private synchronized boolean await(long millis) throws IOException {
            if (broken) {
                throw new IOException("it cannot be waited for");
            }
            int before = wakeups;
            long end = System.nanoTime() + millis * 1_000_000;
            try {
                while (!ready && wakeups == before && System.nanoTime() < end) {
                    wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return ready;
        }

        @Override
        public synchronized void wakeup() {
            if (!deaf) {
                wakeups++;
                notifyAll();
            }
        }

        synchronized void becomeReady() {
            ready = true;
            notifyAll();
        }

        @Override
        public void close() {
            insideAtClose = inside.get();
        }
    }

    private Background<Boolean> waiting(int operations) {
        Background<Boolean> waiting = Background.call(() -> readiness.await(operations, never(), readiness.ticket()));
        Background.await("it to wait", () -> operations == 0 ? isWaiting(waiting) : endpoint.inside.get() > 0);
        return waiting;
    }

    private static boolean isWaiting(Background<?> background) {
        Thread.State state = background.thread().getState();
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }

    @Test
    void whatHasNoChannelIsPolledAndCannotBeLookedAfterAside() {
        assertThat(readiness).isInstanceOf(PolledReadiness.class);
        assertThat(readiness.canLookAside()).isFalse();
    }

    @Test
    void itIsReadyOnceItIs() throws Exception {
        assertThat(readiness.isReady(READ)).isFalse();
        assertThat(readiness.look(READ)).isFalse();
        Background<Boolean> waiting = waiting(READ);
        assertThat(waiting.isDone()).isFalse();
        endpoint.becomeReady();
        assertThat(waiting.get()).isTrue();
        assertThat(readiness.isReady(READ)).isTrue();
        assertThat(readiness.await(READ, never(), readiness.ticket())).isTrue();
    }

    @Test
    void theDeadlineEndsItNotReady() throws Exception {
        // Time stands still until somebody has polled.
        Deadline onceItWasPolled =
                Deadline.after(Duration.ofMillis(30), () -> endpoint.polls.isEmpty() ? 0 : 30_000_000);
        assertThat(readiness.await(READ, onceItWasPolled, readiness.ticket())).isFalse();
        assertThat(readiness.await(0, in(Duration.ofMillis(30)), readiness.ticket()))
                .isFalse();
        assertThat(endpoint.polls)
                .isNotEmpty()
                .allSatisfy(millis -> assertThat(millis)
                        .as("a poll without an end before the deadline")
                        .isBetween(1L, 30L));
    }

    // -- wake-ups ----------------------------------------------------------------------------------

    @Test
    void whoIsRousedLooksAgain() throws Exception {
        for (int operations : new int[] {READ, 0}) {
            Background<Boolean> waiting = waiting(operations);
            readiness.rouse();
            assertThat(waiting.get()).isFalse();
        }
    }

    @Test
    void whoWasRousedSinceHisTicketDoesNotWait() throws Exception {
        long ticket = readiness.ticket();
        readiness.rouse();
        assertThat(readiness.await(READ, never(), ticket)).isFalse();
        assertThat(readiness.await(0, never(), ticket)).isFalse();
        assertThat(endpoint.polls).isEmpty();
    }

    /** As when it comes between the look at the ticket and the poll. */
    @Test
    void aWakeUpThatIsLostCostsASlice() throws Exception {
        endpoint.deaf = true;
        Background<Boolean> waiting = waiting(READ);
        readiness.rouse();
        assertThat(waiting.get()).isFalse();
        assertThat(endpoint.polls).allSatisfy(millis -> assertThat(millis).isBetween(1L, 10L));
    }

    @Test
    void rousingAtAnyMomentIsNeverLost() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            long ticket = readiness.ticket();
            Background<Boolean> waiting = Background.call(() -> readiness.await(READ, never(), ticket));
            readiness.rouse();
            assertThat(waiting.get()).isFalse();
        }
    }

    @Test
    void severalWaitAtTheSameTime() throws Exception {
        Background<Boolean> one = waiting(READ);
        Background<Boolean> other = waiting(0);
        Background<Boolean> third = Background.call(() -> readiness.await(READ, never(), readiness.ticket()));
        Background.await("two to poll", () -> endpoint.inside.get() == 2);
        readiness.rouse();
        assertThat(one.get() || other.get() || third.get()).isFalse();
    }

    // -- interrupts --------------------------------------------------------------------------------

    @Test
    void whoIsInterruptedLeavesAndStaysInterrupted() throws Exception {
        for (int operations : new int[] {READ, 0}) {
            Background<Boolean> waiting = Background.call(() -> {
                assertThat(readiness.await(operations, never(), readiness.ticket()))
                        .isFalse();
                return Thread.currentThread().isInterrupted();
            });
            Background.await("it to wait", () -> isWaiting(waiting));
            waiting.thread().interrupt();
            assertThat(waiting.get()).isTrue();
        }
        readiness.close(endpoint);
        assertThat(endpoint.insideAtClose).isZero();
    }

    @Test
    void whoWasInterruptedBeforeDoesNotWait() throws Exception {
        Background<Boolean> waiting = Background.call(() -> {
            Thread.currentThread().interrupt();
            assertThat(readiness.await(READ, never(), readiness.ticket())).isFalse();
            return Thread.currentThread().isInterrupted();
        });
        assertThat(waiting.get()).isTrue();
    }

    // -- closing -----------------------------------------------------------------------------------

    @Test
    void closingCallsEveryoneOffAndClosesWhenNobodyIsThere() throws Exception {
        for (boolean deaf : new boolean[] {false, true}) {
            Polled polled = new Polled();
            polled.deaf = deaf;
            Readiness its = Readiness.of(polled);
            Background<Boolean> one = Background.call(() -> its.await(READ, never(), its.ticket()));
            Background<Boolean> other = Background.call(() -> its.await(READ, never(), its.ticket()));
            Background<Boolean> third = Background.call(() -> its.await(0, never(), its.ticket()));
            Background.await("all to wait", () -> polled.inside.get() == 2 && isWaiting(third));
            its.close(polled);
            assertThat(polled.insideAtClose).isZero();
            assertThat(one.get() || other.get() || third.get()).isFalse();
        }
    }

    @Test
    void closingAtAnyMomentFindsNobodyThere() throws Exception {
        for (int i = 0; i < 500; i++) {
            Polled polled = new Polled();
            Readiness its = Readiness.of(polled);
            Background<Boolean> waiting = Background.call(() -> its.await(READ, never(), its.ticket()));
            its.close(polled);
            assertThat(polled.insideAtClose).isZero();
            assertThat(waiting.get()).isFalse();
        }
    }

    @Test
    void afterwardsNobodyWaitsAndItCountsAsReady() throws Exception {
        readiness.close(endpoint);
        assertThat(readiness.await(READ, never(), readiness.ticket())).isFalse();
        assertThat(readiness.await(0, never(), readiness.ticket())).isFalse();
        assertThat(readiness.isReady(READ)).isTrue();
        assertThat(endpoint.polls).isEmpty();
    }

    @Test
    void anInterruptedCloserClosesAndStaysInterrupted() throws Exception {
        waiting(READ);
        Background<Boolean> closing = Background.call(() -> {
            Thread.currentThread().interrupt();
            readiness.close(endpoint);
            return Thread.currentThread().isInterrupted();
        });
        assertThat(closing.get()).isTrue();
        assertThat(endpoint.insideAtClose).isZero();
    }

    @Test
    void whoCannotWaitHearsWhyAndHoldsUpNoClose() throws Exception {
        endpoint.broken = true;
        assertThatThrownBy(() -> readiness.await(READ, never(), readiness.ticket()))
                .isInstanceOf(IOException.class)
                .hasMessage("it cannot be waited for");
        assertThatThrownBy(() -> readiness.isReady(READ))
                .isInstanceOf(IOException.class)
                .hasMessage("it cannot be waited for");
        readiness.close(endpoint);
        assertThat(endpoint.insideAtClose).isZero();
    }
}
