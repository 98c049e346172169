package org.junitsockets.assertj;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.time.Duration;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitsockets.SocketConnection;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.assertj.Finding.Shown;
import org.junitsockets.time.Deadline;
import org.junitsockets.time.Durations;
import org.junitsockets.time.Ticker;
import org.junitsockets.transcript.Bytes;
import org.junitsockets.transcript.Live;

/**
 * Assertions on one end of a connection, live or ended: on what it has received and sent, and how it
 * ended. What was expected is waited for, by the connection's deadline.
 *
 * <p>To see what has come, it is read ahead and kept for a later read, as {@link
 * SocketConnection#transcript()} does.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public class SocketConnectionAssert extends AbstractConversationAssert<SocketConnectionAssert, SocketConnection> {

    /**
     * Makes one; {@link SocketAssertions#assertThat(SocketConnection)} is what tests call.
     *
     * @param actual what to assert on
     */
    public SocketConnectionAssert(@Nullable SocketConnection actual) {
        super(actual, SocketConnectionAssert.class);
    }

    /**
     * Sets how long each assertion that follows may wait.
     *
     * @param longest from 1 ms to a day, multiplied by {@code junitsockets.deadline.factor}
     * @return this assertion
     */
    public SocketConnectionAssert within(Duration longest) {
        return waitingAtMost(longest);
    }

    /**
     * Verifies that nothing is received behind what this chain has matched, for some time or until the
     * other side has ended.
     *
     * @param duration how long to watch from now on, from 1 ms to a day
     * @return this assertion
     */
    public SocketConnectionAssert receivedNothingMoreWithin(Duration duration) {
        Deadline end = Deadline.after(Durations.requireWait("duration", duration, duration), Ticker.SYSTEM);
        String call = "receivedNothingMoreWithin(" + Durations.format(duration) + ")";
        awaitOne(call, one -> Finding.match()); // there is something to watch
        Finding found = Patience.await(live(), end, all -> {
            Conversation one = Conversation.of(all).get(0);
            long from = next(Direction.RECEIVED);
            Supplier<Shown> shown = () -> Shown.of(
                    "nothing more",
                    Bytes.describe(one.shown(Direction.RECEIVED, from)),
                    one.evidence(Direction.RECEIVED, from));
            return one.total(Direction.RECEIVED) > from
                    ? Finding.mismatch("something more came", shown)
                    : Finding.quiet(
                            one.hasInputEnded() || one.hasAny(Kind.RESET_RECEIVED, Kind.RESET, Kind.LEFT), shown);
        });
        return require(call, found);
    }

    @Override
    Live live() {
        return actual instanceof Live live ? live : new Elsewhere(() -> actual.transcript(), false);
    }

    @Override
    String label() {
        return actual.toString();
    }
}
