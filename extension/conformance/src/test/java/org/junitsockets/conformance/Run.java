package org.junitsockets.conformance;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What became of each test of the kit, by display name. */
record Run(Map<String, TestExecutionResult> results) {

    static Run of(Class<? extends SocketConformance> type) {
        return of(List.of(selectClass(type)));
    }

    /** All but the one of point 11 that opens 4,096 listeners. */
    static Run withoutPorts(Class<? extends SocketConformance> type) {
        return of(Arrays.stream(SocketConformance.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .filter(method -> !method.getName().equals("point11NoPortAgain"))
                .map(method -> selectMethod(type, method))
                .toList());
    }

    private static Run of(List<? extends DiscoverySelector> tests) {
        Map<String, TestExecutionResult> results = new TreeMap<>();
        EngineExecutionResults events = EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .selectors(tests.toArray(DiscoverySelector[]::new))
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
