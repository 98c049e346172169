package org.junitsockets.benchmarks.measure;

import java.util.Arrays;

/**
 * What is told of a series: robust against the odd round that somebody else disturbed. What is not a
 * number is greater than all that is.
 */
public record Statistics(double lowerQuartile, double median, double upperQuartile) {

    public static Statistics of(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("found no values (expected: at least one)");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Statistics(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
    }

    private static double quantile(double[] sorted, double fraction) {
        double position = fraction * (sorted.length - 1);
        int below = (int) position;
        double rest = position - below;
        return rest == 0 ? sorted[below] : sorted[below] + rest * (sorted[below + 1] - sorted[below]);
    }
}
