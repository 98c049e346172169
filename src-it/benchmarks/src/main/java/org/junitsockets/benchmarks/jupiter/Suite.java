package org.junitsockets.benchmarks.jupiter;

import java.util.Map;
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
    private final Map<String, String> parameters;
    private final Launcher launcher;

    Suite(String name, Class<?> testClass, boolean parallel) {
        this(name, testClass, Suites.TESTS, parallel, Map.of(), LauncherFactory.create());
    }

    private Suite(
            String name,
            Class<?> testClass,
            int tests,
            boolean parallel,
            Map<String, String> parameters,
            Launcher launcher) {
        this.name = name;
        this.testClass = testClass;
        this.tests = tests;
        this.parallel = parallel;
        this.parameters = parameters;
        this.launcher = launcher;
    }

    /** One after the other, with configuration parameters, by a launcher whose session may be open longer. */
    public static Suite of(
            String name, Class<?> testClass, int tests, Map<String, String> parameters, Launcher launcher) {
        return new Suite(name, testClass, tests, false, parameters, launcher);
    }

    /** One test that gets a pair. */
    public static Suite first() {
        return of("@WithSocketServer, pair", Suites.OnePair.class, 1, Map.of(), LauncherFactory.create());
    }

    /** The same by hand. */
    public static Suite firstByHand() {
        return of("ParameterResolver, pair", Suites.OnePairByHand.class, 1, Map.of(), LauncherFactory.create());
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
                .configurationParameters(parameters)
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
