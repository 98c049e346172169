package org.junitsockets.harness;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * What a run came to. Immutable.
 *
 * <pre>{@code
 * HarnessResult result = Harness.builder().selectClass(EchoTests.class).build().run();
 * System.out.print(result.report());
 * System.exit(result.exitCode());
 * }</pre>
 *
 * @param suites one entry for each suite in each location on each transport, in the order of the run
 * @param failures everything that failed, in the order of locations, then of transports, then of time
 * @param notFound a sentence for each selection that holds no test; if there is any, nothing was run
 * @param time from the start of the run to its end
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record HarnessResult(
        List<SuiteResult> suites, List<TestFailure> failures, List<String> notFound, Duration time) {

    /**
     * Creates a result that keeps copies of the lists.
     *
     * @param suites one entry for each suite in each location on each transport
     * @param failures everything that failed
     * @param notFound a sentence for each selection that holds no test
     * @param time from the start of the run to its end
     */
    public HarnessResult {
        suites = List.copyOf(suites);
        failures = List.copyOf(failures);
        notFound = List.copyOf(notFound);
    }

    /**
     * Returns how many tests there are in all suites.
     *
     * @return the number of tests
     */
    public int tests() {
        return suites.stream().mapToInt(SuiteResult::tests).sum();
    }

    /**
     * Returns how many tests passed in all suites.
     *
     * @return the number of tests that passed
     */
    public int succeeded() {
        return suites.stream().mapToInt(SuiteResult::succeeded).sum();
    }

    /**
     * Returns how many tests failed in all suites.
     *
     * @return the number of tests that failed
     */
    public int failed() {
        return suites.stream().mapToInt(SuiteResult::failed).sum();
    }

    /**
     * Returns how many tests were skipped in all suites, for whatever reason.
     *
     * @return the number of tests that were disabled or aborted
     */
    public int skipped() {
        return suites.stream().mapToInt(SuiteResult::skipped).sum();
    }

    /**
     * Returns the tests that were skipped in all suites, by reason.
     *
     * @return one entry for each reason, in the order they first came up
     */
    public List<SkippedTests> skips() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (SuiteResult suite : suites) {
            suite.skips().forEach(skip -> counts.merge(skip.reason(), skip.count(), Integer::sum));
        }
        return SkipReasons.toList(counts);
    }

    /**
     * Returns what a process that was started for this run ends with.
     *
     * @return one of the constants of {@link ExitCode}
     */
    public int exitCode() {
        if (!failures.isEmpty() || failed() > 0) {
            return ExitCode.FAILURES;
        }
        return notFound.isEmpty() && tests() > 0 ? ExitCode.ALL_PASSED : ExitCode.NO_TEST_FOUND;
    }

    /**
     * Returns the result as a table with a row for each suite, followed by the matrix of suites,
     * transports and locations where there are several, the reasons of skipped tests and the failures.
     *
     * @return several lines, each ended by a line feed; ASCII but for names and messages
     */
    public String report() {
        return new Report(this, Report.Traces.FIRST_LINES).toString();
    }
}
