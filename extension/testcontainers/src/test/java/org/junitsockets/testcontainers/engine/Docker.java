package org.junitsockets.testcontainers.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.opentest4j.TestAbortedException;

/** The engine of tests that need one. */
public final class Docker {

    private Docker() {}

    /** Finds it; without one the test is skipped, or fails where the property says that containers are required. */
    public static void require() throws IOException {
        engine().close();
    }

    /** Finds it, as {@link #require()}; the caller closes it. */
    public static Engine engine() {
        try {
            return Engine.find();
        } catch (IOException e) {
            boolean required = Arrays.asList(
                            System.getProperty("junitsockets.require", "").split(",", -1))
                    .contains("container");
            assertThat(required).as(e.getMessage()).isFalse();
            throw new TestAbortedException(e.getMessage());
        }
    }
}
