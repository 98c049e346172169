package org.junitsockets.benchmarks.jmh;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.junitsockets.benchmarks.Part;
import org.junitsockets.benchmarks.measure.Table;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The absolute figures, each in JVMs of its own: not for ratios, since those differ from fork to fork. */
public final class JmhPart implements Part {

    private final boolean brief;

    public JmhPart(boolean brief) {
        this.brief = brief;
    }

    @Override
    public String name() {
        return "jmh";
    }

    @Override
    public void run(Table table) throws Exception {
        for (Class<?> benchmark : List.of(PairBenchmark.class, EchoBenchmark.class)) {
            Collection<RunResult> results = run(benchmark);
            if (brief) {
                table.note("JMH: " + benchmark.getSimpleName() + " works; too short for figures");
            } else {
                results.forEach(result -> table.note(figure(result)));
            }
        }
    }

    private static String figure(RunResult run) {
        Result<?> result = run.getPrimaryResult();
        return String.format(
                Locale.ROOT,
                "JMH: %-4s  %-16s %10.1f +- %.1f %s",
                result.getLabel(),
                run.getParams().getParam("kind"),
                result.getScore(),
                result.getScoreError(),
                result.getScoreUnit());
    }

    private Collection<RunResult> run(Class<?> benchmark) throws Exception {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(benchmark.getName())
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        if (Runtime.version().feature() >= 24) {
            options.jvmArgsAppend("--sun-misc-unsafe-memory-access=allow"); // JMH does, and is warned else
        }
        if (brief) {
            options.param("kind", "LIBRARY").forks(1).warmupIterations(0);
            options.measurementIterations(1).measurementTime(TimeValue.milliseconds(1));
        } else {
            options.forks(2).warmupIterations(3).warmupTime(TimeValue.seconds(2));
            options.measurementIterations(5).measurementTime(TimeValue.seconds(1));
        }
        return new Runner(options.build()).run();
    }
}
