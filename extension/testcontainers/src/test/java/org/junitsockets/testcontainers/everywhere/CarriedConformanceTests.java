package org.junitsockets.testcontainers.everywhere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junitsockets.conformance.TransportConformance;
import org.junitsockets.testcontainers.everywhere.CarriedConformanceTestCases.Tcp;
import org.junitsockets.testcontainers.everywhere.CarriedConformanceTestCases.Tcp6;
import org.junitsockets.testcontainers.everywhere.CarriedConformanceTestCases.Tls;
import org.junitsockets.testcontainers.everywhere.CarriedConformanceTestCases.Udp;
import org.junitsockets.testcontainers.everywhere.CarriedConformanceTestCases.Udp6;

/** What an agent carries passes each point that applies to it, as many as apply to the same transport here. */
class CarriedConformanceTests {

    private static final int TESTS = 38;

    static Stream<Arguments> carried() {
        return Stream.of(
                arguments(Tcp.class, 12),
                arguments(Tcp6.class, 11),
                arguments(Tls.class, 9),
                arguments(Udp.class, 18),
                arguments(Udp6.class, 17));
    }

    @ParameterizedTest
    @MethodSource("carried")
    void conforms(Class<? extends TransportConformance> type, int doNotApply) {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(DiscoverySelectors.selectClass(type))
                .execute();
        List<Throwable> failures = results.allEvents().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .map(result -> result.getThrowable().orElseThrow())
                .toList();
        assertThat(failures).isEmpty();
        assertThat(results.testEvents().aborted().count()).isEqualTo(doNotApply);
        assertThat(results.testEvents().succeeded().count()).isEqualTo(TESTS - doNotApply);
    }
}
