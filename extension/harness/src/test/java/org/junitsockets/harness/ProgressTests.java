package org.junitsockets.harness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junitsockets.harness.cases.FailingTestCases;
import org.junitsockets.harness.cases.LongTestCases;
import org.junitsockets.harness.cases.PassingTestCases;
import org.junitsockets.harness.cases.SkippedTestCases;

class ProgressTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTicker ticker = new ManualTicker();
    private final StringBuilder out = new StringBuilder();

    @Test
    void oneLineForEachSuiteThatEnds() {
        Harnesses.builder(ticker)
                .selectClass(PassingTestCases.class)
                .selectClass(FailingTestCases.class)
                .selectClass(SkippedTestCases.class)
                .transports("TCP")
                .progress(out)
                .build()
                .run();

        assertThat(out.toString().lines())
                .containsExactly(
                        "org.junitsockets.harness.cases.PassingTestCases [TCP]: 2 tests, 0 ms",
                        "org.junitsockets.harness.cases.FailingTestCases [TCP]: 2 tests, 1 failed, 0 ms",
                        "org.junitsockets.harness.cases.SkippedTestCases [TCP]: 4 tests, 3 skipped, 0 ms");
    }

    @Test
    @ResourceLock("LongTestCases")
    void silenceIsBrokenAfterTenSeconds() {
        runLongTest(() -> {
            ticker.advance(SECOND.multipliedBy(9));
            assertThat(out).isEmpty();
            ticker.advance(SECOND);
            assertThat(out.toString()).isEqualTo("still running: LongTestCases > lasts() for 10.0 s\n");
            ticker.advance(SECOND.multipliedBy(9));
            assertThat(out.toString().lines()).hasSize(1);
            ticker.advance(SECOND.multipliedBy(2));
        });

        assertThat(out.toString().lines())
                .containsExactly(
                        "still running: LongTestCases > lasts() for 10.0 s",
                        "still running: LongTestCases > lasts() for 21.0 s",
                        "org.junitsockets.harness.cases.LongTestCases: 1 test, 21.0 s");
    }

    @Test
    @ResourceLock("LongTestCases")
    void timeOfASuiteAndOfTheRun() {
        HarnessResult result = runLongTest(() -> ticker.advance(SECOND.multipliedBy(3)));

        assertThat(result.suites()).extracting(SuiteResult::time).containsExactly(SECOND.multipliedBy(3));
        assertThat(result.time()).isEqualTo(SECOND.multipliedBy(3));
    }

    @Test
    @ResourceLock("LongTestCases")
    void heartbeatEndsWithTheRun() {
        AtomicInteger during = new AtomicInteger();
        runLongTest(() -> during.set(ticker.pulses()));

        assertThat(during).hasValue(1);
        assertThat(ticker.pulses()).isZero();
    }

    @Test
    void severalAtOnceAreNamedFromTheOldest() {
        TestPlan plan = LauncherFactory.create()
                .discover(LauncherDiscoveryRequestBuilder.request()
                        .selectors(DiscoverySelectors.selectClass(SkippedTestCases.class))
                        .build());
        TestIdentifier engine = plan.getRoots().iterator().next();
        TestIdentifier suite = plan.getChildren(engine).iterator().next();
        List<TestIdentifier> tests = plan.getChildren(suite).stream()
                .sorted((a, b) -> a.getDisplayName().compareTo(b.getDisplayName()))
                .toList();
        Heartbeat heartbeat = new Heartbeat(plan, new ProgressWriter(out, ticker), ticker);

        Stream.concat(Stream.of(engine, suite), tests.stream()).forEach(identifier -> {
            heartbeat.executionStarted(identifier);
            ticker.advance(SECOND);
        });
        ticker.advance(SECOND.multipliedBy(10));
        heartbeat.beat();
        tests.forEach(test -> heartbeat.executionFinished(test, TestExecutionResult.successful()));
        ticker.advance(SECOND.multipliedBy(60));
        heartbeat.beat();

        assertThat(out.toString().lines())
                .containsExactly(
                        "still running: SkippedTestCases > aborted() for 14.0 s;"
                                + " SkippedTestCases > disabled() for 13.0 s;"
                                + " SkippedTestCases > disabledToo() for 12.0 s; and 1 more",
                        "still running: SkippedTestCases for 1 min 15 s");
    }

    @Test
    void linesAreFlushed() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(bytes, UTF_8))) {
            new ProgressWriter(writer, ticker).println("a line");

            assertThat(bytes.toString(UTF_8)).isEqualTo("a line\n");
        }
    }

    @Test
    void closedPipeCostsNoResults() {
        AtomicInteger calls = new AtomicInteger();
        HarnessResult result = Harnesses.builder()
                .selectClass(PassingTestCases.class)
                .selectClass(SkippedTestCases.class)
                .progress(new ClosedPipe(calls))
                .build()
                .run();

        assertThat(result.tests()).isEqualTo(6);
        assertThat(calls).hasValue(1);
    }

    private HarnessResult runLongTest(Runnable meanwhile) {
        LongTestCases.MEANWHILE.set(meanwhile);
        HarnessResult result = Harnesses.builder(ticker)
                .selectClass(LongTestCases.class)
                .progress(out)
                .build()
                .run();

        assertThat(result.failures()).isEmpty();
        return result;
    }

    private record ClosedPipe(AtomicInteger calls) implements Appendable {

        @Override
        public Appendable append(CharSequence text) throws IOException {
            calls.incrementAndGet();
            throw new IOException("broken pipe");
        }

        @Override
        public Appendable append(CharSequence text, int start, int end) throws IOException {
            return append(text);
        }

        @Override
        public Appendable append(char character) throws IOException {
            return append(String.valueOf(character));
        }
    }
}
