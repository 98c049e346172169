package org.junitsockets.testcontainers.protocol;

import org.jspecify.annotations.Nullable;

/** Stands for an assertion error of a class of its own that a handler in an agent has thrown. */
final class FailedElsewhereError extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final String type;

    FailedElsewhereError(String type, @Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
        this.type = type;
    }

    /** As the original says of itself. */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // the message is the original's, and so is its class
    public String toString() {
        return Thrown.describe(type, getMessage());
    }
}
