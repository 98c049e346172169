package org.junitsockets.harness;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;

/** Why tests were skipped, as a reader is told. */
final class SkipReasons {

    private static final String NONE = "no reason given";

    private SkipReasons() {}

    static String orNone(String reason) {
        return reason.isBlank() ? NONE : reason;
    }

    static String aborted(TestExecutionResult result) {
        return result.getThrowable()
                .map(cause -> Optional.ofNullable(cause.getMessage()).orElseGet(cause::toString))
                .map(SkipReasons::orNone)
                .orElse(NONE);
    }

    static List<SkippedTests> toList(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> new SkippedTests(entry.getKey(), entry.getValue()))
                .toList();
    }
}
