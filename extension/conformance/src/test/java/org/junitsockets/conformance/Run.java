package org.junitsockets.conformance;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What became of each test of the kit, by display name. */
record Run(Map<String, TestExecutionResult> results) {

    static Run of(Class<? extends SocketConformance> type) {
        Map<String, TestExecutionResult> results = new TreeMap<>();
        EngineExecutionResults events = EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .selectors(selectClass(type))
                .execute();
        events.containerEvents().failed().assertStatistics(statistics -> statistics.failed(0));
        events.testEvents().finished().stream()
                .forEach(event -> results.put(
                        event.getTestDescriptor().getDisplayName(),
                        event.getRequiredPayload(TestExecutionResult.class)));
        return new Run(results);
    }

    /** What was thrown, by display name, for those that ended so. */
    Map<String, String> messages(TestExecutionResult.Status status) {
        Map<String, String> messages = new TreeMap<>();
        results.forEach((name, result) -> {
            if (result.getStatus() == status) {
                messages.put(
                        name, result.getThrowable().map(Throwable::getMessage).orElse(""));
            }
        });
        return messages;
    }

    /** Why some were skipped, each after the number of its point. */
    List<String> skipped() {
        return messages(TestExecutionResult.Status.ABORTED).entrySet().stream()
                .map(entry -> entry.getKey().replaceFirst(" .*", "") + ": "
                        + entry.getValue().replaceFirst("listens on [^ ]*/.*", "listens on ADDRESS"))
                .toList();
    }
}
