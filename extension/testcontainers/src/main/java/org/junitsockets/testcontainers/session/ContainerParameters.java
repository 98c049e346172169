package org.junitsockets.testcontainers.session;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junitsockets.testcontainers.engine.NetworkPath;

/**
 * The configuration parameters of the container.
 *
 * @param image an image's name, {@link #JLINK}, or {@code null} for the default
 * @param path the only way that is tried, or {@code null} where the first that leads there is taken
 */
record ContainerParameters(@Nullable String image, @Nullable NetworkPath path) {

    static final String IMAGE = "junitsockets.container.image";
    static final String PATH = "junitsockets.container.path";

    /** The image that is built out of the running JDK. */
    static final String JLINK = "jlink";

    /**
     * Reads the parameters from where the function finds them.
     *
     * @throws IllegalArgumentException if one has a value that it cannot have
     */
    static ContainerParameters from(Function<String, @Nullable String> parameters) {
        @Nullable String image = parameters.apply(IMAGE);
        if (image != null && image.isBlank()) {
            throw new IllegalArgumentException(IMAGE + ": found '" + image + "' (expected: " + JLINK
                    + ", or the name of an image with a Java runtime)");
        }
        @Nullable String path = parameters.apply(PATH);
        return new ContainerParameters(image == null ? null : image.trim(), path == null ? null : parse(path.trim()));
    }

    private static NetworkPath parse(String text) {
        return Stream.of(NetworkPath.values())
                .filter(path -> path.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(PATH + ": found '" + text + "' (expected: one of "
                        + Arrays.toString(NetworkPath.values()) + ")"));
    }
}
