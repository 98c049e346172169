package org.junitsockets.testcontainers.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.junitsockets.testcontainers.engine.Engine;

/** Supplies an image that has nothing but the running JDK, in {@code /java}. */
public final class RuntimeImageName implements Supplier<String> {

    @Override
    public String get() {
        try (Engine engine = Engine.find()) {
            return new RuntimeBuilder(engine).build().name();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
