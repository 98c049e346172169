package org.junitsockets.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;

class PairsTests {
    @ParameterizedTest
    @ValueSource(classes = {TlsSocketTestCases.class})
    void x(Class<? extends SocketConformance> type) {
        long t = System.nanoTime();
        Run run = Run.of(type);
        StringBuilder b = new StringBuilder(type.getSimpleName() + " " + (System.nanoTime() - t) / 1_000_000 + " ms\n");
        run.messages(TestExecutionResult.Status.ABORTED)
                .forEach((k, v) -> b.append("   ABORTED " + k + ": " + v + "\n"));
        run.messages(TestExecutionResult.Status.FAILED).forEach((k, v) -> b.append("   FAILED " + k + ": " + v + "\n"));
        run.messages(TestExecutionResult.Status.FAILED)
                .forEach((k, v) -> run.results().get(k).getThrowable().get().printStackTrace());
        System.out.println(b);
        assertThat(run.messages(TestExecutionResult.Status.FAILED)).isEmpty();
    }
}
