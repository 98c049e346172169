package org.junitsockets.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junitsockets.Location;
import org.junitsockets.testcontainers.session.Docker;

/** Test cases that say nothing of where their servers are. */
abstract class Anywhere {

    private final Location location;

    Anywhere(Location location) {
        this.location = location;
    }

    @BeforeAll
    static void anEngine() throws Exception {
        Docker.require();
    }

    private EngineExecutionResults run(Class<?>... testCases) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(Stream.of(testCases)
                        .map(DiscoverySelectors::selectClass)
                        .toArray(DiscoverySelector[]::new))
                .configurationParameters(Map.of(
                        "junitsockets.location", location.toString(),
                        "junitsockets.require", "container",
                        "junitsockets.deadline", "20s"))
                .execute();
    }

    private static void passes(EngineExecutionResults results, int tests) {
        assertThat(failures(results)).isEmpty();
        assertThat(results.testEvents().succeeded().count()).isEqualTo(tests);
        assertThat(results.allEvents().aborted().count()).isZero();
        assertThat(results.allEvents().skipped().count()).isZero();
    }

    private static List<Throwable> failures(EngineExecutionResults results) {
        return results.allEvents().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .map(result -> result.getThrowable().orElseThrow())
                .toList();
    }

    private String fails(Class<?> testCases) {
        List<Throwable> failures = failures(run(testCases));
        assertThat(failures).hasSize(1);
        return String.valueOf(failures.get(0).getMessage());
    }

    @Test
    void theJdksOwnTypes() {
        passes(run(AnywhereTestCases.RawTypes.class), 6);
    }

    @Test
    void scripts() {
        passes(run(AnywhereTestCases.Scripts.class), 7);
    }

    @Test
    void transports() {
        passes(run(AnywhereTestCases.Transports.class), 13);
    }

    @Test
    void handlersAndNestedClasses() {
        passes(run(AnywhereTestCases.Handlers.class), 5);
    }

    @Test
    void aServerOfTheClass() {
        passes(run(AnywhereTestCases.OfTheClass.class), 2);
    }

    @Test
    void reachedFromAContainer() {
        passes(run(AnywhereTestCases.Reached.class), 1);
    }

    @Test
    void whatReadmeShows() {
        passes(run(ReadmeTestCases.InAContainer.class, ReadmeTestCases.CalledBack.class), 2);
    }

    @Test
    void whatTheHandlerThrewFailsTheTest() {
        assertThat(fails(AnywhereTestCases.FailingHandler.class))
                .contains("@WithSocketServer(handler = AnywhereTestCases.Failing.class)")
                .contains("the handler failed on connection 1: expectLine(\"PING\"): something else came")
                .contains("but was: 4 bytes \"PONG\"");
    }

    @Test
    void whatTheScriptThrewFailsTheTest() {
        assertThat(fails(AnywhereTestCases.FailingScript.class)).contains("expectLine(\"PING\"): something else came");
    }

    @Test
    void whatWasNotFinishedFailsTheTest() {
        assertThat(fails(AnywhereTestCases.UnfinishedScript.class))
                .contains("was not reached: no connection came for it; 1 was made so far")
                .contains("ended by the client (FIN)");
    }

    @Test
    void whatThereIsNoWayForIsSkippedEvenWhereContainersAreRequired() {
        EngineExecutionResults results = run(AnywhereTestCases.OverUnix.class);
        assertThat(failures(results)).isEmpty();
        List<String> reasons = results.testEvents().aborted().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .map(result -> result.getThrowable().orElseThrow().getMessage())
                .toList();
        if (location == Location.IN_PROCESS) {
            assertThat(reasons).isEmpty();
        } else {
            assertThat(reasons)
                    .containsExactly("UNIX (AF_UNIX, SOCK_STREAM) in the location container: found no way there"
                            + " (expected: a transport with an IP address and a port, which goes over its network)");
        }
    }
}
