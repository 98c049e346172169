package org.junitsockets.harness.cases;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class FailingBeforeAllTestCases {

    @BeforeAll
    static void fails() {
        throw new IllegalStateException("no database");
    }

    @Test
    void one() {}

    @Test
    void two() {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void each(int number) {}
}
