package org.junitsockets.benchmarks.jupiter;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junitsockets.benchmarks.measure.Candidate;

/** A test class, run by JUnit in this JVM; one use is one of its tests. */
public final class Suite implements Candidate {

    private final String name;
    private final Class<?> testClass;
    private final int tests;
    private final boolean parallel;
    private final Launcher launcher = LauncherFactory.create();

    Suite(String name, Class<?> testClass, boolean parallel) {
        this(name, testClass, Suites.TESTS, parallel);
    }

    private Suite(String name, Class<?> testClass, int tests, boolean parallel) {
        this.name = name;
        this.testClass = testClass;
        this.tests = tests;
        this.parallel = parallel;
    }

    /** One test that gets a pair. */
    public static Suite first() {
        return new Suite("@WithSocketServer, pair", Suites.OnePair.class, 1, false);
    }

    /** The same by hand. */
    public static Suite firstByHand() {
        return new Suite("ParameterResolver, pair", Suites.OnePairByHand.class, 1, false);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int uses() {
        return tests;
    }

    @Override
    public void run() {
        Passed passed = new Passed();
        launcher.execute(request(), passed);
        passed.require(tests);
    }

    private LauncherDiscoveryRequest request() {
        String prefix = "junit.jupiter.execution.parallel.";
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(testClass))
                .configurationParameter(prefix + "enabled", String.valueOf(parallel))
                .configurationParameter(prefix + "mode.default", "concurrent")
                .configurationParameter(prefix + "config.executor-service", "fork_join_pool")
                .configurationParameter(prefix + "config.strategy", "fixed")
                .configurationParameter(prefix + "config.fixed.parallelism", "2")
                .build();
    }

    /** Tests that did not run would cost the least. */
    private static final class Passed implements TestExecutionListener {

        private int count;
        private Throwable failure;

        @Override
        public synchronized void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
            if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                failure = result.getThrowable().orElse(null);
            } else if (identifier.isTest()) {
                count++;
            }
        }

        synchronized void require(int tests) {
            if (count != tests) {
                throw new IllegalStateException(
                        "tests that passed: found " + count + " (expected: " + tests + ")", failure);
            }
        }
    }
}
