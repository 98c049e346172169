package org.junitsockets.testcontainers.agent;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What runs beside the test's clients, in a container, and opens sockets there for the test.
 *
 * <p>It serves one session: whoever proves first, on a connection to its control port, that he has the
 * secret. With the end of that connection it ends too, or if none came within a minute.
 */
public final class Agent implements Closeable {

    /** How long a newcomer may take to prove that he has the secret. */
    private static final Duration NEWCOMERS_PATIENCE = Duration.ofSeconds(5);

    /** How many may be at it at the same time. */
    private static final int MOST_NEWCOMERS = 16;

    private final Options options;
    private final Selector selector;
    private final ServerSocketChannel control;
    private final List<Newcomer> newcomers = new ArrayList<>();
    private volatile boolean closed;

    private Agent(Options options, Selector selector, ServerSocketChannel control) {
        this.options = options;
        this.selector = selector;
        this.control = control;
    }

    /**
     * Runs one, and says on the standard output where.
     *
     * @param arguments {@code --control PORT --secret FILE [--bind ADDRESS] [--ports FROM-TO]}
     */
    public static void main(String[] arguments) {
        int status;
        try (Agent agent = open(Options.parse(arguments))) {
            System.out.println(
                    "junit-sockets agent: control port " + agent.address().getPort());
            status = agent.run() ? 0 : 1;
        } catch (IOException | RuntimeException e) {
            System.err.println("junit-sockets agent: " + e);
            status = 2;
        }
        System.exit(status); // whatever a handler has left running
    }

    /**
     * Opens the control port.
     *
     * @return the agent, which the caller runs and closes
     */
    public static Agent open(Options options) throws IOException {
        Selector selector = Selector.open();
        try {
            ServerSocketChannel control = ServerSocketChannel.open();
            try {
                control.bind(new InetSocketAddress(options.bind(), options.control()));
                control.configureBlocking(false);
                control.register(selector, SelectionKey.OP_ACCEPT);
                return new Agent(options, selector, control);
            } catch (IOException | RuntimeException e) {
                control.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            selector.close();
            throw e;
        }
    }

    /** Where the test connects to. */
    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) control.getLocalAddress();
    }

    /**
     * Waits for the test and serves it, on the calling thread, until that ends the session or this is
     * closed.
     *
     * @return whether the test came
     */
    public boolean run() throws IOException {
        try {
            @Nullable Newcomer test = awaitTest();
            if (test == null) {
                return false;
            }
            test.answer(); // when nobody else can come any more
            new Session(selector, test.channel(), new Sockets(options.bind(), options.ports())).run();
            return true;
        } catch (ClosedSelectorException | CancelledKeyException e) {
            if (!closed) {
                throw e;
            }
            return true; // by another thread
        } finally {
            close();
        }
    }

    /** Ends it, on whatever thread it runs. */
    @Override
    public void close() throws IOException {
        closed = true;
        selector.close();
        control.close();
    }

    // -- who is the test -------------------------------------------------------------------------------

    private @Nullable Newcomer awaitTest() throws IOException {
        long begun = System.nanoTime();
        List<SelectionKey> ready = new ArrayList<>();
        @Nullable Newcomer test = null;
        try {
            while (test == null) {
                long left = options.patience().toNanos() - (System.nanoTime() - begun);
                if (left <= 0) {
                    return null;
                }
                selector.select(ready::add, Math.max(1, TimeUnit.NANOSECONDS.toMillis(Math.min(left, nextDue()))));
                sendAwayTheSlow();
                for (SelectionKey key : ready) {
                    if (control.equals(key.channel())) {
                        welcome();
                    } else if (key.isValid() && test == null && hasProved((Newcomer) key.attachment(), key)) {
                        test = (Newcomer) key.attachment();
                    }
                }
                ready.clear();
            }
            return test;
        } finally {
            for (Newcomer one : newcomers) {
                one.channel().close();
            }
            newcomers.clear();
            control.close();
            if (!closed) {
                selector.selectNow(key -> {});
            }
        }
    }

    private long nextDue() {
        return newcomers.isEmpty()
                ? Long.MAX_VALUE
                : NEWCOMERS_PATIENCE.toNanos() - newcomers.get(0).nanosSince();
    }

    private void sendAwayTheSlow() throws IOException {
        while (nextDue() <= 0) {
            sendAway(newcomers.get(0), "no proof came within " + NEWCOMERS_PATIENCE.toSeconds() + " s");
        }
    }

    private void welcome() throws IOException {
        @Nullable SocketChannel channel = null;
        try {
            channel = control.accept();
        } catch (IOException e) {
            System.err.println("junit-sockets agent: accepting failed: " + e.getMessage());
        }
        if (channel == null) {
            return;
        }
        if (newcomers.size() == MOST_NEWCOMERS) {
            sendAway(newcomers.get(0), "more than " + MOST_NEWCOMERS + " came at the same time");
        }
        Newcomer one;
        try {
            one = new Newcomer(channel, options.secret());
            channel.register(selector, SelectionKey.OP_READ, one);
        } catch (IOException e) {
            channel.close();
            return;
        }
        newcomers.add(one);
    }

    private boolean hasProved(Newcomer one, SelectionKey key) throws IOException {
        try {
            if (!one.hasProved()) {
                return false;
            }
            newcomers.remove(one);
            key.cancel();
            return true;
        } catch (IOException e) {
            sendAway(one, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private void sendAway(Newcomer one, String reason) throws IOException {
        newcomers.remove(one);
        SocketAddress from = one.channel().getRemoteAddress();
        one.channel().close();
        System.err.println("junit-sockets agent: " + from + " was sent away: " + reason);
    }
}
