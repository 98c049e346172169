package org.junitsockets.harness.cases;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

public class NestedTestCases {

    @Test
    void outer() {}

    @Nested
    class WhenConnected {

        @Test
        void inner() {}

        @Nested
        class AndReset {

            @Test
            void innermost() {
                throw new AssertionError("still open");
            }
        }
    }
}
