package org.junitsockets.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** A run of test cases through the JUnit Platform, and what came of it, to be read as a sentence. */
final class Run {

    private final EngineExecutionResults results;

    private Run(EngineExecutionResults results) {
        this.results = results;
    }

    static Run of(Class<?>... testCases) {
        return of(List.of(testCases), Map.of());
    }

    /** With a deadline that is short, for cases in which it has to run out. */
    static Run inAHurry(Class<?> testCases) {
        return of(testCases, Map.of("junitsockets.deadline", "300ms"));
    }

    static Run concurrently(Class<?> testCases) {
        return of(
                testCases,
                Map.of(
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.default", "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "4"));
    }

    static Run of(Class<?> testCases, Map<String, String> parameters) {
        return of(List.of(testCases), parameters);
    }

    private static Run of(List<Class<?>> testCases, Map<String, String> parameters) {
        return new Run(EngineTestKit.engine("junit-jupiter")
                .selectors(
                        testCases.stream().map(DiscoverySelectors::selectClass).toArray(DiscoverySelector[]::new))
                .configurationParameters(new HashMap<>(parameters))
                .execute());
    }

    /** So many tests ran, and all of them passed, and so did their containers. */
    void passes(int tests) {
        assertThat(throwables().toList()).isEmpty();
        assertThat(results.testEvents().succeeded().count()).isEqualTo(tests);
        assertThat(results.allEvents().aborted().count()).isZero();
        assertThat(results.allEvents().skipped().count()).isZero();
    }

    /** One test or container failed, and this is what it said. */
    Throwable fails() {
        List<Throwable> failures = throwables().toList();
        assertThat(failures).as("failures").hasSize(1);
        return failures.get(0);
    }

    /** What the failures of tests and containers say, in the order in which they ended. */
    List<String> failures() {
        return throwables().map(Throwable::getMessage).toList();
    }

    /** The tests that failed, by method name. */
    List<String> failedTests() {
        return results.testEvents().failed().stream()
                .map(event -> event.getTestDescriptor().getDisplayName())
                .toList();
    }

    /** The tests that were started, by display name. */
    List<String> started() {
        return results.testEvents().started().stream()
                .map(event -> event.getTestDescriptor().getDisplayName())
                .toList();
    }

    /** The tests that were aborted, by display name. */
    List<String> abortedTests() {
        return results.testEvents().aborted().stream()
                .map(event -> event.getTestDescriptor().getDisplayName())
                .toList();
    }

    long containersFailed() {
        return results.containerEvents().failed().count();
    }

    long succeeded() {
        return results.testEvents().succeeded().count();
    }

    /** What was published as a report entry of ours. */
    List<String> reports() {
        return results.allEvents().reportingEntryPublished().stream()
                .map(event -> event.getRequiredPayload(ReportEntry.class).getKeyValuePairs())
                .flatMap(entries -> Stream.ofNullable(entries.get("junit-sockets")))
                .toList();
    }

    /** Why the tests and containers that were aborted say they were. */
    List<String> aborted() {
        return results.allEvents().aborted().stream().map(Run::message).toList();
    }

    Stream<Throwable> throwables() {
        return results.allEvents().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow());
    }

    /** The throwable as a build shows it. */
    static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static String message(Event event) {
        return String.valueOf(event.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow()
                .getMessage());
    }
}
