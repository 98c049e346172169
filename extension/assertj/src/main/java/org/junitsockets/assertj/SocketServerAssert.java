package org.junitsockets.assertj;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.time.Duration;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitsockets.SocketServer;
import org.junitsockets.assertj.Finding.Shown;
import org.junitsockets.transcript.Live;

/**
 * Assertions on a server, up, down or closed: on its connections, and on what was on the wire on any
 * of them. What was expected is waited for, by the server's deadline.
 *
 * <pre>{@code
 * assertThat(server).receivedConnections(2).receivedContaining("PING");
 * assertThat(server.connection(2)).received("PING\r\n").endedByFin();
 * }</pre>
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public class SocketServerAssert extends AbstractTranscriptAssert<SocketServerAssert, SocketServer> {

    /**
     * Makes one; {@link SocketAssertions#assertThat(SocketServer)} is what tests call.
     *
     * @param actual what to assert on
     */
    public SocketServerAssert(@Nullable SocketServer actual) {
        super(actual, SocketServerAssert.class);
    }

    /**
     * Sets how long each assertion that follows may wait.
     *
     * @param longest from 1 ms to a day, multiplied by {@code junitsockets.deadline.factor}
     * @return this assertion
     */
    public SocketServerAssert within(Duration longest) {
        return waitingAtMost(longest);
    }

    /**
     * Verifies how many connections were made to it in all, those that wait to be accepted included.
     * Passes as soon as there are so many.
     *
     * @param count the exact number, at least 1
     * @return this assertion
     */
    public SocketServerAssert receivedConnections(int count) {
        if (count < 1) {
            throw new IllegalArgumentException(
                    "count: found " + count + " (expected: at least 1; hasNoConnections() is for none)");
        }
        return counting(
                "receivedConnections(" + count + ")",
                "connection",
                count,
                all -> all.connections().size());
    }

    /**
     * Verifies that no connection was made to it so far. Looks once; {@link
     * SocketServer#expectNoConnections(Duration)} watches for a while.
     *
     * @return this assertion
     */
    public SocketServerAssert hasNoConnections() {
        return once(
                "hasNoConnections()",
                all -> all.connections().isEmpty()
                        ? Finding.match()
                        : Finding.mismatch(
                                "there are some",
                                () -> Shown.of(
                                        "0 connections",
                                        count(all.connections().size(), "connection"),
                                        Evidence.of(all))));
    }

    /**
     * Verifies that a connection was made and goes on with assertions on it.
     *
     * <p>In soft assertions, those that follow are not soft: begin anew with {@link
     * SocketServer#connection(int)}.
     *
     * @param number counted from 1 in the order in which connections were made
     * @return assertions on the server's end of it
     */
    public SocketConnectionAssert connection(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("number: found " + number + " (expected: from 1)");
        }
        await("connection(" + number + ")", all -> {
            int count = all.connections().size();
            return count >= number
                    ? Finding.match()
                    : Finding.mismatch(
                                    "it was not made",
                                    () -> Shown.of(
                                            "at least " + count(number, "connection"),
                                            count(count, "connection"),
                                            Evidence.of(all)))
                            .unless(false);
        });
        SocketConnectionAssert connection = new SocketConnectionAssert(actual.connection(number));
        if (info.hasDescription()) {
            connection = connection.as(info.description());
        }
        @Nullable Duration within = within();
        return within == null ? connection : connection.within(within);
    }

    @Override
    Set<String> checkpoints() {
        return live().checkpoints();
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
