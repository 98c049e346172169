package org.junitsockets.testcontainers.protocol;

import org.jspecify.annotations.Nullable;

/** Stands for what a handler in an agent has thrown whose class is not known to be here. */
final class ThrownElsewhereException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String type;

    ThrownElsewhereException(String type, @Nullable String message) {
        super(message);
        this.type = type;
    }

    /** As the original says of itself. */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // the message is the original's, and so is its class
    public String toString() {
        return Thrown.describe(type, getMessage());
    }
}
