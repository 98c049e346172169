package org.junitsockets.harness.cases;

import org.junit.jupiter.api.Test;

public class FailingTestCases {

    @Test
    void passes() {}

    @Test
    void fails() {
        throw new AssertionError("expected: PONG\n but was: PANG");
    }
}
