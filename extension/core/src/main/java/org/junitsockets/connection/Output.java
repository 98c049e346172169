package org.junitsockets.connection;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.time.Deadline;
import org.junitsockets.time.Durations;
import org.junitsockets.time.Ticker;

/** The sending direction. */
final class Output {

    /** How often a pause looks for an end behind what it must leave unread. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Wire wire;
    private final Input input;
    private final Label label;
    private final ReentrantLock lock = new ReentrantLock();

    Output(Wire wire, Input input, Label label) {
        this.wire = wire;
        this.input = input;
        this.label = label;
    }

    void write(byte[] bytes, int offset, int length, Call call) throws IOException {
        lock(call);
        try {
            wire.requireOpen();
            ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
            boolean more = rest.hasRemaining() || wire.hasMessages(); // one of which may be without bytes
            while (more) {
                long ticket = wire.ticket();
                wire.requireOpen();
                if (writeSome(rest) == ConnectionEndpoint.UNAVAILABLE) {
                    if (call.deadline().hasPassed()) {
                        throw late(call, length, rest.remaining());
                    }
                    wire.await(SelectionKey.OP_WRITE, call.deadline(), call, ticket);
                } else {
                    more = rest.hasRemaining();
                }
            }
            flush(call, length);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a TLS handshake is complete. */
    void handshake(Call call) throws IOException {
        while (true) {
            long ticket = wire.ticket();
            wire.requireOpen();
            if (wire.handshake()) {
                return;
            }
            if (call.deadline().hasPassed()) {
                throw wire.late(
                        call,
                        call + " on " + label + ": the TLS handshake was not complete within "
                                + Durations.format(call.deadline().allowed()) + "; the connection is open",
                        false);
            }
            wire.await(SelectionKey.OP_WRITE, call.deadline(), call, ticket);
        }
    }

    /** Waits until what TLS has taken has gone too. */
    private void flush(Call call, int length) throws IOException {
        long ticket = wire.ticket();
        while (!told(wire::flush)) {
            if (call.deadline().hasPassed()) {
                throw late(call, length, 0);
            }
            wire.await(SelectionKey.OP_WRITE, call.deadline(), call, ticket);
            ticket = wire.ticket();
            wire.requireOpen();
        }
    }

    private int writeSome(ByteBuffer rest) throws IOException {
        return told(() -> wire.write(rest));
    }

    private interface Sending<T> {
        T run() throws IOException;
    }

    /** Finds how the other side has ended where the failure does not tell. */
    private <T> T told(Sending<T> sending) throws IOException {
        try {
            return sending.run();
        } catch (IOException e) {
            if (wire.isEndUntold()) {
                input.observe(); // which finds it, unless much is in front of it
                wire.endUnlessKnown();
            }
            throw e;
        }
    }

    /** Writes slice by slice; the deadline is that of each slice, from when its turn came. */
    void writeSlowly(byte[] bytes, int slice, Duration pause, Ticker ticker, Call call, Supplier<Deadline> deadlines)
            throws IOException {
        for (int from = 0; from < bytes.length; from += slice) {
            if (from > 0) {
                pause(Deadline.after(pause, ticker), ticker, call);
            }
            call.restart(deadlines.get());
            try {
                write(bytes, from, Math.min(slice, bytes.length - from), call);
            } catch (IOException e) {
                if (wire.isGone()) {
                    throw gaveUp(from, bytes.length);
                }
                throw e;
            }
        }
    }

    /** Lets the time pass, unless the client goes away before. */
    private void pause(Deadline over, Ticker ticker, Call call) throws IOException {
        while (!over.hasPassed()) {
            long ticket = wire.ticket();
            wire.requireOpen();
            boolean all = input.observe();
            Wire.@Nullable InputEnd end = wire.inputEnd();
            if (end == Wire.InputEnd.RST || (hasLeft(end) && wire.isScopeEnding())) {
                throw gaveUp(0, 0);
            }
            if (end == null && all) {
                wire.await(SelectionKey.OP_READ, over, call, ticket);
            } else { // what is left unread, and a FIN, keep a channel readable: waiting for that would not be a pause
                wire.await(0, end == null ? over.orAfter(LOOK_AGAIN, ticker) : over, call, ticket);
            }
        }
    }

    private static boolean hasLeft(Wire.@Nullable InputEnd end) {
        return end == Wire.InputEnd.FIN || end == Wire.InputEnd.TRUNCATED;
    }

    /** Waits until the system takes more; false if nobody is there to take it, or at the end of the scope. */
    boolean awaitOutput(Call call) throws IOException {
        while (true) {
            long ticket = wire.ticket();
            wire.requireOpen();
            if (wire.isScopeEnding() || wire.isGone()) {
                return false;
            }
            if (wire.handshake() && wire.isWritable()) {
                return true;
            }
            if (call.deadline().hasPassed()) {
                throw wire.late(
                        call,
                        call + " on " + label + ": the other side took nothing within "
                                + Durations.format(call.deadline().allowed()) + "; the connection is open",
                        false);
            }
            wire.await(SelectionKey.OP_WRITE, call.deadline(), call, ticket);
        }
    }

    private void lock(Call call) throws IOException {
        try {
            if (!lock.tryLock() && !lock.tryLock(call.deadline().remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw wire.late(
                        call,
                        call + " on " + label + ": another thread was writing for all of "
                                + Durations.format(call.deadline().allowed()),
                        false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the thread was interrupted");
        }
    }

    private DeadlineError late(Call call, int length, int left) {
        return wire.late(
                call,
                call + " on " + label + ": the other side took " + (length - left) + " of " + length + " bytes within "
                        + Durations.format(call.deadline().allowed()) + "; the connection is open",
                false);
    }

    private static ClientGaveUpException gaveUp(int sent, int of) {
        return new ClientGaveUpException("the other side gave up while it was sent something slowly"
                + (of == 0 ? "" : ", after " + sent + " of " + of + " bytes"));
    }
}
