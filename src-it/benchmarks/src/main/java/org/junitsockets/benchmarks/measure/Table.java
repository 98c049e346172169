package org.junitsockets.benchmarks.measure;

import java.io.PrintStream;
import java.util.Locale;

/** Figures in columns, each printed when it is there, and a count of those that miss their target. */
public final class Table {

    private static final String COLUMNS = "%-24s  %-32s %-32s %9s %9s %8s  %-17s %-9s %s";

    private final PrintStream out;
    private int met;
    private int missed;
    private int withoutFigure;

    public Table(PrintStream out) {
        this.out = out;
    }

    public void head() {
        print(String.format(
                Locale.ROOT,
                COLUMNS,
                "what",
                "candidate",
                "floor",
                "us",
                "us floor",
                "ratio",
                "quartiles",
                "target",
                ""));
    }

    public void add(Figure figure) {
        Target target = figure.target();
        String line = String.format(
                Locale.ROOT,
                COLUMNS,
                figure.what(),
                figure.candidate(),
                figure.floor(),
                micros(figure.micros()),
                micros(figure.floorMicros()),
                target.show(figure.ratio().median()),
                target.show(figure.ratio().lowerQuartile()) + " - "
                        + target.show(figure.ratio().upperQuartile()),
                target.text(),
                figure.verdict());
        print(line.stripTrailing());
        count(figure.verdict());
    }

    /** What is no ratio. */
    public void outcome(String what, String text, boolean isMet) {
        String verdict = isMet ? Target.MET : Target.MISSED;
        String line = String.format(Locale.ROOT, "%-24s  %s  %s", what, text, verdict);
        print(line);
        count(verdict);
    }

    /** A line for information. */
    public void note(String text) {
        print("    " + text);
    }

    public void summary() {
        print("targets: " + met + " met, " + missed + " missed, " + withoutFigure + " without a figure");
    }

    private void count(String verdict) {
        switch (verdict) {
            case Target.MET -> met++;
            case Target.MISSED -> missed++;
            case Target.NO_FIGURE -> withoutFigure++;
            default -> {} // nothing is asked of it
        }
    }

    private void print(String line) {
        out.println(line);
        out.flush();
    }

    private static String micros(double value) {
        return String.format(Locale.ROOT, value < 1000 ? "%.1f" : "%,.0f", value);
    }
}
