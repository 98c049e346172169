package org.junitsockets.testcontainers.carried;

import static java.nio.channels.SelectionKey.OP_READ;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junitsockets.connection.Elsewhere;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.testcontainers.protocol.Activity;
import org.junitsockets.testcontainers.protocol.Command;
import org.junitsockets.testcontainers.protocol.Event;
import org.junitsockets.testcontainers.protocol.Frame;
import org.junitsockets.testcontainers.protocol.Kind;
import org.junitsockets.testcontainers.protocol.ProtocolException;
import org.junitsockets.testcontainers.protocol.Thrown;
import org.junitsockets.testcontainers.protocol.Window;

/**
 * A connection that a handler in the agent serves: what has happened there and was not repeated here yet, and
 * what its endpoint does meanwhile.
 *
 * <p>The thread that repeats is the one that may end it without the agent's hearing of it, since that is
 * where it comes from; what anybody else does to it the agent is told to do.
 */
final class Shipped implements Elsewhere {

    /** More than the window leaves room for, since most events count in it. */
    private static final int MOST_EVENTS = 2 * Window.STREAM / Event.OVERHEAD;

    private static final int GIVE_BACK = Window.STREAM / 4;

    private final AgentClient client;
    private final int id;
    private final Object lock;
    private final Thread repeater = Thread.currentThread();

    private final Deque<Happened> events = new ArrayDeque<>();

    /** What can be read of the client. */
    private final Deque<ByteBuffer> input = new ArrayDeque<>();

    private boolean inputEnded;
    private boolean reset;
    private boolean repeating;
    private Activity activity = Activity.WORKING;
    private String call = "";

    /** How often the handler has come to wait. */
    private long waits;

    /** How many events came, and how many of them are repeated. */
    private long came;

    private long repeated;
    private int lastCommand;
    private int credit = Window.STREAM;
    private int consumed;

    /** The agent has said how the handler ended. */
    private boolean ended;

    /** All of the handler is repeated; from here on what comes of the client can be read at once. */
    private boolean over;

    private boolean dropUnsent;
    private boolean closed;
    private @Nullable IOException failure;

    Shipped(AgentClient client, int id, Object lock) {
        this.client = client;
        this.id = id;
        this.lock = lock;
    }

    /**
     * One event.
     *
     * @param bytes of {@link Event#RECEIVED} and {@link Event#SENT}
     * @param text of those that have one
     * @param thrown of those that have one
     */
    @SuppressWarnings("ArrayRecordComponent") // it is never compared
    record Happened(
            Event event,
            byte[] bytes,
            String text,
            @Nullable Thrown thrown) {

        /** What it counts in the window. */
        int cost() {
            return Event.OVERHEAD + bytes.length;
        }
    }

    private static final byte[] NO_BYTES = new byte[0];

    // -- what the agent says -------------------------------------------------------------------------

    /** Called with the lock held. */
    void received(Frame frame) throws ProtocolException {
        if (frame.kind() != Kind.EVENT) {
            throw ProtocolException.found("a frame for a stream of a handler's", frame, "EVENT");
        }
        Event event = Event.get(frame);
        switch (event) {
            case ACTIVITY -> {
                Activity now = Activity.get(frame);
                int command = frame.getInt();
                String waitingIn = frame.getText();
                frame.requireEnd();
                activity = command == lastCommand ? now : Activity.WORKING;
                call = waitingIn;
                waits++;
            }
            case RECEIVED, SENT -> add(new Happened(event, frame.getRest(), "", null));
            case UNSUPPORTED -> add(new Happened(event, NO_BYTES, "", Thrown.get(frame)));
            case ENDED -> {
                @Nullable Thrown thrown = frame.getBoolean() ? Thrown.get(frame) : null;
                frame.requireEnd();
                add(new Happened(event, NO_BYTES, "", thrown));
                ended = true;
            }
            default -> {
                String text = frame.getText();
                frame.requireEnd();
                add(new Happened(event, NO_BYTES, text, null));
            }
        }
    }

    private void add(Happened one) throws ProtocolException {
        credit -= one.cost();
        if (events.size() == MOST_EVENTS || credit < -Window.STREAM) {
            throw ProtocolException.found("what happened on stream " + id, "more", "what there is credit for");
        }
        activity = Activity.WORKING;
        call = "";
        if (over) {
            reveal(one);
        } else {
            events.add(one);
            came++;
        }
    }

    void failed(IOException reason) {
        failure = reason;
    }

    /** Lets the endpoint's reader have it, if it is something of the client's. */
    private void reveal(Happened one) {
        switch (one.event()) {
            case RECEIVED -> input.add(ByteBuffer.wrap(one.bytes()));
            case FIN_RECEIVED -> inputEnded = true;
            case RESET_RECEIVED -> reset = true;
            default -> {}
        }
        giveBack(one.cost());
    }

    private void giveBack(int cost) {
        consumed += cost;
        if (consumed >= GIVE_BACK && failure == null && !isLetGo()) {
            credit += consumed;
            try {
                client.send(Frame.of(Kind.WINDOW, id).putInt(consumed));
            } catch (IOException e) {
                return; // whoever waits hears of it
            }
            consumed = 0;
        }
    }

    // -- for the thread that repeats -------------------------------------------------------------------

    /**
     * Waits for the next event, and reveals what the endpoint is to give for it.
     *
     * @param beforeWaiting is told, without a lock, that it is about to wait
     * @param longest how long; none for as long as it takes
     * @return {@code null} if there was none in time
     * @throws IOException if the agent is gone
     */
    @Nullable
    Happened next(Runnable beforeWaiting, @Nullable Duration longest) throws IOException, InterruptedException {
        long end = longest == null ? Long.MAX_VALUE : System.nanoTime() + longest.toNanos();
        long seen = -1;
        while (true) {
            boolean news;
            synchronized (lock) {
                repeated();
                @Nullable Happened next = events.poll();
                if (next != null) {
                    repeating = true;
                    reveal(next);
                    return next;
                }
                if (failure != null) {
                    throw Told.again(failure);
                }
                news = seen != waits && activity != Activity.WORKING;
                seen = waits;
                if (!news) {
                    long left = end == Long.MAX_VALUE ? end : end - System.nanoTime();
                    if (left <= 0) {
                        return null;
                    }
                    if (activity == Activity.WAITING_ELSEWHERE && longest == null) {
                        lock.wait(); // as the handler does: whoever looks at this thread is to see that
                    } else {
                        TimeUnit.NANOSECONDS.timedWait(lock, Math.min(left, TimeUnit.HOURS.toNanos(1)));
                    }
                }
            }
            if (news) {
                beforeWaiting.run();
            }
        }
    }

    /** Whether the agent is told to let go of it, or has been: nothing more may be sent to it. */
    private boolean isLetGo() {
        return closed && over;
    }

    private void repeated() {
        if (repeating) {
            repeating = false;
            repeated++;
            lock.notifyAll();
        }
    }

    /** All of the handler is repeated, as far as it can be. */
    void over() throws IOException {
        boolean letGo;
        synchronized (lock) {
            repeated();
            over = true;
            for (Happened one : events) {
                reveal(one);
            }
            events.clear();
            letGo = closed;
            lock.notifyAll();
        }
        if (letGo) {
            client.close(id, frame -> frame.put(false).put(false));
        }
    }

    /** Waits until all that has come up to now is repeated, unless by this thread; not longer than that. */
    void awaitRepeated(Duration longest) {
        if (Thread.currentThread() == repeater) {
            return;
        }
        long end = System.nanoTime() + longest.toNanos();
        boolean interrupted = false;
        synchronized (lock) {
            long goal = came;
            for (long left = end - System.nanoTime();
                    repeated < goal && !over && failure == null && left > 0;
                    left = end - System.nanoTime()) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has the agent do something, unless it is gone. */
    @SuppressWarnings("EnumOrdinal") // their order is the protocol's, and both halves are of one version
    void command(Command command) {
        synchronized (lock) {
            if (isLetGo()) {
                return;
            }
            activity = Activity.WORKING;
            lastCommand++;
            try {
                client.send(
                        Frame.of(Kind.COMMAND, id).putByte(command.ordinal()).putInt(lastCommand));
            } catch (IOException e) {
                // whoever waits hears of it
            }
            lock.notifyAll();
        }
    }

    // -- for whoever judges ----------------------------------------------------------------------------

    @Override
    public boolean isIdle() {
        synchronized (lock) {
            return !repeating && events.isEmpty() && !ended && failure == null && activity == Activity.WAITING;
        }
    }

    @Override
    public @Nullable String waitingIn() {
        synchronized (lock) {
            return activity == Activity.WORKING || call.isEmpty() ? null : call;
        }
    }

    @Override
    public void scopeEnding() {
        command(Command.SCOPE_ENDING);
    }

    // -- the endpoint, called with the lock held ------------------------------------------------------

    boolean isReady(int operations) {
        boolean readable = !input.isEmpty() || inputEnded || reset;
        return closed || failure != null || (operations & ~OP_READ) != 0 || ((operations & OP_READ) != 0 && readable);
    }

    int read(ByteBuffer target) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        int from = target.position();
        for (@Nullable ByteBuffer first = input.peek(); first != null && target.hasRemaining(); first = input.peek()) {
            int count = Math.min(first.remaining(), target.remaining());
            target.put(first.slice(first.position(), count));
            first.position(first.position() + count);
            if (!first.hasRemaining()) {
                input.remove();
            }
        }
        int count = target.position() - from;
        if (count > 0 || !target.hasRemaining()) {
            return count;
        }
        if (reset) {
            throw new SocketException("Connection reset");
        }
        if (inputEnded) {
            return ConnectionEndpoint.END;
        }
        if (failure != null) {
            throw Told.again(failure);
        }
        return ConnectionEndpoint.UNAVAILABLE;
    }

    /** What is repeated is on the wire already. */
    int write(ByteBuffer source) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (!isRepeated()) {
            throw new IOException("found a write from the test on a connection that a handler in the agent serves"
                    + " (expected: one of the handler's)");
        }
        int count = source.remaining();
        source.position(source.limit());
        return count;
    }

    private boolean isRepeated() {
        return over || Thread.currentThread() == repeater;
    }

    void shutdownOutput() {
        if (!isRepeated()) {
            command(Command.SHUTDOWN_OUTPUT);
        }
    }

    void dropUnsent() {
        dropUnsent = true;
    }

    /** Nobody uses the endpoint any more; returns whether the agent can let go of it. */
    boolean close(boolean byReset) {
        if (closed) {
            return false;
        }
        if (!isRepeated()) {
            command(byReset ? Command.RESET : dropUnsent ? Command.TEAR_DOWN : Command.CUT);
        }
        closed = true;
        lock.notifyAll();
        return over && failure == null;
    }

    boolean isOpen() {
        return !closed && !inputEnded && !reset && failure == null;
    }
}
