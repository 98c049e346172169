package org.junitsockets.benchmarks.measure;

/**
 * A line of the table.
 *
 * @param what is measured
 * @param ratio of the candidate to its floor, over all rounds
 */
public record Figure(
        String what,
        String candidate,
        String floor,
        double micros,
        double floorMicros,
        Statistics ratio,
        Target target) {

    public String verdict() {
        return target.verdict(ratio.median());
    }
}
