package org.junitsockets.samples.messaging;

import static org.junitsockets.assertj.SocketAssertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What the client told its listeners, in the order in which it did: the test takes one after the
 * other, and waits for each as long as it takes, with a bound.
 */
final class NatsEvents implements ConnectionListener, ErrorListener {

    private static final String NOTHING = "nothing within 5 s";

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final List<String> read = new CopyOnWriteArrayList<>();

    @Override
    @Deprecated // in favour of one with more parameters, which calls this one
    public void connectionEvent(Connection connection, Events type) {
        events.add(type.name());
    }

    /** What the server said. */
    @Override
    public void errorOccurred(Connection connection, String error) {
        events.add(error);
    }

    /** What happened to the client: the innermost cause, in the words of the exception. */
    @Override
    public void exceptionOccurred(Connection connection, Exception exception) {
        Throwable cause = exception;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        events.add(cause.getClass().getSimpleName() + ": " + cause.getMessage());
    }

    /** What the client has read from its socket; see {@link WatchedDataPort}. */
    void read(String what) {
        read.add(what);
    }

    /** Expects all that the client read until it gave up: an end is "(FIN)", or "(RST)". */
    void expectRead(String expected) {
        assertThat(String.join("", read)).isEqualTo(expected);
    }

    /** Takes the next events, and fails at the first that begins otherwise, or does not come. */
    void expect(String... beginnings) throws InterruptedException {
        for (String beginning : beginnings) {
            assertThat(next()).startsWith(beginning);
        }
    }

    /** Takes events until this one, whatever comes before it. */
    void await(String awaited) throws InterruptedException {
        List<String> taken = new ArrayList<>();
        do {
            taken.add(next());
        } while (!taken.contains(awaited) && !taken.contains(NOTHING));
        assertThat(taken).contains(awaited);
    }

    private String next() throws InterruptedException {
        String event = events.poll(5, TimeUnit.SECONDS);
        return event != null ? event : NOTHING;
    }
}
