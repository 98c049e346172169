package org.junitsockets.connection;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Capability;
import org.junitsockets.TlsSession;
import org.junitsockets.TlsStall;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.Transport;
import org.junitsockets.readiness.Readiness;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.time.Deadline;
import org.junitsockets.time.Ticker;
import org.junitsockets.tls.TlsEndpoint;
import org.junitsockets.tls.TruncatedException;
import org.junitsockets.transcript.Recording;

/**
 * The channel under a connection: tries first, waits only when there is nothing, and remembers how
 * each side ended.
 */
final class Wire {

    /** The JDK copies a write through a direct buffer of its size and keeps that per thread. */
    private static final int MOST_AT_ONCE = 64 * 1024;

    /** That much arrives on loopback before a reset that follows at once. */
    private static final int SURELY_DELIVERED = 1024;

    /** How long an undelivered rest may stay as it is before it is given up. */
    private static final Duration STALLED = Duration.ofMillis(250);

    private static final String RESET = "Connection reset";

    /** How the other side has ended, in the order in which one may take the place of another. */
    enum InputEnd {
        /** In order: by FIN, over TLS after a close_notify. */
        FIN("ended the stream (FIN)"),
        /** By FIN, over TLS without a close_notify. */
        TRUNCATED("ended the connection without close_notify (truncated)"),
        /** TLS failed. */
        TLS_FAILURE("failed in TLS"),
        /** By RST. */
        RST("reset the connection");

        private final String words;

        InputEnd(String words) {
            this.words = words;
        }

        /** What it did, such as {@code reset the connection}. */
        String words() {
            return words;
        }
    }

    private final Transport transport;
    private volatile ConnectionEndpoint endpoint;
    private final Readiness readiness;
    private final Connection connection;
    private final ConnectionOwner owner;
    private final SocketAddress local;
    private final SocketAddress remote;
    private final Traffic received = new Traffic();
    private final Traffic sent = new Traffic();
    private final Waiting waiting = new Waiting();
    private final Recording recording;

    /** Two reads at the same time would be recorded in any order; so would two writes, which the output keeps apart. */
    private final Object reading = new Object();

    private final AtomicReference<@Nullable String> endedHere = new AtomicReference<>();
    private final AtomicBoolean ownerKnows = new AtomicBoolean();
    private volatile @Nullable InputEnd inputEnd;
    private volatile boolean scopeEnding;
    private volatile boolean closed;
    private volatile boolean gone;
    private boolean halfClosed;

    /** The same as the endpoint where TLS has begun. */
    private volatile @Nullable TlsEndpoint tls;

    Wire(
            Transport transport,
            ConnectionEndpoint endpoint,
            Connection connection,
            ConnectionOwner owner,
            Recording recording) {
        this.transport = transport;
        this.endpoint = endpoint;
        this.recording = recording;
        this.connection = connection;
        this.owner = owner;
        this.readiness = Readiness.of(endpoint);
        this.local = endpoint.localAddress();
        this.remote = endpoint.remoteAddress();
    }

    Transport transport() {
        return transport;
    }

    ConnectionEndpoint endpoint() {
        return endpoint;
    }

    /** Whether it has messages, each of which is read and written whole. */
    boolean hasMessages() {
        return transport.has(Capability.MESSAGES);
    }

    SocketAddress local() {
        return local;
    }

    SocketAddress remote() {
        return remote;
    }

    Traffic received() {
        return received;
    }

    Traffic sent() {
        return sent;
    }

    Recording recording() {
        return recording;
    }

    /** What a call throws that did not come to its end in time. */
    DeadlineError late(Call call, String message, boolean idle) {
        recording.event(Kind.TIMED_OUT, call);
        return new DeadlineError(message, idle);
    }

    @Nullable
    InputEnd inputEnd() {
        return inputEnd;
    }

    /**
     * Whether the other side has ended the connection in another way than in order. It has not where this
     * side found that what came is not TLS: that says nothing about whether it is still there.
     */
    boolean isBroken() {
        @Nullable InputEnd end = inputEnd;
        @Nullable TlsEndpoint secured = tls;
        return end != null
                && end != InputEnd.FIN
                && !(end == InputEnd.TLS_FAILURE && secured != null && secured.hasFailedHere());
    }

    /** What ended the connection on this side, if something did. */
    @Nullable
    String endedHere() {
        return endedHere.get();
    }

    /** Claims the end of this side; only the first caller gets it. */
    boolean endHere(String how) {
        boolean first = endedHere.compareAndSet(null, how);
        readiness.rouse();
        return first;
    }

    boolean isScopeEnding() {
        return scopeEnding;
    }

    void scopeEnding() {
        scopeEnding = true;
        readiness.rouse();
    }

    /** Somebody wanted to know whether there is a message while it could not be told. */
    void mayHaveMessage() {
        owner.mayHaveMessage();
    }

    long ticket() {
        return readiness.ticket();
    }

    void rouse() {
        readiness.rouse();
    }

    /**
     * Returns how many bytes came, {@link ConnectionEndpoint#UNAVAILABLE} for none yet, -1 for the end; a
     * reset is an exception each time, also if a write met it first, after which the JDK reads what had
     * come before it and then -1.
     */
    int read(ByteBuffer target) throws IOException {
        boolean reset = inputEnd == InputEnd.RST;
        int count;
        try {
            count = readAndRecord(target);
            if (reset && count < 0) {
                throw new SocketException(RESET);
            }
        } catch (ClosedChannelException e) {
            throw endedMeanwhile();
        } catch (PortUnreachableException e) {
            throw nobodyThere(e);
        } catch (IOException e) {
            peerEnded(endBy(e));
            throw e;
        }
        if (count == ConnectionEndpoint.END) {
            peerEnded(InputEnd.FIN);
            if (inputEnd == InputEnd.RST) {
                throw new SocketException(RESET); // which a write has met meanwhile
            }
        }
        return count;
    }

    private int readAndRecord(ByteBuffer target) throws IOException {
        synchronized (reading) {
            int from = target.position();
            int count = endpoint.read(target);
            if (count >= 0) {
                received.add(target, from);
                recording.received(target, from, hasMessages());
            }
            return count;
        }
    }

    /** The JDK's has no words. */
    private PortUnreachableException nobodyThere(PortUnreachableException e) {
        recording.event(Kind.PORT_UNREACHABLE);
        PortUnreachableException named = new PortUnreachableException("nobody is there (ICMP port unreachable)");
        named.initCause(e);
        return named;
    }

    private static InputEnd endBy(IOException e) {
        if (e instanceof TruncatedException) {
            return InputEnd.TRUNCATED;
        }
        return e instanceof SSLException ? InputEnd.TLS_FAILURE : InputEnd.RST;
    }

    // -- TLS -------------------------------------------------------------------------------------

    /** Whether TLS has begun. */
    boolean isTls() {
        return tls != null;
    }

    /**
     * Lets TLS begin, all of which happens under the recording's lock, so that it is recorded in order.
     *
     * @param readAhead what has been read and belongs to it
     */
    void startTls(SSLEngine engine, ByteBuffer readAhead, TlsStall stall) {
        synchronized (reading) {
            synchronized (recording) {
                recording.event(Kind.TLS_STARTED);
                TlsEndpoint secured = new TlsEndpoint(
                        endpoint, engine, readAhead, stall, recording, readiness::rouse, new TlsEvents(recording));
                tls = secured;
                endpoint = secured;
            }
        }
    }

    /** Goes on with the handshake, and returns whether it is complete. */
    boolean handshake() throws IOException {
        @Nullable TlsEndpoint secured = tls;
        try {
            return secured == null || secured.handshake();
        } catch (ClosedChannelException e) {
            throw endedMeanwhile();
        } catch (IOException e) {
            peerEnded(endBy(e));
            throw e;
        }
    }

    /** What the handshake came to, once it is complete. */
    Optional<TlsSession> session() {
        @Nullable TlsEndpoint secured = tls;
        return secured == null ? Optional.empty() : secured.session();
    }

    /** Sends on what TLS has taken, and returns whether all of it went. */
    boolean flush() throws IOException {
        @Nullable TlsEndpoint secured = tls;
        if (secured == null) {
            return true;
        }
        boolean[] all = new boolean[1];
        sending(() -> all[0] = secured.flush());
        return all[0];
    }

    /** Something that has bytes sent which were recorded before, or are TLS's own. */
    private interface Sending {
        void run() throws IOException;
    }

    /** Such a write may be the only one to be told of a reset. */
    private void sending(Sending sending) throws IOException {
        try {
            synchronized (recording) {
                try {
                    sending.run();
                } catch (IOException e) {
                    noteReset(e);
                    throw e;
                }
            }
        } catch (ClosedChannelException e) {
            throw endedMeanwhile();
        } catch (IOException e) {
            writeFailed(e);
            throw e;
        }
    }

    /** Ends the output below TLS, which then misses its end. */
    void truncate() throws IOException {
        @Nullable TlsEndpoint secured = tls;
        if (secured != null) {
            secured.truncate();
        }
    }

    /** Waits for what brings the handshake forward, as nobody's call. */
    void awaitHandshake(long ticket) throws IOException {
        readiness.await(endpoint.interest(SelectionKey.OP_WRITE), Deadline.none(), ticket);
    }

    /** How long the last message was that was read, or a negative number where nobody can tell. */
    int messageLength() {
        return endpoint.messageLength();
    }

    /** Which of all messages that came the last one read is. */
    long sequence() {
        return endpoint.sequence();
    }

    /** Returns how many bytes the system took, or {@link ConnectionEndpoint#UNAVAILABLE}. */
    int write(ByteBuffer source) throws IOException {
        int limit = source.limit();
        if (!hasMessages()) {
            source.limit(Math.min(limit, source.position() + MOST_AT_ONCE));
        }
        try {
            return writeAndRecord(source);
        } catch (ClosedChannelException e) {
            throw endedMeanwhile();
        } catch (PortUnreachableException e) {
            throw nobodyThere(e);
        } catch (IOException e) {
            if (hasMessages() && !transport.has(Capability.CONNECTIONS)) {
                throw e; // too long, or to nobody: that ends nothing
            }
            writeFailed(e);
            throw e;
        } finally {
            source.limit(limit);
        }
    }

    private void writeFailed(IOException e) {
        if (writesTellTheEnd() || e instanceof SSLException) {
            peerEnded(endBy(e));
        } else {
            gone = true;
        }
    }

    private int writeAndRecord(ByteBuffer source) throws IOException {
        synchronized (recording) { // or the answer, read on another thread, may stand before it
            int from = source.position();
            int count;
            try {
                count = endpoint.write(source);
            } catch (IOException e) {
                noteReset(e);
                throw e;
            }
            if (count >= 0) {
                sent.add(source, from);
                recording.sent(source, from, hasMessages());
            }
            return count;
        }
    }

    /** Before a read, to which the system no longer tells, takes it for a FIN. */
    private void noteReset(IOException e) {
        boolean another = e instanceof ClosedChannelException
                || e instanceof PortUnreachableException
                || e instanceof SSLException;
        if (!another && writesTellTheEnd()) {
            noteEnd(InputEnd.RST);
        }
    }

    /** Else a write fails in the same way whether the other side has closed or reset, and a read tells which. */
    private boolean writesTellTheEnd() {
        return transport.has(Capability.RESET);
    }

    /** Whether the other side takes nothing any more, as a reset or a failed write has told. */
    boolean isGone() {
        return gone || inputEnd == InputEnd.RST;
    }

    /** Whether a write has failed that has not told how the other side has ended. */
    boolean isEndUntold() {
        return gone && inputEnd != InputEnd.RST;
    }

    /** The other side is gone, and what it has sent hides how. */
    void endUnlessKnown() {
        if (inputEnd == null) {
            peerEnded(InputEnd.FIN);
        }
    }

    private SocketException endedMeanwhile() {
        @Nullable String ended = endedHere();
        return new SocketException(ended == null ? "its output was shut down here" : "already ended here by " + ended);
    }

    /** The exception of whoever wants more of a connection that this side has ended. */
    void requireOpen() throws SocketException {
        if (endedHere() != null) {
            throw endedMeanwhile();
        }
    }

    private void peerEnded(InputEnd how) {
        noteEnd(how);
        if (ownerKnows.compareAndSet(false, true)) {
            owner.ending(connection, true);
        }
    }

    /** Once, though a reader and a writer may meet the same reset; after a FIN there may still come one. */
    private void noteEnd(InputEnd how) {
        synchronized (recording) {
            @Nullable InputEnd before = inputEnd;
            if (before == null || (how == InputEnd.RST && before != how)) {
                if (how != InputEnd.TLS_FAILURE) { // which TLS has said itself
                    recording.event(kindOf(how));
                }
                inputEnd = how;
            }
        }
    }

    private static Kind kindOf(InputEnd how) {
        return switch (how) {
            case FIN -> Kind.FIN_RECEIVED;
            case TRUNCATED -> Kind.TRUNCATED;
            case TLS_FAILURE -> Kind.TLS_FAILED;
            case RST -> Kind.RESET_RECEIVED;
        };
    }

    /** Waits to read, or with {@code 0} for a change of circumstances only. */
    void await(int operations, Deadline deadline, Call call, long ticket) throws IOException {
        Waiting.Waiter waiter = waiting.enter(call, operations, ticket);
        try {
            owner.waiting();
            readiness.await(endpoint.interest(operations), deadline, ticket);
        } finally {
            waiting.leave(waiter);
        }
        if (Thread.currentThread().isInterrupted() && endedHere() == null) {
            throw new InterruptedIOException("the thread was interrupted");
        }
    }

    /** What a thread waits in here, if one does. */
    @Nullable
    Call waitingIn() {
        return waiting.call();
    }

    int waiting() {
        return waiting.count();
    }

    /** Whether the thread, or another one for it, waits here for nothing that is there. */
    boolean isIdle(Thread thread) {
        try {
            return waiting.isIdle(thread, operations -> readiness.isReady(endpoint.interest(operations)), readiness);
        } catch (IOException e) {
            return false; // no selector to be had: rather wait for the thread itself
        }
    }

    /** Whether bytes, FIN or RST are there to be read; also if the channel is closed. */
    boolean isReadable() throws IOException {
        @Nullable TlsEndpoint secured = tls;
        return (secured != null && secured.hasInput()) || readiness.isReady(SelectionKey.OP_READ);
    }

    /** Whether the kernel says that the other side has not ended; false also where it cannot be asked. */
    boolean isWithoutFin() {
        return !transport.has(Capability.CONNECTIONS) || endpoint.isWithoutEnd();
    }

    boolean isWritable() throws IOException {
        return readiness.isReady(SelectionKey.OP_WRITE);
    }

    void shutdownOutput() throws IOException {
        if (isTls()) {
            sending(endpoint::shutdownOutput);
        } else if (transport.has(Capability.HALF_CLOSE)) {
            endpoint.shutdownOutput();
        }
    }

    /** The same as an event of its own; a second one is none. */
    void halfClose() throws IOException {
        if (isTls()) {
            sending(this::halfCloseInOrder);
        } else {
            halfCloseInOrder();
        }
    }

    private void halfCloseInOrder() throws IOException {
        synchronized (recording) { // or the answer, read on another thread, may stand before it
            endpoint.shutdownOutput();
            if (!halfClosed) {
                halfClosed = true;
                recording.event(Kind.HALF_CLOSED);
            }
        }
    }

    /** Ends both directions. Waiters have let go of the channel before. */
    void close() throws IOException {
        closeOnce(endpoint);
    }

    boolean isClosed() {
        return closed;
    }

    /** Why it cannot be reset at this moment, if so. */
    Optional<String> cannotResetBecause() throws IOException {
        return endpoint.cannotResetBecause();
    }

    /** Resets, once what was written has been delivered, or is not getting any less. */
    void reset(Duration longest, Ticker ticker) throws IOException {
        awaitDelivery(longest, ticker);
        closeOnce(endpoint::reset);
    }

    /** Two may end it at the same time: who lingers for it, and its scope. */
    private void closeOnce(Closeable closing) throws IOException {
        readiness.close(() -> {
            if (!closed) {
                try {
                    closing.close();
                } finally {
                    closed = true;
                }
            }
        });
    }

    /**
     * Lets the close leave nothing behind, where no byte can be lost by that: else this side, being
     * the first to end, would keep the port in TIME_WAIT for a minute.
     */
    void leaveNothing() {
        if (sent.total() <= SURELY_DELIVERED && !isTls()) { // which has sent more than that
            dropUnsent();
        }
    }

    /** Lets the close throw away what is not yet delivered. */
    void dropUnsent() {
        endpoint.dropUnsent();
    }

    private void awaitDelivery(Duration longest, Ticker ticker) {
        if ((sent.total() <= SURELY_DELIVERED && !isTls()) || inputEnd == InputEnd.RST) {
            return;
        }
        Deadline end = Deadline.after(longest, ticker);
        Deadline stalled = Deadline.after(STALLED, ticker);
        long least = Long.MAX_VALUE;
        while (!end.hasPassed() && !stalled.hasPassed()) {
            long unsent = endpoint.unsent(); // a look takes longer than a byte on its way
            if (unsent <= 0) {
                return;
            }
            if (unsent < least) {
                least = unsent;
                stalled = Deadline.after(STALLED, ticker);
            }
        }
    }
}
