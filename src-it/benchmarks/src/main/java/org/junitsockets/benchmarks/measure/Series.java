package org.junitsockets.benchmarks.measure;

import java.util.Comparator;
import java.util.List;

/** What was measured: for each candidate the microseconds of one use, in each round. */
public final class Series {

    private final List<Candidate> candidates;
    private final double[][] micros;

    public Series(List<Candidate> candidates, double[][] micros) {
        this.candidates = List.copyOf(candidates);
        this.micros = micros;
    }

    public double median(Candidate candidate) {
        return Statistics.of(of(candidate)).median();
    }

    /** The one that is best in the middle of all rounds. */
    public Candidate best(List<Candidate> some) {
        return some.stream().min(Comparator.comparingDouble(this::median)).orElseThrow();
    }

    /** One candidate against another, round by round. */
    public Figure compare(String what, Candidate candidate, Candidate floor, Target target) {
        return new Figure(
                what,
                candidate.name(),
                floor.name(),
                median(candidate),
                median(floor),
                Statistics.of(ratios(of(candidate), of(floor))),
                target);
    }

    /** What one candidate adds to the empty one, against what another adds to it, round by round. */
    public Figure compareAdded(String what, Candidate candidate, Candidate floor, Candidate empty, Target target) {
        double[] added = minus(of(candidate), of(empty));
        double[] floorAdded = minus(of(floor), of(empty));
        return new Figure(
                what,
                candidate.name(),
                floor.name(),
                Statistics.of(added).median(),
                Statistics.of(floorAdded).median(),
                Statistics.of(ratios(added, floorAdded)),
                target);
    }

    /** How many microseconds one candidate takes more than another, round by round. */
    public Statistics difference(Candidate candidate, Candidate floor) {
        return Statistics.of(minus(of(candidate), of(floor)));
    }

    private double[] of(Candidate candidate) {
        return micros[candidates.indexOf(candidate)];
    }

    /** Not a number where the floor is none: that round counts as worse than any other. */
    private static double[] ratios(double[] these, double[] those) {
        double[] ratios = new double[these.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = those[i] > 0 ? these[i] / those[i] : Double.NaN;
        }
        return ratios;
    }

    private static double[] minus(double[] these, double[] those) {
        double[] differences = new double[these.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = these[i] - those[i];
        }
        return differences;
    }
}
