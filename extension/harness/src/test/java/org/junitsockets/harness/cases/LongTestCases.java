package org.junitsockets.harness.cases;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Takes as long as the test that runs it says. */
public class LongTestCases {

    public static final AtomicReference<Runnable> MEANWHILE = new AtomicReference<>(() -> {});

    @Test
    void lasts() {
        MEANWHILE.get().run();
    }
}
