package org.junitsockets.server;

import org.jspecify.annotations.Nullable;

/**
 * Something that fails a test.
 *
 * @param at when it appeared, by the clock of the settings
 */
public record Failure(long at, String message, @Nullable Throwable cause) {

    public AssertionError toError(String evidence) {
        return new AssertionError(message + evidence, cause);
    }
}
