package org.junitsockets.harness;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.time.Duration;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What one suite came to in one location on one transport. A suite is a test class with all that is nested in it.
 *
 * <p>Where a class fails as a whole, by a {@code @BeforeAll} that throws for instance, the tests
 * that did not run because of it count as failed; if there are none left, as with {@code @AfterAll},
 * the class counts as one more failed test. Either way {@link HarnessResult#failures()} lists it
 * once.
 *
 * <pre>{@code
 * assertThat(result.suites()).allSatisfy(suite -> assertThat(suite.skipped()).isZero());
 * }</pre>
 *
 * @param name the name of the class
 * @param location where the peers ran, such as {@code container}, or {@code null} where none was asked for
 * @param transport the transport of that run, or {@code null} where none was asked for, or where the
 *     tests choose theirs themselves
 * @param succeeded how many tests passed
 * @param failed how many tests failed
 * @param skips the tests that were skipped, by reason
 * @param time from the start of the suite to its end
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record SuiteResult(
        String name,
        @Nullable String location,
        @Nullable String transport,
        int succeeded,
        int failed,
        List<SkippedTests> skips,
        Duration time) {

    /**
     * Creates a result that keeps a copy of the list.
     *
     * @param name the name of the class
     * @param location where the peers ran, or {@code null}
     * @param transport the transport of that run, or {@code null}
     * @param succeeded how many tests passed
     * @param failed how many tests failed
     * @param skips the tests that were skipped, by reason
     * @param time from the start of the suite to its end
     */
    public SuiteResult {
        skips = List.copyOf(skips);
    }

    /**
     * Returns how many tests there are: those that passed, failed or were skipped.
     *
     * @return the number of tests
     */
    public int tests() {
        return succeeded + failed + skipped();
    }

    /**
     * Returns how many tests were skipped, for whatever reason.
     *
     * @return the number of tests that were disabled or aborted
     */
    public int skipped() {
        return skips.stream().mapToInt(SkippedTests::count).sum();
    }
}
