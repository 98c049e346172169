package org.junitsockets.certificates;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.junitsockets.TlsSession;
import org.junitsockets.TlsStall;
import org.junitsockets.tls.TlsListener;

/** What the endpoint tells, in order. */
final class Heard implements TlsListener {

    final List<String> events = new CopyOnWriteArrayList<>();
    final AtomicInteger roused = new AtomicInteger();

    @Override
    public void handshakeCompleted(TlsSession session) {
        events.add("completed " + session.session().getProtocol());
    }

    @Override
    public void closeNotifyReceived() {
        events.add("close_notify received");
    }

    @Override
    public void closeNotifySent() {
        events.add("close_notify sent");
    }

    @Override
    public void failed(SSLException failure) {
        events.add("failed: " + failure.getMessage());
    }

    @Override
    public void truncated() {
        events.add("truncated");
    }

    @Override
    public void stalled(TlsStall where) {
        events.add("stalled " + where);
    }
}
