package org.junitsockets.connection;

import java.io.IOException;

/** The client left while it was sent something slowly, which finishes a script. */
final class ClientGaveUpException extends IOException {

    private static final long serialVersionUID = 1L;

    ClientGaveUpException(String message) {
        super(message);
    }
}
