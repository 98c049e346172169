package org.junitsockets.harness.cases;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

public class FailingAfterAllTestCases {

    @AfterAll
    static void fails() {
        throw new IllegalStateException("a thread is left");
    }

    @Test
    void one() {}

    @Test
    void two() {}

    @Test
    @Disabled("later")
    void three() {}

    @Test
    @Disabled("later")
    void four() {}
}
