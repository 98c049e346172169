package org.junitsockets.harness.cases;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class ParameterizedTestCases {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void isNotTwo(int number) {
        assertNotEquals(2, number);
    }
}
