package org.junitsockets.testcontainers.agent;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where class files and resources come from that this process does not have. */
@FunctionalInterface
interface ClassSource {

    /**
     * Gets one, and waits for it.
     *
     * @param name such as {@code org/example/Greeting.class}
     * @return its content; {@code null} where there is none of that name
     * @throws IOException if it cannot be told, also if the thread is interrupted
     */
    byte @Nullable [] get(String name) throws IOException;
}
