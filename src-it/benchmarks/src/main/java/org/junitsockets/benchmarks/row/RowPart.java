package org.junitsockets.benchmarks.row;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junitsockets.benchmarks.Part;
import org.junitsockets.benchmarks.echo.LibraryEcho;
import org.junitsockets.benchmarks.measure.Candidate;
import org.junitsockets.benchmarks.measure.Figure;
import org.junitsockets.benchmarks.measure.Statistics;
import org.junitsockets.benchmarks.measure.Table;
import org.junitsockets.benchmarks.measure.Target;
import org.junitsockets.benchmarks.pair.LibraryPair;
import org.junitsockets.benchmarks.pair.LibraryServer;
import org.junitsockets.benchmarks.pair.PlainPair;
import org.junitsockets.benchmarks.socket.TimeWait;

/** As many uses as a long test run has, one after the other: whether the last cost what the first did. */
public final class RowPart implements Part {

    private static final int COMPARED = 1_000;
    private static final int SLICE = 100;

    private final int length;
    private final boolean fromNone;

    /**
     * @param length how many in a row
     * @param fromNone whether each row waits for the TIME_WAIT of earlier ones to be over
     */
    public RowPart(int length, boolean fromNone) {
        this.length = length;
        this.fromNone = fromNone;
    }

    @Override
    public String name() {
        return "row";
    }

    @Override
    public void run(Table table) throws Exception {
        row(table, new PlainPair(), Target.NONE);
        for (Candidate candidate :
                List.of(new LibraryServer(), new LibraryPair(), new LibraryEcho(), new ServerEndsFirst())) {
            row(table, candidate, Target.atMost(1.2));
        }
    }

    private void row(Table table, Candidate candidate, Target target) throws Exception {
        micros(candidate, Math.min(length, 20_000)); // else the first thousand would be the slowest by far
        if (fromNone) {
            TimeWait.awaitNone(table::note);
        }
        long before = TimeWait.count();
        double[] micros = micros(candidate, length);
        table.add(figure(candidate, micros, target));
        table.note(String.format(
                Locale.ROOT,
                "%,d in a row, %.1f us on average; TIME_WAIT: %d before, %d after, on %d ports",
                length,
                Arrays.stream(micros).average().orElseThrow(),
                before,
                TimeWait.count(),
                TimeWait.ports()));
    }

    /** Means of a hundred each: one pause of the machine does not decide about a thousand. */
    private static Figure figure(Candidate candidate, double[] micros, Target target) {
        double[] first = slices(micros, 0);
        double[] last = slices(micros, micros.length - COMPARED);
        double[] ratios = new double[first.length];
        double floor = Statistics.of(first).median();
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = last[i] / floor;
        }
        return new Figure(
                "in a row, last 1,000",
                candidate.name(),
                "its first 1,000",
                Statistics.of(last).median(),
                floor,
                Statistics.of(ratios),
                target);
    }

    private static double[] slices(double[] micros, int from) {
        double[] means = new double[COMPARED / SLICE];
        for (int i = 0; i < means.length; i++) {
            int start = from + i * SLICE;
            means[i] = Arrays.stream(micros, start, start + SLICE).average().orElseThrow();
        }
        return means;
    }

    private static double[] micros(Candidate candidate, int runs) throws Exception {
        double[] micros = new double[runs];
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            candidate.run();
            micros[i] = (System.nanoTime() - start) / 1e3;
        }
        return micros;
    }
}
