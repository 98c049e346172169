package org.junitsockets.benchmarks.measure;

import java.util.Locale;

/**
 * What the ratio of a candidate to its floor is to be.
 *
 * @param text how it is shown
 * @param most the greatest ratio that meets it
 */
public record Target(String text, double most) {

    /** Told for comparison; nothing is asked of it. */
    public static final Target NONE = new Target("", Double.POSITIVE_INFINITY);

    static final String MET = "met";
    static final String MISSED = "MISSED";
    static final String NO_FIGURE = "no figure";

    public static Target atMost(double ratio) {
        return new Target(String.format(Locale.ROOT, "<= %.2f", ratio), ratio);
    }

    /** So many times less than the other. */
    public static Target timesLess(int times) {
        return new Target("<= 1/" + times, 1.0 / times);
    }

    /** A ratio below 0, or to a floor that was none, says more of the machine than of what was measured. */
    String verdict(double ratio) {
        if (equals(NONE)) {
            return "";
        }
        return !(ratio >= 0) ? NO_FIGURE : ratio <= most ? MET : MISSED;
    }

    /** A ratio as it reads best. */
    String show(double ratio) {
        if (Double.isNaN(ratio)) {
            return "-";
        }
        return ratio > 0 && ratio < 0.5
                ? String.format(Locale.ROOT, "1/%.1f", 1 / ratio)
                : String.format(Locale.ROOT, "%.2f", ratio);
    }
}
