package org.junitsockets.harness.cases;

import org.junit.jupiter.api.Test;

public class PassingTestCases {

    @Test
    void one() {}

    @Test
    void two() {}
}
