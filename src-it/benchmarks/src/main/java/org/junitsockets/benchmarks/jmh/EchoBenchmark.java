package org.junitsockets.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.junitsockets.benchmarks.echo.LibraryEcho;
import org.junitsockets.benchmarks.echo.MockWebServerGet;
import org.junitsockets.benchmarks.echo.PooledEcho;
import org.junitsockets.benchmarks.echo.SelectorEcho;
import org.junitsockets.benchmarks.echo.ThreadEcho;
import org.junitsockets.benchmarks.echo.WireMockGet;
import org.junitsockets.benchmarks.measure.Candidate;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The same echoes and GETs, in absolute figures. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EchoBenchmark {

    /** The candidates. */
    public enum Kind {
        POOLED,
        SELECTOR,
        THREAD,
        LIBRARY,
        MOCK_WEB_SERVER,
        WIREMOCK
    }

    @Param
    Kind kind;

    private Candidate candidate;

    @Setup
    public void choose() {
        candidate = switch (kind) {
            case POOLED -> new PooledEcho();
            case SELECTOR -> new SelectorEcho();
            case THREAD -> new ThreadEcho();
            case LIBRARY -> new LibraryEcho();
            case MOCK_WEB_SERVER -> new MockWebServerGet();
            case WIREMOCK -> new WireMockGet();
        };
    }

    @Benchmark
    public void echo() throws Exception {
        candidate.run();
    }
}
