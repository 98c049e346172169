package org.junitsockets.harness;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * One test, class or report that failed.
 *
 * <pre>{@code
 * for (TestFailure failure : result.failures()) {
 *     log(failure.path() + ": " + failure.cause());
 * }
 * }</pre>
 *
 * @param suite the name of the suite it belongs to, as in {@link SuiteResult#name()}
 * @param path the display names from the suite to what failed, such as {@code EchoTests > answers()}
 * @param location where the peers ran, or {@code null} as in {@link SuiteResult#location()}
 * @param transport the transport of that run, or {@code null} as in {@link SuiteResult#transport()}
 * @param cause what was thrown
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record TestFailure(
        String suite,
        String path,
        @Nullable String location,
        @Nullable String transport,
        Throwable cause) {}
