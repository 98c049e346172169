package org.junitsockets.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitsockets.harness.cases.AbortingBeforeAllTestCases;
import org.junitsockets.harness.cases.BlankReasonTestCases;
import org.junitsockets.harness.cases.ConfigurationTestCases;
import org.junitsockets.harness.cases.DisabledTestCases;
import org.junitsockets.harness.cases.DynamicTestCases;
import org.junitsockets.harness.cases.EmptyFactoryTestCases;
import org.junitsockets.harness.cases.FailingAfterAllTestCases;
import org.junitsockets.harness.cases.FailingBeforeAllTestCases;
import org.junitsockets.harness.cases.FailingTestCases;
import org.junitsockets.harness.cases.NestedTestCases;
import org.junitsockets.harness.cases.ParameterizedTestCases;
import org.junitsockets.harness.cases.PassingTestCases;
import org.junitsockets.harness.cases.SkippedTestCases;

class HarnessTests {

    @Test
    void passingTests() {
        HarnessResult result = Harnesses.run(PassingTestCases.class);

        assertThat(result.exitCode()).isEqualTo(ExitCode.ALL_PASSED).isZero();
        assertThat(result.suites()).singleElement().satisfies(suite -> {
            assertThat(suite.name()).isEqualTo(PassingTestCases.class.getName());
            assertThat(suite.location()).isNull();
            assertThat(suite.transport()).isNull();
            assertCounts(suite, 2, 2, 0, 0);
        });
        assertThat(result.failures()).isEmpty();
        assertThat(result.notFound()).isEmpty();
    }

    @Test
    void failingTest() {
        HarnessResult result = Harnesses.run(FailingTestCases.class);

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILURES).isEqualTo(1);
        assertCounts(result.suites().get(0), 2, 1, 1, 0);
        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.suite()).isEqualTo(FailingTestCases.class.getName());
            assertThat(failure.path()).isEqualTo("FailingTestCases > fails()");
            assertThat(failure.location()).isNull();
            assertThat(failure.transport()).isNull();
            assertThat(failure.cause()).isInstanceOf(AssertionError.class).hasMessage("expected: PONG\n but was: PANG");
        });
    }

    @Test
    void totalsOfSeveralSuites() {
        HarnessResult result = Harnesses.run(FailingTestCases.class, SkippedTestCases.class, PassingTestCases.class);

        assertThat(result.suites())
                .extracting(SuiteResult::name)
                .containsExactly(
                        FailingTestCases.class.getName(),
                        SkippedTestCases.class.getName(),
                        PassingTestCases.class.getName());
        assertThat(result.tests()).isEqualTo(8);
        assertThat(result.succeeded()).isEqualTo(4);
        assertThat(result.failed()).isEqualTo(1);
        assertThat(result.skipped()).isEqualTo(3);
    }

    @Test
    void beforeAllThatThrowsFailsEveryTestAndIsListedOnce() {
        HarnessResult result = Harnesses.run(FailingBeforeAllTestCases.class);

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILURES);
        assertCounts(result.suites().get(0), 3, 0, 3, 0);
        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.path()).isEqualTo("FailingBeforeAllTestCases");
            assertThat(failure.cause()).hasMessage("no database");
        });
    }

    @Test
    void afterAllThatThrowsCountsAsOneMoreFailedTest() {
        HarnessResult result = Harnesses.run(FailingAfterAllTestCases.class);

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILURES);
        assertCounts(result.suites().get(0), 5, 2, 1, 2);
        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.path()).isEqualTo("FailingAfterAllTestCases");
            assertThat(failure.cause()).hasMessage("a thread is left");
        });
    }

    @Test
    void beforeAllThatAbortsSkipsEveryTest() {
        HarnessResult result = Harnesses.run(AbortingBeforeAllTestCases.class);

        assertThat(result.exitCode()).isEqualTo(ExitCode.ALL_PASSED);
        assertCounts(result.suites().get(0), 2, 0, 0, 2);
        assertThat(result.skips()).containsExactly(new SkippedTests("no container runtime", 2));
    }

    @Test
    void disabledAndAbortedTestsAreSkippedWithTheirReasons() {
        HarnessResult result = Harnesses.run(SkippedTestCases.class);

        assertThat(result.exitCode()).isEqualTo(ExitCode.ALL_PASSED);
        assertCounts(result.suites().get(0), 4, 1, 0, 3);
        assertThat(result.suites().get(0).skips())
                .containsExactlyInAnyOrder(
                        new SkippedTests("no IPv6 here", 2),
                        new SkippedTests("Assumption failed: the kernel is too old", 1));
    }

    @Test
    void reasonsThatSayNothing() {
        HarnessResult result = Harnesses.run(BlankReasonTestCases.class);

        assertThat(result.skips())
                .containsExactlyInAnyOrder(
                        new SkippedTests(
                                "void " + BlankReasonTestCases.class.getName() + ".disabled() is @Disabled", 1),
                        new SkippedTests("no reason given", 1),
                        new SkippedTests("org.opentest4j.TestAbortedException", 1));
    }

    @Test
    void disabledClassSkipsEveryTestItWouldHaveRun() {
        HarnessResult result = Harnesses.run(DisabledTestCases.class);

        assertThat(result.exitCode()).isEqualTo(ExitCode.ALL_PASSED);
        assertCounts(result.suites().get(0), 3, 0, 0, 3);
        assertThat(result.suites().get(0).time()).isEqualTo(Duration.ZERO);
        assertThat(result.skips()).containsExactly(new SkippedTests("not on this system", 3));
    }

    @Test
    void skipsOfTheSameReasonAreAddedUpOverSuites() {
        HarnessResult result = Harnesses.run(DisabledTestCases.class, SkippedTestCases.class);
        HarnessResult twice = new HarnessResult(
                List.of(result.suites().get(0), result.suites().get(0)),
                result.failures(),
                result.notFound(),
                result.time());

        assertThat(twice.skips()).containsExactly(new SkippedTests("not on this system", 6));
    }

    @Test
    void nestedClassesCountInTheirOutermostClass() {
        HarnessResult result = Harnesses.run(NestedTestCases.class);

        assertThat(result.suites()).singleElement().satisfies(suite -> {
            assertThat(suite.name()).isEqualTo(NestedTestCases.class.getName());
            assertCounts(suite, 3, 2, 1, 0);
        });
        assertThat(result.failures())
                .extracting(TestFailure::suite, TestFailure::path)
                .containsExactly(tuple(
                        NestedTestCases.class.getName(), "NestedTestCases > WhenConnected > AndReset > innermost()"));
    }

    @Test
    void everyInvocationOfAParameterizedTestCounts() {
        HarnessResult result = Harnesses.run(ParameterizedTestCases.class);

        assertCounts(result.suites().get(0), 3, 2, 1, 0);
        assertThat(result.failures())
                .singleElement()
                .satisfies(failure ->
                        assertThat(failure.path()).startsWith("ParameterizedTestCases > isNotTwo(int) > [2]"));
    }

    @Test
    void dynamicTestsCountAndAFactoryWithoutAnyDoesNot() {
        HarnessResult result = Harnesses.run(DynamicTestCases.class);

        // The third one is @AfterAll, which must not take the empty factory for a test it kept from running.
        assertCounts(result.suites().get(0), 3, 2, 1, 0);
    }

    @Test
    void runThatTurnsOutToHaveNoTests() {
        HarnessResult result = Harnesses.run(EmptyFactoryTestCases.class);

        assertThat(result.tests()).isZero();
        assertThat(result.exitCode()).isEqualTo(ExitCode.NO_TEST_FOUND);
    }

    @Test
    void configurationParametersReachTheTests() {
        HarnessResult result = Harnesses.builder()
                .selectClass(ConfigurationTestCases.class)
                .locations("in-process")
                .seed(-42)
                .deadline("1500ms")
                .configurationParameter("junitsockets.other", "any")
                .build()
                .run();

        assertThat(result.failures())
                .singleElement()
                .satisfies(
                        failure -> assertThat(failure.cause())
                                .hasMessage(
                                        "transports=unset, location=in-process, seed=-42, deadline=1500ms, other=any, require=unset"));
    }

    @Test
    void testsInParallel() {
        HarnessResult result = Harness.builder()
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .selectClass(SkippedTestCases.class)
                .selectClass(FailingTestCases.class)
                .selectClass(ParameterizedTestCases.class)
                .selectClass(NestedTestCases.class)
                .build()
                .run();

        assertThat(result.tests()).isEqualTo(12);
        assertThat(result.failed()).isEqualTo(3);
        assertThat(result.suites())
                .extracting(SuiteResult::name)
                .containsExactly(
                        SkippedTestCases.class.getName(),
                        FailingTestCases.class.getName(),
                        ParameterizedTestCases.class.getName(),
                        NestedTestCases.class.getName());
    }

    @Test
    void canBeRunAgain() {
        Harness harness =
                Harnesses.builder().selectClass(FailingTestCases.class).build();
        HarnessResult first = harness.run();
        HarnessResult second = harness.run();

        assertThat(first.tests()).isEqualTo(2);
        assertThat(second.tests()).isEqualTo(2);
        assertThat(second.failures()).hasSize(1);
    }

    private static void assertCounts(SuiteResult suite, int tests, int succeeded, int failed, int skipped) {
        assertThat(suite.tests()).as("tests").isEqualTo(tests);
        assertThat(suite.succeeded()).as("succeeded").isEqualTo(succeeded);
        assertThat(suite.failed()).as("failed").isEqualTo(failed);
        assertThat(suite.skipped()).as("skipped").isEqualTo(skipped);
    }
}
