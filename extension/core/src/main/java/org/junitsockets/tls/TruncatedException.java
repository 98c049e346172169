package org.junitsockets.tls;

import javax.net.ssl.SSLException;

/** The other side has ended the connection below TLS without a close_notify. */
public final class TruncatedException extends SSLException {

    private static final long serialVersionUID = 1L;

    TruncatedException() {
        super("the other side ended the TCP connection without close_notify (truncated)");
    }
}
