package org.junitsockets.harness.cases.several;

import org.junit.jupiter.api.Test;

public class SecondTestCases {

    @Test
    void one() {}

    @Test
    void two() {}
}
