package org.junitsockets.testcontainers.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.testcontainers.protocol.Activity;
import org.junitsockets.testcontainers.protocol.Event;
import org.junitsockets.testcontainers.protocol.Frame;
import org.junitsockets.testcontainers.protocol.Link;
import org.junitsockets.testcontainers.protocol.ProtocolException;
import org.junitsockets.testcontainers.protocol.Thrown;
import org.junitsockets.testcontainers.protocol.Window;
import org.junitsockets.transcript.Recording;

/**
 * Tells the test all that happens on a handler's connection, in its order.
 *
 * <p>Each event counts in a window, so that the test is never far behind; what is over it without being
 * bytes is told all the same, and then nothing goes on until there is credit again.
 */
final class Mirror implements Recording.Listener {

    /** After the handler's return the test ends its connection itself, and only wants to know of the client. */
    private static final Set<Event> OF_CLIENT = EnumSet.of(Event.RECEIVED, Event.FIN_RECEIVED, Event.RESET_RECEIVED);

    private final Link link;
    private final int stream;
    private int credit = Window.STREAM;

    /** How much of what is received next the test knows already. */
    private int known;

    private Activity last = Activity.WORKING;
    private int told;
    private boolean ended;
    private boolean over;

    Mirror(Link link, int stream, int known) {
        this.link = link;
        this.stream = stream;
        this.known = known;
    }

    synchronized int credit() {
        return over ? Integer.MAX_VALUE : credit;
    }

    synchronized void grant(Frame frame) throws ProtocolException {
        int more = frame.getCount();
        frame.requireEnd();
        if (credit + (long) more > Window.STREAM) {
            throw ProtocolException.found("the credit of " + frame, credit + (long) more, "at most " + Window.STREAM);
        }
        credit += more;
        notifyAll();
    }

    /** Waits until the test is no longer too far behind, for whoever does something that is no I/O. */
    synchronized void awaitCredit() {
        try {
            while (credit <= 0 && !over) {
                TimeUnit.SECONDS.timedWait(this, 1); // with a limit: who waits here is at work
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nobody is there any more to be told. */
    synchronized void end() {
        over = true;
        notifyAll();
    }

    // -- what is recorded --------------------------------------------------------------------------

    @Override
    public synchronized void bytes(Kind kind, ByteBuffer bytes) {
        Event event = kind == Kind.RECEIVED ? Event.RECEIVED : Event.SENT;
        if (event == Event.RECEIVED && known > 0) {
            int skipped = Math.min(known, bytes.remaining());
            known -= skipped;
            bytes.position(bytes.position() + skipped);
        }
        if (bytes.hasRemaining()) {
            int length = bytes.remaining();
            send(event, event.of(stream, length).put(bytes), length);
        }
    }

    @Override
    public synchronized void event(Kind kind, @Nullable Object detail) {
        @Nullable Event event = eventOf(kind);
        if (event != null) {
            send(event, event.of(stream, 0).putText(detail == null ? "" : detail.toString()), 0);
        }
    }

    private static @Nullable Event eventOf(Kind kind) {
        return switch (kind) {
            case FIN_RECEIVED -> Event.FIN_RECEIVED;
            case RESET_RECEIVED -> Event.RESET_RECEIVED;
            case HALF_CLOSED -> Event.HALF_CLOSED;
            case CLOSED -> Event.CLOSED;
            case RESET -> Event.RESET;
            case CHECKPOINT -> Event.CHECKPOINT;
            case TIMED_OUT -> Event.TIMED_OUT;
            default -> null; // not of this transport, or recorded where the test is
        };
    }

    private void send(Event event, Frame.Builder frame, int length) {
        if (over || (ended && !OF_CLIENT.contains(event))) {
            return;
        }
        last = Activity.WORKING;
        credit -= Event.OVERHEAD + length;
        try {
            link.send(frame);
        } catch (IOException e) {
            over = true; // the session ends
        }
    }

    // -- what else there is to tell ------------------------------------------------------------------

    synchronized void unsupported(RuntimeException thrown) {
        Frame.Builder frame = Event.UNSUPPORTED.of(stream, 0);
        Thrown.of(thrown).put(frame);
        send(Event.UNSUPPORTED, frame, 0);
    }

    /** Tells what the handler does, if that is news. */
    @SuppressWarnings("EnumOrdinal") // their order is the protocol's, and both halves are of one version
    synchronized void activity(Activity activity, int command, @Nullable String call) {
        if (activity == last && command == told) {
            return;
        }
        if (activity == Activity.WAITING && credit <= 0) {
            return; // it waits for the test, and goes on by itself
        }
        send(
                Event.ACTIVITY,
                Event.ACTIVITY
                        .of(stream, 0)
                        .putByte(activity.ordinal())
                        .putInt(command)
                        .putText(call == null ? "" : call),
                -Event.OVERHEAD); // at most one is kept
        last = activity;
        told = command;
    }

    /**
     * The last that is told of the handler.
     *
     * @param thrown what it threw, if that is a failure
     */
    synchronized void ended(@Nullable Throwable thrown) {
        Frame.Builder frame = Event.ENDED.of(stream, 0).put(thrown != null);
        if (thrown != null) {
            Thrown.of(thrown).put(frame);
        }
        send(Event.ENDED, frame, 0);
        ended = true;
    }
}
