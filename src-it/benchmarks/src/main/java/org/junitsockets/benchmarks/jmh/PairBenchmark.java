package org.junitsockets.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.junitsockets.benchmarks.measure.Candidate;
import org.junitsockets.benchmarks.pair.LibraryPair;
import org.junitsockets.benchmarks.pair.LibraryServer;
import org.junitsockets.benchmarks.pair.PlainPair;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The same pairs, in absolute figures. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PairBenchmark {

    /** The candidates. */
    public enum Kind {
        BY_HAND,
        LIBRARY,
        LIBRARY_PAIR
    }

    @Param
    Kind kind;

    private Candidate candidate;

    @Setup
    public void choose() {
        candidate = switch (kind) {
            case BY_HAND -> new PlainPair();
            case LIBRARY -> new LibraryServer();
            case LIBRARY_PAIR -> new LibraryPair();
        };
    }

    @Benchmark
    public void pair() throws Exception {
        candidate.run();
    }
}
