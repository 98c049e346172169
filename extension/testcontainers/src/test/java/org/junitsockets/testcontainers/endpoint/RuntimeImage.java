package org.junitsockets.testcontainers.endpoint;

import java.util.function.Supplier;
import org.junitsockets.testcontainers.session.RuntimeImageName;

/** Supplies the image of the test cases. */
final class RuntimeImage implements Supplier<String> {

    @Override
    public String get() {
        return new RuntimeImageName().get();
    }
}
