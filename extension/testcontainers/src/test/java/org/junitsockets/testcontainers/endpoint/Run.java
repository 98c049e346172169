package org.junitsockets.testcontainers.endpoint;

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

    static Run concurrently(Class<?>... testCases) {
        return of(
                List.of(testCases),
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

    long succeeded() {
        return results.testEvents().succeeded().count();
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
