package org.junitsockets.harness;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;

/** The counts of one suite while it runs. Not thread-safe. */
final class SuiteTally {

    private final String name;
    private final Variant variant;
    private final Map<String, Integer> skips = new LinkedHashMap<>();
    private int succeeded;
    private int failed;
    private Duration time = Duration.ZERO;

    SuiteTally(String name, Variant variant) {
        this.name = name;
        this.variant = variant;
    }

    void count(TestExecutionResult result) {
        switch (result.getStatus()) {
            case SUCCESSFUL -> succeeded++;
            case FAILED -> failed++;
            case ABORTED -> skip(SkipReasons.aborted(result));
        }
    }

    void skip(String reason) {
        skips.merge(reason, 1, Integer::sum);
    }

    void took(long nanos) {
        time = time.plusNanos(nanos);
    }

    SuiteResult toResult() {
        return new SuiteResult(
                name, variant.location(), variant.transport(), succeeded, failed, SkipReasons.toList(skips), time);
    }
}
