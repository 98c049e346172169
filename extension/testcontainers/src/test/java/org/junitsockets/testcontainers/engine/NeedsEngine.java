package org.junitsockets.testcontainers.engine;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a class where there is no container engine, or fails it where the property requires one: {@link Docker}. */
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsEngine.Looking.class)
public @interface NeedsEngine {

    /** Looks for one. */
    final class Looking implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) throws Exception {
            Docker.require();
        }
    }
}
