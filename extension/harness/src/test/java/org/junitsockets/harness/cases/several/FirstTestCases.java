package org.junitsockets.harness.cases.several;

import org.junit.jupiter.api.Test;

public class FirstTestCases {

    @Test
    void one() {}
}
