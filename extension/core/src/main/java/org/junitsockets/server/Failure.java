package org.junitsockets.server;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitsockets.UnsupportedTransportException;

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

    /** What it is instead, if something could not be done over its transport: no failure of the test. */
    public Optional<UnsupportedTransportException> unsupported() {
        for (@Nullable Throwable one = cause; one != null; one = one.getCause()) {
            if (one instanceof UnsupportedTransportException unsupported) {
                return Optional.of(unsupported);
            }
        }
        return Optional.empty();
    }

    /** All of them as one text. */
    public static String messages(List<Failure> failures) {
        if (failures.size() == 1) {
            return failures.get(0).message();
        }
        StringBuilder messages = new StringBuilder(failures.isEmpty() ? "" : failures.size() + " failures:");
        for (int i = 0; i < failures.size(); i++) {
            messages.append("\n")
                    .append(i + 1)
                    .append(". ")
                    .append(failures.get(i).message());
        }
        return messages.toString();
    }

    /** An error that points at the line of the user's, not at where we noticed. */
    public AssertionError toError(String evidence) {
        AssertionError error = new AssertionError(message + evidence, cause);
        error.setStackTrace(where.stream().toArray(StackTraceElement[]::new));
        return error;
    }
}
