package org.junitsockets.harness;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Says what runs, when nothing else has been said for a while. Thread-safe. */
final class Heartbeat implements TestExecutionListener {

    /** How often to look; a silence is noticed this much too late at most. */
    static final Duration PERIOD = Duration.ofSeconds(1);

    static final Duration SILENCE = Duration.ofSeconds(10);

    private static final int NAMED = 3;

    private final Map<UniqueId, Running> running = new LinkedHashMap<>();
    private final TestPlan plan;
    private final ProgressWriter progress;
    private final Ticker ticker;

    Heartbeat(TestPlan plan, ProgressWriter progress, Ticker ticker) {
        this.plan = plan;
        this.progress = progress;
        this.ticker = ticker;
    }

    @Override
    public synchronized void executionStarted(TestIdentifier identifier) {
        running.put(
                identifier.getUniqueIdObject(),
                new Running(TestTree.path(plan, identifier), identifier.getParentIdObject(), ticker.nanoTime()));
    }

    @Override
    public synchronized void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        running.remove(identifier.getUniqueIdObject());
    }

    synchronized void beat() {
        if (running.isEmpty() || progress.silence().compareTo(SILENCE) < 0) {
            return;
        }
        List<Running> innermost = innermost();
        String named = innermost.stream().limit(NAMED).map(this::describe).collect(Collectors.joining("; "));
        int more = innermost.size() - NAMED;
        progress.println("still running: " + named + (more > 0 ? "; and " + more + " more" : ""));
    }

    /** A class runs as long as its tests do, and says less. */
    private List<Running> innermost() {
        Collection<Running> all = running.values();
        Set<UniqueId> parents =
                all.stream().map(Running::parent).flatMap(Optional::stream).collect(Collectors.toSet());
        return running.entrySet().stream()
                .filter(entry -> !parents.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private String describe(Running one) {
        return one.path + " for " + Durations.format(Duration.ofNanos(ticker.nanoTime() - one.start));
    }

    private record Running(String path, Optional<UniqueId> parent, long start) {}
}
