package org.junitsockets.server;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that fails a test.
 *
 * @param at when it appeared, by the clock of the settings
 * @param where the line of the user's that it is about, if there is one
 */
public record Failure(long at, String message, @Nullable Throwable cause, Optional<StackTraceElement> where) {

    public Failure(long at, String message, @Nullable Throwable cause) {
        this(at, message, cause, Optional.empty());
    }

    /** An error that points at the line of the user's, not at where we noticed. */
    public AssertionError toError(String evidence) {
        AssertionError error = new AssertionError(message + evidence, cause);
        error.setStackTrace(where.stream().toArray(StackTraceElement[]::new));
        return error;
    }
}
