package org.junitsockets.server;

import java.net.SocketAddress;
import java.util.Optional;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.port.Loopback;
import org.junitsockets.spec.Settings;
import org.junitsockets.spi.MessageListener;
import org.junitsockets.transcript.Recording;
import org.junitsockets.transcript.Snapshot;

/**
 * The messages that came to a server and that nobody gets to see: recorded as a connection without a
 * number, since their senders may have no other.
 *
 * <p>Told without the server's lock, which whoever reads must not need.
 */
final class Losses implements MessageListener {

    private final Settings settings;
    private final Listener listener;
    private final Recording recording;
    private volatile boolean any;

    Losses(Settings settings, Listener listener) {
        this.settings = settings;
        this.listener = listener;
        this.recording = new Recording(settings.transcript().size(), settings.ticker());
    }

    @Override
    public void arrived() {
        listener.rouse();
    }

    @Override
    public void lost(SocketAddress sender, long sequence, int length, boolean onPurpose) {
        recording.event(
                Kind.DROPPED,
                "message " + sequence + " of all (" + length + (length == 1 ? " byte" : " bytes") + " from "
                        + Loopback.describe(sender) + ")"
                        + (onPurpose ? "" : ", as too much was unread"));
        any = true;
    }

    /** Where there were any. */
    Optional<Snapshot> transcript() {
        return any
                ? Optional.of(recording.snapshot(0, true, settings.transcript().mask()))
                : Optional.empty();
    }
}
