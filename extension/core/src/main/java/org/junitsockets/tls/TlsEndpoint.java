package org.junitsockets.tls;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junitsockets.TlsSession;
import org.junitsockets.TlsStall;
import org.junitsockets.spi.ConnectionEndpoint;

/**
 * TLS over another endpoint. As that it never blocks: each call makes whatever progress the handshake
 * can make, and tells that it would have to wait where that is not enough.
 *
 * <p>Who has to wait asks {@link #interest(int)} what for. A call of one thread may make progress for
 * another one, as what it takes from below is then no longer to be waited for: it has all rouse who wait.
 * So a thread takes its ticket for the wait, calls, and then waits with the ticket.
 *
 * <p>{@link #write(ByteBuffer)} counts what was encrypted. The last of it may not have gone to the
 * endpoint below: any later call sends it on, and who has nothing more to call goes on with {@link
 * #flush()} until that returns true.
 *
 * <p>Everything happens under the lock that it is given. {@link #close()} closes the endpoint below and
 * nothing else: without a {@link #shutdownOutput()} before, the other side finds TLS truncated.
 */
public final class TlsEndpoint implements ConnectionEndpoint {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Its last two bytes are the length of what follows. */
    private static final int RECORD_HEADER = 5;

    /** So much that a reader owes, such as answers to key updates, may wait to be sent while it reads on. */
    private static final int MOST_OWED = 64 * 1024;

    /**
     * So many steps without an end one call makes: who sends without a pause must not keep the lock from
     * all others.
     */
    private static final int MOST_STEPS = 256;

    private final ConnectionEndpoint below;
    private final SSLEngine engine;
    private final TlsStall stall;
    private final Object lock;
    private final Runnable rouse;
    private final TlsListener listener;
    private final Hellos hellos = new Hellos();

    // Each from its position to its limit what is still to be used.
    private ByteBuffer received;
    private ByteBuffer plain;
    private ByteBuffer toSend;

    private boolean begun;
    private boolean complete;
    private boolean stalled;
    private boolean inputEnded;
    private boolean truncated;
    private boolean outputClosed;
    private boolean closeNotifySent;
    private boolean halfCloseOwed;
    private boolean halfClosed;
    private @Nullable SSLException failure;

    /** Whether it was found here, and not told by an alert of the other side's. */
    private boolean failedHere;

    /** Whether this call has changed what others may wait for. */
    private boolean stirred;

    /** Whether this call has taken from below what others may wait for there. */
    private boolean taken;

    /**
     * Layers TLS over an endpoint. Nothing is sent before the first call.
     *
     * @param below what the bytes come from and go to; connected, and of nobody else from here on
     * @param engine with its mode and all that is to be agreed on; of nobody else from here on
     * @param readAhead what has been read from below already and belongs to TLS; is used up
     * @param stall where a server falls silent; means nothing to a client
     * @param lock under which all of it happens, the calls of the listener included; may be held by who
     *     calls, so that what he records stands in the order in which it happened
     * @param rouse makes all threads look again that wait for what {@link #interest(int)} said; called
     *     under the lock
     * @param listener hears what happens besides data
     */
    public TlsEndpoint(
            ConnectionEndpoint below,
            SSLEngine engine,
            ByteBuffer readAhead,
            TlsStall stall,
            Object lock,
            Runnable rouse,
            TlsListener listener) {
        this.below = below;
        this.engine = engine;
        this.stall = engine.getUseClientMode() ? TlsStall.NONE : stall;
        this.lock = lock;
        this.rouse = rouse;
        this.listener = listener;
        int packet = engine.getSession().getPacketBufferSize();
        received = ByteBuffer.allocate(Math.max(packet, readAhead.remaining()))
                .put(readAhead)
                .flip();
        toSend = ByteBuffer.allocate(packet).flip();
        plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize())
                .flip();
    }

    // ---- what it is for ---------------------------------------------------------------------------------

    /**
     * Goes on with the handshake, without reading what comes after it. Waits for it with the interest of
     * a write.
     *
     * @return whether it is complete
     * @throws TruncatedException if the other side ended the connection in it
     * @throws SSLException if it has failed, the same each time; the other side has been told
     * @throws IOException if the endpoint below fails
     */
    public boolean handshake() throws IOException {
        synchronized (lock) {
            try {
                requireNoFailure();
                send();
                return shake();
            } finally {
                tellOthers();
            }
        }
    }

    /**
     * Returns what the handshake came to.
     *
     * @return the session, or empty before the handshake is complete
     */
    public Optional<TlsSession> session() {
        synchronized (lock) {
            if (!complete) {
                return Optional.empty();
            }
            String protocol = engine.getApplicationProtocol();
            return Optional.of(new TlsSession(
                    engine.getSession(),
                    Optional.ofNullable(protocol).filter(name -> !name.isEmpty()),
                    hellos.serverName(),
                    hellos.isResumed()));
        }
    }

    /**
     * Reads what was sent inside, after as much of the handshake as it takes.
     *
     * @return how many bytes; {@link #END} only after the other side's close_notify; or {@link #UNAVAILABLE}
     * @throws TruncatedException each time, if the other side ended the connection without close_notify
     * @throws SSLException if TLS has failed, the same each time; what came before that has been read then
     * @throws IOException if the endpoint below fails
     */
    @Override
    public int read(ByteBuffer target) throws IOException {
        synchronized (lock) {
            if (plain.hasRemaining() || !target.hasRemaining()) {
                return deliver(target);
            }
            requireNoFailure();
            if (inputEnded) {
                return END;
            }
            try {
                send();
                if (!shake()) {
                    return UNAVAILABLE;
                }
                for (int steps = 0; steps < MOST_STEPS && !plain.hasRemaining(); steps++) {
                    if (inputEnded) {
                        return END;
                    }
                    if (!advance()) {
                        return UNAVAILABLE;
                    }
                }
                return plain.hasRemaining() ? deliver(target) : pause();
            } finally {
                tellOthers();
            }
        }
    }

    /**
     * Encrypts and writes, after as much of the handshake as it takes. Of nothing it writes nothing, not
     * even an empty record.
     *
     * @return how many bytes it has taken, or {@link #UNAVAILABLE}
     * @throws ClosedChannelException if this side's output was ended here
     * @throws SSLException if TLS has failed, the same each time; or if the other side has sent
     *     close_notify, and the version of TLS ends both directions with that
     * @throws IOException if the endpoint below fails
     */
    @Override
    public int write(ByteBuffer source) throws IOException {
        synchronized (lock) {
            requireNoFailure();
            if (outputClosed) {
                throw new ClosedChannelException();
            }
            try {
                if (!send()) {
                    return UNAVAILABLE;
                }
                if (!source.hasRemaining()) {
                    return 0;
                }
                if (!shake() || !send()) {
                    return UNAVAILABLE;
                }
                int from = source.position();
                boolean goesOn = true;
                while (goesOn && source.hasRemaining()) {
                    goesOn = encrypt(source) && send();
                }
                return source.position() > from ? source.position() - from : UNAVAILABLE;
            } finally {
                tellOthers();
            }
        }
    }

    /**
     * Sends on what was written, and with that an end of the output that waits behind it. Waits for it
     * with the interest of a write.
     *
     * @return whether all has gone to the endpoint below
     * @throws IOException if the endpoint below fails
     */
    public boolean flush() throws IOException {
        synchronized (lock) {
            return send();
        }
    }

    /**
     * Tells what to wait for at the endpoint below, so that the operations may make progress: a writer
     * waits for what the other side sends in the handshake, a reader for room to send what it owes.
     *
     * @param operations a set of {@link java.nio.channels.SelectionKey}'s
     * @return another one
     */
    @Override
    public int interest(int operations) {
        synchronized (lock) {
            int wanted = operations & ~OP_WRITE;
            if (toSend.hasRemaining() && (operations & (OP_READ | OP_WRITE)) != 0) {
                wanted |= OP_WRITE;
                if (toSend.remaining() > MOST_OWED) {
                    wanted &= ~OP_READ;
                }
            }
            if ((operations & OP_WRITE) != 0) {
                wanted |= waitsForInput() ? OP_READ : OP_WRITE;
            }
            return wanted;
        }
    }

    /**
     * Tells whether {@link #read(ByteBuffer)} has something to return, or to throw, that need not come
     * from below.
     *
     * @return true also at the end
     */
    public boolean hasInput() {
        synchronized (lock) {
            return plain.hasRemaining() || inputEnded || truncated || failure != null;
        }
    }

    /**
     * Tells whether TLS has failed by what this side found: then the other side may still be there.
     *
     * @return false also where the other side has said that it failed
     */
    public boolean hasFailedHere() {
        synchronized (lock) {
            return failedHere;
        }
    }

    // ---- ends ---------------------------------------------------------------------------------------------

    /**
     * Sends close_notify, then ends the output below; where that has to wait for room, {@link #flush()}
     * completes it. Reading goes on, though in TLS 1.2 the other side has to answer with its own
     * close_notify. A server that has fallen silent sends none.
     */
    @Override
    public void shutdownOutput() throws IOException {
        synchronized (lock) {
            if (outputClosed) {
                return;
            }
            outputClosed = true;
            try {
                if (failure == null && !stalled) {
                    engine.closeOutbound();
                    wrapAll();
                }
                halfCloseOwed = true;
                send();
            } finally {
                stirred = true;
                tellOthers();
            }
        }
    }

    /**
     * Ends the output below without close_notify, behind what was written; where that has to wait for
     * room, {@link #flush()} completes it.
     *
     * @throws IOException if the endpoint below fails
     */
    public void truncate() throws IOException {
        synchronized (lock) {
            if (outputClosed) {
                return;
            }
            outputClosed = true;
            halfCloseOwed = true;
            try {
                send();
            } finally {
                stirred = true;
                tellOthers();
            }
        }
    }

    @Override
    public void reset() throws IOException {
        below.reset();
    }

    @Override
    public void close() throws IOException {
        below.close();
    }

    // ---- what is as below -----------------------------------------------------------------------------------

    @Override
    public boolean finishConnect() throws IOException {
        return below.finishConnect();
    }

    @Override
    public void dropUnsent() {
        below.dropUnsent();
    }

    /** Counts what is encrypted, and what has not gone to the endpoint below. */
    @Override
    public long unsent() {
        long there = below.unsent();
        synchronized (lock) {
            return there < 0 ? there : there + toSend.remaining();
        }
    }

    /** What is unread may be a close_notify; what is known is that the connection has not ended below. */
    @Override
    public boolean isWithoutEnd() {
        synchronized (lock) {
            return !inputEnded && below.isWithoutEnd();
        }
    }

    @Override
    public SocketAddress localAddress() {
        return below.localAddress();
    }

    @Override
    public SocketAddress remoteAddress() {
        return below.remoteAddress();
    }

    @Override
    public Optional<SelectableChannel> channel() {
        return below.channel();
    }

    @Override
    public boolean poll(int operations, long millis) throws IOException {
        return below.poll(operations, millis);
    }

    @Override
    public void wakeup() {
        below.wakeup();
    }

    // ---- the handshake: everything from here on is under the lock ----------------------------------------------

    private boolean shake() throws IOException {
        if (!begun) {
            begun = true;
            try {
                engine.beginHandshake();
            } catch (SSLException e) {
                throw failed(e);
            }
        }
        while (!complete) {
            if (inputEnded) {
                throw failed(new SSLHandshakeException("the other side sent close_notify in the handshake"));
            }
            if (stall != TlsStall.NONE) {
                fallSilentWhereAsked();
                if (stalled) {
                    send();
                    discard();
                    return false;
                }
            }
            if (!advance()) {
                return false;
            }
        }
        return true;
    }

    /** Does what the engine needs next; returns false if that has to wait for the endpoint below. */
    private boolean advance() throws IOException {
        return switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> runTasks();
            case NEED_WRAP -> answer();
            default -> unwrap();
        };
    }

    private boolean runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
        return true;
    }

    private boolean answer() throws IOException {
        if (toSend.remaining() > MOST_OWED && !send()) {
            return false;
        }
        SSLEngineResult result = wrap(NOTHING);
        if (result.bytesProduced() == 0 && result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            return unwrap();
        }
        send();
        return true;
    }

    /** Decrypts the next record; returns false if it is not all there, or if there is no room for what is in it. */
    private boolean unwrap() throws IOException {
        while (true) {
            int from = received.position();
            plain.compact();
            SSLEngineResult result;
            try {
                result = engine.unwrap(received, plain);
            } catch (SSLException e) {
                plain.flip();
                throw failed(e);
            }
            plain.flip();
            hellos.add(received.slice(from, result.bytesConsumed()), !engine.getUseClientMode());
            if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
                if (!receive()) {
                    return false;
                }
            } else if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                if (plain.hasRemaining()) {
                    return false; // until somebody reads
                }
                plain = ByteBuffer.allocate(2 * plain.capacity()).flip();
            } else {
                finished(result);
                if (result.getStatus() == Status.CLOSED) {
                    endInput();
                }
                return true;
            }
        }
    }

    /** Takes from below what fits; returns false if nothing is there. */
    private boolean receive() throws IOException {
        if (received.remaining() == received.capacity()) {
            received =
                    ByteBuffer.allocate(2 * received.capacity()).put(received).flip();
        }
        received.compact();
        int count;
        try {
            count = below.read(received);
        } finally {
            received.flip();
        }
        if (count == END) {
            throw truncated();
        }
        taken |= count > 0;
        return count > 0;
    }

    private boolean encrypt(ByteBuffer source) throws IOException {
        int from = source.position();
        SSLEngineResult result = wrap(source);
        if (result.getStatus() == Status.CLOSED) {
            throw new SSLException("the other side sent close_notify, with which "
                    + engine.getSession().getProtocol() + " ends both directions");
        }
        return source.position() > from || advance();
    }

    private SSLEngineResult wrap(ByteBuffer source) throws IOException {
        int from = toSend.remaining();
        SSLEngineResult result;
        try {
            result = append(source);
        } catch (SSLException e) {
            throw failed(e);
        }
        hellos.add(toSend.slice(toSend.position() + from, result.bytesProduced()), engine.getUseClientMode());
        finished(result);
        if (engine.isOutboundDone() && failure == null && !closeNotifySent) {
            closeNotifySent = true;
            listener.closeNotifySent();
        }
        return result;
    }

    /** An engine writes nothing where there is no room for the longest record. */
    private SSLEngineResult append(ByteBuffer source) throws SSLException {
        int packet = engine.getSession().getPacketBufferSize();
        if (toSend.capacity() - toSend.remaining() < packet) {
            toSend =
                    ByteBuffer.allocate(toSend.remaining() + packet).put(toSend).flip();
        }
        toSend.compact();
        try {
            return engine.wrap(source, toSend);
        } finally {
            toSend.flip();
        }
    }

    /** All that the engine has to say of itself. */
    private void wrapAll() throws IOException {
        while (!engine.isOutboundDone() && wrap(NOTHING).bytesProduced() > 0) {
            // and once more
        }
    }

    private void finished(SSLEngineResult result) {
        if (!complete && result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
            complete = true;
            stirred = true;
            listener.handshakeCompleted(session().orElseThrow());
        }
    }

    private void endInput() throws IOException {
        if (!inputEnded) {
            inputEnded = true;
            stirred = true;
            listener.closeNotifyReceived();
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) { // the answer of TLS 1.2
                wrapAll();
                try {
                    send();
                } catch (IOException unsent) {
                    // who has said close_notify may be gone; this is nothing that a reader has to know
                }
            }
        }
    }

    /** Remembers it, and tells the other side if it can be told. */
    private SSLException failed(SSLException e) {
        if (failure == null) {
            failure = e;
            stirred = true;
            int before = toSend.remaining();
            alert();
            failedHere = toSend.remaining() > before; // to an alert there is no answer
            tell(e);
            listener.failed(e);
        }
        return failure;
    }

    /** The engine may first throw once more what it has thrown. */
    private void alert() {
        for (int i = 0; i < 3 && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP; i++) {
            try {
                append(NOTHING);
            } catch (SSLException again) {
                // is known
            }
        }
    }

    private TruncatedException truncated() {
        if (!truncated) {
            truncated = true;
            stirred = true;
            listener.truncated();
        }
        return new TruncatedException(
                complete
                        ? "the other side ended the connection without close_notify (truncated)"
                        : "the other side ended the connection in the TLS handshake (truncated)");
    }

    private void requireNoFailure() throws SSLException {
        if (failure != null) {
            tell(failure);
            throw failure;
        }
    }

    /** Sends what there is of an alert; that it cannot be sent is not what went wrong. */
    private void tell(SSLException why) {
        try {
            send();
        } catch (IOException unsent) {
            toSend.position(toSend.limit());
            why.addSuppressed(unsent);
        }
    }

    /** What ends its output in the handshake still waits for the other side, once all of it has gone. */
    private boolean waitsForInput() {
        if (failure != null) {
            return false;
        }
        return outputClosed ? !complete && !toSend.hasRemaining() : needsInput();
    }

    private boolean needsInput() {
        if (!complete) {
            return true;
        }
        HandshakeStatus status = engine.getHandshakeStatus();
        return status == HandshakeStatus.NEED_UNWRAP || status == HandshakeStatus.NEED_UNWRAP_AGAIN;
    }

    // ---- stalls -------------------------------------------------------------------------------------------

    private void fallSilentWhereAsked() {
        if (stalled) {
            return;
        }
        HandshakeStatus status = engine.getHandshakeStatus();
        if (stall == TlsStall.AFTER_CLIENT_HELLO) {
            stalled = status == HandshakeStatus.NEED_TASK; // which is to answer
        } else {
            stalled = toSend.hasRemaining() && status == HandshakeStatus.NEED_UNWRAP;
            if (stalled) {
                toSend.limit(toSend.position() + toSend.remaining() / 2);
            }
        }
        if (stalled) {
            stirred = true;
            listener.stalled(stall);
        }
    }

    /** Whatever the other side says is heard and not answered, until it leaves. */
    private void discard() throws IOException {
        int steps = 0;
        do {
            if (++steps > MOST_STEPS) {
                pause();
                return;
            }
            received.position(received.limit());
        } while (receive());
    }

    /** Nothing yet; there may be more to do, so nobody is to wait for it at the endpoint below, the caller too. */
    private int pause() {
        stirred = true;
        return UNAVAILABLE;
    }

    // ---- the endpoint below ---------------------------------------------------------------------------------

    private int deliver(ByteBuffer target) {
        int count = Math.min(target.remaining(), plain.remaining());
        target.put(plain.slice(plain.position(), count));
        plain.position(plain.position() + count);
        return count;
    }

    private boolean send() throws IOException {
        if (stall == TlsStall.MID_HANDSHAKE && !stalled && !outputClosed && failure == null) {
            return !toSend.hasRemaining(); // the answer is cut when all of it is there
        }
        if (halfClosed) {
            toSend.position(toSend.limit()); // what the engine still has to say, nobody hears
            return true;
        }
        while (toSend.hasRemaining()) {
            if (below.write(toSend) <= 0) {
                return false;
            }
        }
        if (halfCloseOwed) {
            halfCloseOwed = false;
            halfClosed = true;
            below.shutdownOutput();
        }
        return true;
    }

    /** For what this call has changed or left over, the endpoint below wakes nobody else. */
    private void tellOthers() {
        boolean others = stirred || (taken && (plain.hasRemaining() || hasRecord()));
        stirred = false;
        taken = false;
        if (others) {
            rouse.run();
        }
    }

    private boolean hasRecord() {
        return received.remaining() >= RECORD_HEADER
                && received.remaining() - RECORD_HEADER >= (received.getShort(received.position() + 3) & 0xffff);
    }
}
