package org.junitsockets.benchmarks;

import java.time.Duration;
import java.util.List;
import org.junitsockets.benchmarks.echo.EchoPart;
import org.junitsockets.benchmarks.first.FirstUsePart;
import org.junitsockets.benchmarks.jmh.JmhPart;
import org.junitsockets.benchmarks.jupiter.JupiterPart;
import org.junitsockets.benchmarks.many.ManyPart;
import org.junitsockets.benchmarks.measure.Effort;
import org.junitsockets.benchmarks.measure.Table;
import org.junitsockets.benchmarks.pair.PairPart;
import org.junitsockets.benchmarks.recording.RecordingPart;
import org.junitsockets.benchmarks.remote.RemotePart;
import org.junitsockets.benchmarks.row.RowPart;
import org.junitsockets.benchmarks.socket.TimeWait;

/** Runs the parts, one after the other, and prints what they find. A target that is missed is no failure. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        try {
            run(Options.parse(args));
            System.exit(0); // whatever WireMock has left running
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void run(Options options) throws Exception {
        List<Part> parts = parts(options.brief());
        List<String> names = parts.stream().map(Part::name).toList();
        if (!names.containsAll(options.only())) {
            throw new IllegalArgumentException(
                    "--only: found " + options.only() + " (expected: some of " + names + ")");
        }
        System.out.println(Machine.describe());
        Table table = new Table(System.out);
        table.head();
        for (Part part : parts) {
            if (options.wants(part)) {
                if (!options.brief()) {
                    TimeWait.awaitNone(table::note);
                }
                part.run(table);
            }
        }
        table.summary();
    }

    private static List<Part> parts(boolean brief) {
        Effort effort = brief
                ? new Effort(Duration.ofMillis(300), 25, Duration.ofMillis(2))
                : new Effort(Duration.ofSeconds(5), 1_000, Duration.ofMillis(2));
        Effort suites = brief
                ? new Effort(Duration.ofMillis(1), 2, Duration.ofMillis(1))
                : new Effort(Duration.ofSeconds(5), 25, Duration.ofMillis(200));
        Effort containers = new Effort(Duration.ofMillis(1), brief ? 2 : 11, Duration.ofMillis(1));
        return List.of(
                new PairPart(effort),
                new EchoPart(effort),
                new RecordingPart(effort),
                new JupiterPart(suites),
                new FirstUsePart(brief ? 1 : 15),
                new RowPart(brief ? 2_000 : 100_000, !brief),
                new ManyPart(brief ? 100 : 2_000, brief ? 500 : 10_000),
                new RemotePart(suites, containers),
                new JmhPart(brief));
    }
}
