package org.junitsockets.harness;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * How many tests were skipped for one reason: they were disabled, or gave up on an assumption.
 *
 * <pre>{@code
 * result.skips().forEach(skip -> log(skip.count() + " x " + skip.reason()));
 * }</pre>
 *
 * @param reason why, in the words of the test or of its annotation
 * @param count how many tests, at least 1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record SkippedTests(String reason, int count) {}
