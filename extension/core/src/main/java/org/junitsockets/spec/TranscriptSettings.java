package org.junitsockets.spec;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junitsockets.transcript.Mask;

/**
 * What is kept of each connection, and when it is written.
 *
 * @param when it is written
 * @param size how many bytes of a connection are kept at most; with 0 nothing is recorded
 * @param mask what must not be seen in anything that is written
 * @param directory where it is written; none for the place that the test framework has for it
 */
public record TranscriptSettings(When when, int size, Mask mask, Optional<Path> directory) {

    public static final String WHEN = "junitsockets.transcript";
    public static final String SIZE = "junitsockets.transcript.size";
    public static final String MASK = "junitsockets.transcript.mask";
    public static final String DIRECTORY = "junitsockets.transcript.directory";

    private static final int DEFAULT_SIZE = 256 * 1024;
    private static final int MOST = 1024 * 1024 * 1024;

    /** When transcripts are written. */
    public enum When {
        ON_FAILURE,
        ALWAYS,
        NEVER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final TranscriptSettings DEFAULT =
            new TranscriptSettings(When.ON_FAILURE, DEFAULT_SIZE, Mask.NONE, Optional.empty());

    static TranscriptSettings from(Function<String, @Nullable String> parameters) {
        @Nullable String when = parameters.apply(WHEN);
        @Nullable String size = parameters.apply(SIZE);
        @Nullable String mask = parameters.apply(MASK);
        @Nullable String directory = parameters.apply(DIRECTORY);
        if (when == null && size == null && mask == null && directory == null) {
            return DEFAULT;
        }
        return new TranscriptSettings(
                when == null ? DEFAULT.when : when(when),
                size == null ? DEFAULT.size : size(size),
                mask == null ? DEFAULT.mask : Mask.of(MASK, mask),
                directory == null ? DEFAULT.directory : Optional.of(directory(directory)));
    }

    private static When when(String text) {
        for (When when : When.values()) {
            if (when.toString().equals(text.trim().toLowerCase(Locale.ROOT))) {
                return when;
            }
        }
        throw new IllegalArgumentException(WHEN + ": found '" + text + "' (expected: "
                + Arrays.stream(When.values()).map(When::toString).collect(Collectors.joining(", ")) + ")");
    }

    private static int size(String text) {
        try {
            int size = Integer.parseInt(text.trim());
            if (size >= 0 && size <= MOST) {
                return size;
            }
        } catch (NumberFormatException e) {
            // said below, with what was expected
        }
        throw new IllegalArgumentException(
                SIZE + ": found '" + text + "' (expected: a number of bytes, from 0 to " + MOST + ")");
    }

    private static Path directory(String text) {
        try {
            return Path.of(text.trim());
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    DIRECTORY + ": found '" + text + "' (expected: a path of a directory)", e);
        }
    }
}
