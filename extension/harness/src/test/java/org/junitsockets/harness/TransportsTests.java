package org.junitsockets.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;
import org.junitsockets.harness.cases.ConfigurationTestCases;
import org.junitsockets.harness.cases.FailingTestCases;
import org.junitsockets.harness.cases.NoTestCases;
import org.junitsockets.harness.cases.PassingTestCases;

class TransportsTests {

    @Test
    void allSuitesRunOnEachTransport() {
        HarnessResult result = Harnesses.builder()
                .selectClass(PassingTestCases.class)
                .selectClass(FailingTestCases.class)
                .transports("TCP", "TCP6")
                .build()
                .run();

        assertThat(result.suites())
                .extracting(SuiteResult::name, SuiteResult::transport, SuiteResult::tests, SuiteResult::failed)
                .containsExactly(
                        tuple(PassingTestCases.class.getName(), "TCP", 2, 0),
                        tuple(FailingTestCases.class.getName(), "TCP", 2, 1),
                        tuple(PassingTestCases.class.getName(), "TCP6", 2, 0),
                        tuple(FailingTestCases.class.getName(), "TCP6", 2, 1));
        assertThat(result.failures()).extracting(TestFailure::transport).containsExactly("TCP", "TCP6");
        assertThat(result.tests()).isEqualTo(8);
    }

    @Test
    void eachRunIsToldItsTransport() {
        HarnessResult result = Harnesses.builder()
                .selectClass(ConfigurationTestCases.class)
                .configurationParameter("junitsockets.transports", "UDP")
                .transports("TCP")
                .transports("TCP6", "TCP")
                .build()
                .run();

        assertThat(result.failures())
                .extracting(failure -> failure.cause().getMessage())
                .containsExactly(
                        "transports=TCP, location=unset, seed=unset, deadline=unset, other=unset",
                        "transports=TCP6, location=unset, seed=unset, deadline=unset, other=unset");
    }

    @Test
    void whatIsNotFoundIsSaidOnce() {
        HarnessResult result = Harnesses.builder()
                .selectClass(NoTestCases.class)
                .transports("TCP", "TCP6")
                .build()
                .run();

        assertThat(result.notFound()).hasSize(1);
    }
}
