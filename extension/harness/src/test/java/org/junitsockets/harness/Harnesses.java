package org.junitsockets.harness;

import java.util.Arrays;

/** Harnesses for tests: one test after the other, so that what is printed has one order. */
final class Harnesses {

    private Harnesses() {}

    static HarnessBuilder builder() {
        return sequential(Harness.builder());
    }

    static HarnessBuilder builder(Ticker ticker) {
        return sequential(new HarnessBuilder(ticker));
    }

    static HarnessResult run(Class<?>... suites) {
        HarnessBuilder builder = builder();
        Arrays.asList(suites).forEach(builder::selectClass);
        return builder.build().run();
    }

    private static HarnessBuilder sequential(HarnessBuilder builder) {
        return builder.configurationParameter("junit.jupiter.execution.parallel.enabled", "false");
    }
}
