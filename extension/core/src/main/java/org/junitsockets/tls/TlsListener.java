package org.junitsockets.tls;

import javax.net.ssl.SSLException;
import org.junitsockets.TlsSession;
import org.junitsockets.TlsStall;

/**
 * Hears what a transcript shows of TLS. Each method is called at most once, under the endpoint's lock, by
 * the thread whose call made it happen and before that call returns.
 */
public interface TlsListener {

    /** The handshake is complete; what is read or written from here on is what the two have to say. */
    void handshakeCompleted(TlsSession session);

    /** The other side has ended its output as it should. */
    void closeNotifyReceived();

    /** So has this side: it is on its way. */
    void closeNotifySent();

    /**
     * The handshake has failed or, later, what came was not TLS; the message tells an alert that was
     * received from what this side found, which it has told the other side.
     */
    void failed(SSLException failure);

    /** The connection below was ended by the other side, and TLS was not. */
    void truncated();

    /** From here on nothing is answered, as was asked for. */
    void stalled(TlsStall where);
}
