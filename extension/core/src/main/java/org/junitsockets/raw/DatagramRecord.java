package org.junitsockets.raw;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.Transport;
import org.junitsockets.connection.Label;
import org.junitsockets.spec.Settings;
import org.junitsockets.transcript.Conversation;
import org.junitsockets.transcript.Recording;

/**
 * The datagrams between two addresses, as one end sees them. One that is sent is recorded before, and
 * taken back if that fails, as recorded afterwards it might stand behind its answer.
 */
final class DatagramRecord {

    private final Recording recording;
    private final Settings settings;
    private final Transport transport;
    private final Label label;
    private final boolean ofServer;
    private final SocketAddress client;
    private final SocketAddress server;

    /** Held while one is sent: there must be only one that may be taken back. */
    private final ReentrantLock sending = new ReentrantLock();

    private @Nullable String leftHere;
    private boolean unreachable;

    private DatagramRecord(
            Label label,
            Transport transport,
            boolean ofServer,
            SocketAddress client,
            SocketAddress server,
            Settings settings) {
        this.label = label;
        this.transport = transport;
        this.ofServer = ofServer;
        this.client = client;
        this.server = server;
        this.settings = settings;
        this.recording = new Recording(settings.transcript().size(), settings.ticker());
        recording.event(ofServer ? Kind.ACCEPTED : Kind.CONNECTED);
    }

    static DatagramRecord ofClient(
            Label label, Transport transport, SocketAddress client, SocketAddress server, Settings settings) {
        return new DatagramRecord(label, transport, false, client, server, settings);
    }

    static DatagramRecord ofServer(
            Label label, Transport transport, SocketAddress client, SocketAddress server, Settings settings) {
        return new DatagramRecord(label, transport, true, client, server, settings);
    }

    interface Send {
        void run() throws IOException;
    }

    void received(byte[] bytes, int offset, int length) {
        recording.received(ByteBuffer.wrap(bytes, 0, offset + length).position(offset + length), offset, true);
    }

    void send(byte[] bytes, int offset, int length, Send send) throws IOException {
        sending.lock();
        try {
            boolean sent = false;
            recording.sent(ByteBuffer.wrap(bytes, 0, offset + length).position(offset + length), offset, true);
            try {
                send.run();
                sent = true;
            } finally {
                if (!sent) {
                    recording.takeBackSent(length);
                }
            }
        } finally {
            sending.unlock();
        }
    }

    void timedOut(String call) {
        recording.event(Kind.TIMED_OUT, call);
    }

    synchronized void portUnreachable() {
        unreachable = true;
        recording.event(Kind.PORT_UNREACHABLE);
    }

    /** Records a close that is about to be made. */
    synchronized void leaving(String by) {
        if (leftHere == null) {
            leftHere = by;
            recording.event(Kind.LEFT, by);
        }
    }

    boolean isActiveSince(long nanos) {
        return recording.isActiveSince(nanos);
    }

    Conversation conversation() {
        return new Conversation(
                label.toString(),
                transport,
                client,
                server,
                recording.snapshot(
                        label.number(), ofServer, settings.transcript().mask()),
                state());
    }

    private synchronized String state() {
        String here = leftHere == null ? "open" : "closed here by " + leftHere;
        return unreachable ? "nobody was there (port unreachable), " + here : here;
    }
}
