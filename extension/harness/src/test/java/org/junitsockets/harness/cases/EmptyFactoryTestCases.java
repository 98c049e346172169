package org.junitsockets.harness.cases;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

public class EmptyFactoryTestCases {

    @TestFactory
    Stream<DynamicTest> none() {
        return Stream.empty();
    }
}
