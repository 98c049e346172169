package org.junitsockets.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitsockets.harness.cases.ConfigurationTestCases;
import org.junitsockets.harness.cases.FailingTestCases;
import org.junitsockets.harness.cases.NoTestCases;
import org.junitsockets.harness.cases.OwnTransportsTestCases;
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
                        "transports=TCP, location=unset, seed=unset, deadline=unset, other=unset, require=unset",
                        "transports=TCP6, location=unset, seed=unset, deadline=unset, other=unset, require=unset");
    }

    /** What is tagged so chooses for itself; beside others, nested, or alone in its suite. */
    @Test
    void testsThatChooseRunOnceAfterTheOthers() {
        HarnessResult result = Harnesses.builder()
                .selectClass(OwnTransportsTestCases.class)
                .selectClass(OwnTransportsTestCases.Alone.class)
                .transports("TCP", "TCP6")
                .build()
                .run();

        assertThat(result.suites())
                .extracting(SuiteResult::name, SuiteResult::transport, SuiteResult::tests)
                .containsExactly(
                        tuple(OwnTransportsTestCases.class.getName(), "TCP", 1),
                        tuple(OwnTransportsTestCases.class.getName(), "TCP6", 1),
                        tuple(OwnTransportsTestCases.class.getName(), null, 3),
                        tuple(OwnTransportsTestCases.Alone.class.getName(), null, 1));
        assertThat(result.failures())
                .extracting(TestFailure::transport, failure -> failure.cause().getMessage())
                .containsExactlyInAnyOrder(
                        tuple("TCP", "other over TCP"),
                        tuple("TCP6", "other over TCP6"),
                        tuple(null, "template over nothing in particular"),
                        tuple(null, "template over nothing in particular"),
                        tuple(null, "nested over nothing in particular"),
                        tuple(null, "alone over nothing in particular"));
        assertThat(result.report())
                .contains(
                        "OwnTransportsTestCases        0/1/0  0/1/0  0/3/0\n",
                        "OwnTransportsTestCases$Alone      -      -  0/1/0\n");
    }

    @Test
    void withoutTransportsTheyRunAmongTheOthers() {
        assertThat(Harnesses.run(OwnTransportsTestCases.class).suites())
                .extracting(SuiteResult::transport, SuiteResult::tests)
                .containsExactly(tuple(null, 4));
    }

    @Test
    void tagsCountForThemToo() {
        HarnessResult result = Harnesses.builder()
                .selectClass(OwnTransportsTestCases.class)
                .transports("TCP")
                .excludeTag("each-transport")
                .build()
                .run();
        assertThat(result.suites()).extracting(SuiteResult::transport).containsExactly("TCP");
    }

    @Test
    void reportFilesAreKeptApart(@TempDir Path directory) {
        Harnesses.builder()
                .selectClass(OwnTransportsTestCases.class)
                .transports("TCP")
                .reportsDirectory(directory)
                .build()
                .run();
        assertThat(directory.resolve("TEST-junit-jupiter.xml")).content().contains("tests=\"1\"");
        assertThat(directory.resolve("own/TEST-junit-jupiter.xml")).content().contains("tests=\"3\"");
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
