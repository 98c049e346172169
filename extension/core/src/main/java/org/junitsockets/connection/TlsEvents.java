package org.junitsockets.connection;

import javax.net.ssl.SSLException;
import org.junitsockets.TlsSession;
import org.junitsockets.TlsStall;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.tls.TlsListener;
import org.junitsockets.transcript.Recording;

/** Records what happens in TLS besides data; how it ended is recorded with the end. */
record TlsEvents(Recording recording) implements TlsListener {

    @Override
    public void handshakeCompleted(TlsSession session) {
        recording.event(Kind.TLS_ESTABLISHED, session);
    }

    @Override
    public void closeNotifyReceived() {
        recording.event(Kind.CLOSE_NOTIFY_RECEIVED);
    }

    @Override
    public void closeNotifySent() {
        recording.event(Kind.CLOSE_NOTIFY_SENT);
    }

    @Override
    public void failed(SSLException failure) {
        recording.event(Kind.TLS_FAILED, failure.getMessage());
    }

    @Override
    public void truncated() {}

    @Override
    public void stalled(TlsStall where) {
        recording.event(Kind.TLS_STALLED, where);
    }
}
