package org.junitsockets.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Classes that are run once for each argument; JUnit has them from 5.13 on. */
class ParameterizedClassTests {

    @Test
    void constructorGetsItsOwnForEachTest() {
        Run.of(ParameterizedClassTestCases.ByConstructor.class).passes(4);
        assertThat(ParameterizedClassTestCases.CONSTRUCTED).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void staticFieldIsTheSameForAllInvocationsOfTheClass() {
        Run.of(ParameterizedClassTestCases.ByField.class).passes(2);
        assertThat(ParameterizedClassTestCases.STATIC).hasSize(2);
        assertThat(Set.copyOf(ParameterizedClassTestCases.STATIC)).hasSize(1);
    }
}
