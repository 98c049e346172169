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
    private static @Nullable IOException failure;

    private CommonEngine() {}

    /**
     * Finds it.
     *
     * @param declaration that needs it
     * @throws UnsupportedLocationException if there is none, now or before
     */
    static synchronized Engine require(Transport transport, String declaration) {
        if (engine == null && failure == null) {
            try {
                engine = Engine.find();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (engine == null) {
            throw unsupported(transport, declaration + ": " + failure.getMessage(), failure);
        }
        return engine;
    }

    static UnsupportedLocationException unsupported(Transport transport, String message, Throwable cause) {
        UnsupportedLocationException unsupported =
                new UnsupportedLocationException(Location.CONTAINER, transport, message);
        unsupported.initCause(cause);
        return unsupported;
    }
}
