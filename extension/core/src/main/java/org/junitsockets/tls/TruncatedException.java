package org.junitsockets.tls;

import javax.net.ssl.SSLException;

/** The connection ended before TLS did, so that nobody can tell whether anything is missing. */
public final class TruncatedException extends SSLException {

    private static final long serialVersionUID = 1L;

    TruncatedException(String message) {
        super(message);
    }
}
