package org.junitsockets.testcontainers.endpoint;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Location;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedLocationException;
import org.junitsockets.testcontainers.engine.Engine;

/** The engine that all endpoints of this JVM have: looked for once, and its client lives as long as Testcontainers'. */
final class CommonEngine {

    private static @Nullable Engine engine;
    private static @Nullable String failure;

    private CommonEngine() {}

    /**
     * Finds it.
     *
     * @param declaration that needs it
     * @throws UnsupportedLocationException if there is none, now or before
     */
    static synchronized Engine require(Transport transport, String declaration) {
        @Nullable Engine found = engine;
        if (found == null && failure == null) {
            try {
                found = Engine.find();
                engine = found;
            } catch (IOException e) {
                failure = e.getMessage();
            }
        }
        if (found == null) {
            throw new UnsupportedLocationException(Location.CONTAINER, transport, declaration + ": " + failure);
        }
        return found;
    }
}
