package org.junitsockets.raw;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.Transport;
import org.junitsockets.connection.Label;
import org.junitsockets.spec.Settings;
import org.junitsockets.transcript.Conversation;
import org.junitsockets.transcript.Recording;

/**
 * What went over one raw socket, and how it stands. It does not know the socket: whoever keeps the
 * record keeps no socket that its test has dropped from being cleaned up.
 *
 * <p>A write is recorded before it is made, and taken back if it fails: it may block, and what is read
 * meanwhile must be recorded all the same; but recorded afterwards it might stand behind its answer.
 * Reads cannot be kept in order without changing how long they wait: if several threads read from one
 * socket at the same time, what they got may be recorded in another order.
 */
final class RawRecord {

    private final Recording recording;
    private final Settings settings;
    private final Transport transport;
    private final boolean ofServer;

    /** Held during a write, as the JDK does: else the record could be in another order than the wire. */
    private final ReentrantLock writing = new ReentrantLock();

    private volatile int beingWritten;
    private volatile boolean inputEndedHere;
    private volatile boolean outputEndedHere;

    private @Nullable Label label;
    private @Nullable SocketAddress client;
    private @Nullable SocketAddress server;
    private @Nullable Kind peerEnd;
    private @Nullable String endedHere;

    RawRecord(boolean ofServer, Transport transport, Settings settings) {
        this.ofServer = ofServer;
        this.transport = transport;
        this.settings = settings;
        this.recording = new Recording(settings.transcript().size(), settings.ticker());
    }

    /** From here on there is a connection. */
    synchronized void connected(Label label, SocketAddress client, SocketAddress server) {
        this.label = label;
        this.client = client;
        this.server = server;
        recording.event(ofServer ? Kind.ACCEPTED : Kind.CONNECTED);
    }

    synchronized SocketAddress client() {
        return requireNonNull(client);
    }

    // -- reading ---------------------------------------------------------------------------------

    /** Records what a read returned. */
    void read(byte[] target, int offset, int count) {
        if (count > 0) {
            recording.received(target, offset, count);
        } else if (count < 0 && !inputEndedHere) {
            peerEnded(Kind.FIN_RECEIVED);
        }
    }

    /** Records why a read threw, where the other side is why: the JDK has one text for that on all systems. */
    void readFailed(Exception e) {
        if ("Connection reset".equals(e.getMessage())) {
            peerEnded(Kind.RESET_RECEIVED);
        }
    }

    void timedOut(String call) {
        recording.event(Kind.TIMED_OUT, call);
    }

    void endingInput(boolean ending) {
        inputEndedHere = ending;
    }

    // -- writing ---------------------------------------------------------------------------------

    void lockWrites() {
        writing.lock();
    }

    void unlockWrites() {
        writing.unlock();
    }

    /** Records what is about to be written, by the holder of the lock. */
    void writing(byte[] source, int offset, int length) {
        recording.sent(source, offset, length);
        beingWritten = length;
    }

    void written() {
        beingWritten = 0;
    }

    /** Takes back what was about to be written. How much of it had been when it failed cannot be known. */
    void notWritten() {
        recording.takeBackSent(beingWritten);
        beingWritten = 0;
    }

    /** A write fails for one other reason only than what was done here; its text depends on the system's language. */
    void writeFailed() {
        if (!outputEndedHere && !isEndedHere()) {
            peerEnded(Kind.RESET_RECEIVED);
        }
    }

    /** Records a half-close that is about to be made. */
    void endingOutput() {
        outputEndedHere = true;
        recording.event(Kind.HALF_CLOSED);
    }

    // -- ending ----------------------------------------------------------------------------------

    private synchronized void peerEnded(Kind how) {
        boolean first = peerEnd == null;
        boolean resetAfterFin = how == Kind.RESET_RECEIVED && peerEnd == Kind.FIN_RECEIVED;
        if (first || resetAfterFin) { // no FIN after a reset: once a write has met it, the JDK reads -1
            peerEnd = how;
            recording.event(how);
        }
    }

    /**
     * Records a close that is about to be made.
     *
     * @param by what
     * @param abruptly whether it resets what has not been ended in order by both sides
     */
    synchronized void closing(String by, boolean abruptly) {
        if (endedHere == null && label != null) {
            boolean over = peerEnd == Kind.RESET_RECEIVED || (peerEnd != null && outputEndedHere);
            boolean resets = abruptly && !over;
            endedHere = (resets ? "reset here by " : "closed here by ") + by;
            recording.event(resets ? Kind.RESET : Kind.CLOSED, by);
        }
    }

    private synchronized boolean isEndedHere() {
        return endedHere != null;
    }

    // -- for reports -----------------------------------------------------------------------------

    boolean isActiveSince(long nanos) {
        return recording.isActiveSince(nanos);
    }

    synchronized Conversation conversation() {
        Label its = requireNonNull(label);
        return new Conversation(
                its.toString(),
                transport,
                requireNonNull(client),
                requireNonNull(server),
                recording.snapshot(its.number(), ofServer, settings.transcript().mask()),
                state());
    }

    private synchronized String state() {
        String there = peerEnd == null
                ? "its end was not observed"
                : peerEnd == Kind.FIN_RECEIVED ? "ended by the other side (FIN)" : "reset by the other side";
        int bytes = beingWritten;
        String write = bytes == 0 ? "" : ", in a write of " + bytes + " bytes or more";
        if (endedHere != null) {
            return peerEnd == null ? endedHere + "; " + there : there + ", " + endedHere;
        }
        String here = outputEndedHere ? "output shut down here" : "open";
        if (peerEnd == null) {
            return here + "; " + there + write;
        }
        return there + (outputEndedHere ? ", " + here : "") + write;
    }
}
