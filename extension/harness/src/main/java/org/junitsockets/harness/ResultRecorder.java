package org.junitsockets.harness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Turns the events of one execution into results by suite. Thread-safe. */
final class ResultRecorder implements TestExecutionListener {

    private final Map<String, SuiteTally> tallies = new LinkedHashMap<>();
    private final List<TestFailure> failures = new ArrayList<>();
    private final Map<UniqueId, Long> starts = new HashMap<>();
    private final Set<UniqueId> reached = new HashSet<>();
    private final TestPlan plan;
    private final Variant variant;
    private final Ticker ticker;
    private final Consumer<SuiteResult> whenSuiteEnds;

    ResultRecorder(TestPlan plan, Variant variant, Ticker ticker, Consumer<SuiteResult> whenSuiteEnds) {
        this.plan = plan;
        this.variant = variant;
        this.ticker = ticker;
        this.whenSuiteEnds = whenSuiteEnds;
        // Now, so that the suites are in the order of the plan however they are run.
        plan.getRoots().forEach(root -> TestTree.leaves(plan, root).forEach(this::tally));
    }

    synchronized List<SuiteResult> suites() {
        return tallies.values().stream().map(SuiteTally::toResult).toList();
    }

    synchronized List<TestFailure> failures() {
        return List.copyOf(failures);
    }

    @Override
    public synchronized void executionStarted(TestIdentifier identifier) {
        reached.add(identifier.getUniqueIdObject());
        starts.put(identifier.getUniqueIdObject(), ticker.nanoTime());
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier identifier, String reason) {
        countWhatIsLeft(identifier, tally -> tally.skip(SkipReasons.orNone(reason)));
        endSuite(identifier);
    }

    @Override
    public synchronized void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        if (identifier.isTest()) {
            tally(identifier).count(result);
        } else if (result.getStatus() != Status.SUCCESSFUL) {
            countWhatIsLeft(identifier, tally -> tally.count(result));
        }
        if (result.getStatus() == Status.FAILED) {
            failures.add(failure(identifier, result));
        }
        endSuite(identifier);
    }

    /**
     * JUnit does not report the tests below a container that was skipped or that failed before they
     * ran: they share its fate. Without any, the container stands for itself.
     */
    private void countWhatIsLeft(TestIdentifier container, Consumer<SuiteTally> count) {
        List<TestIdentifier> left = TestTree.leaves(plan, container)
                .filter(leaf -> reached.add(leaf.getUniqueIdObject()))
                .toList();
        if (left.isEmpty()) {
            reached.add(container.getUniqueIdObject());
            count.accept(tally(container));
        }
        left.forEach(leaf -> count.accept(tally(leaf)));
    }

    private void endSuite(TestIdentifier identifier) {
        @Nullable SuiteTally tally = tallies.get(TestTree.suiteName(plan, identifier));
        if (tally == null || !TestTree.suite(plan, identifier).equals(identifier)) {
            return;
        }
        @Nullable Long start = starts.get(identifier.getUniqueIdObject());
        if (start != null) {
            tally.took(ticker.nanoTime() - start);
        }
        whenSuiteEnds.accept(tally.toResult());
    }

    private SuiteTally tally(TestIdentifier identifier) {
        return tallies.computeIfAbsent(TestTree.suiteName(plan, identifier), name -> new SuiteTally(name, variant));
    }

    private TestFailure failure(TestIdentifier identifier, TestExecutionResult result) {
        Throwable cause = result.getThrowable()
                .orElseGet(() -> new AssertionError("failed, and the test engine does not say why"));
        return new TestFailure(
                TestTree.suiteName(plan, identifier),
                TestTree.path(plan, identifier),
                variant.location(),
                variant.transport(),
                cause);
    }
}
