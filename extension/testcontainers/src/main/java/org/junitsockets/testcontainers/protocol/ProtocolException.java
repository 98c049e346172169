package org.junitsockets.testcontainers.protocol;

import java.io.IOException;

/** What came is not what this protocol has; the connection cannot go on. */
public final class ProtocolException extends IOException {

    private static final long serialVersionUID = 1L;

    public ProtocolException(String message) {
        super(message);
    }

    /** The usual words. */
    public static ProtocolException found(String what, Object found, String expected) {
        return new ProtocolException(what + ": found " + found + " (expected: " + expected + ")");
    }
}
