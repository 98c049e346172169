package org.junitsockets.harness.cases;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

public class DynamicTestCases {

    @TestFactory
    Stream<DynamicTest> two() {
        return Stream.of(dynamicTest("one", () -> {}), dynamicTest("two", () -> {}));
    }

    @TestFactory
    Stream<DynamicTest> none() {
        return Stream.empty();
    }

    @AfterAll
    static void fails() {
        throw new IllegalStateException("a thread is left");
    }
}
