package org.junitsockets.benchmarks.measure;

import java.util.List;

/**
 * Runs candidates in one JVM, a batch of each in every round, and begins each round with another
 * one: what disturbs a round disturbs them all, and a ratio of one round is not made of two moods of
 * the machine.
 */
public final class Interleaved {

    private final Effort effort;

    public Interleaved(Effort effort) {
        this.effort = effort;
    }

    public Series measure(List<Candidate> candidates) throws Exception {
        int[] runs = new int[candidates.size()];
        for (int i = 0; i < runs.length; i++) {
            double micros = warmUp(candidates.get(i));
            runs[i] = (int) Math.max(1, effort.batch().toNanos() / 1e3 / micros);
        }
        double[][] micros = new double[candidates.size()][effort.rounds()];
        for (int round = 0; round < effort.rounds(); round++) {
            for (int turn = 0; turn < candidates.size(); turn++) {
                int which = (turn + round) % candidates.size();
                Candidate candidate = candidates.get(which);
                micros[which][round] = micros(candidate, runs[which]) / candidate.uses();
            }
        }
        return new Series(candidates, micros);
    }

    /** Returns what a run takes in the end, when the candidate has been compiled. */
    private double warmUp(Candidate candidate) throws Exception {
        long end = System.nanoTime() + effort.warmUp().toNanos();
        double micros = micros(candidate, 1);
        while (System.nanoTime() < end) {
            int runs = (int) Math.max(1, effort.batch().toNanos() / 1e3 / micros);
            micros = micros(candidate, runs);
        }
        return micros;
    }

    private static double micros(Candidate candidate, int runs) throws Exception {
        long start = System.nanoTime();
        for (int i = 0; i < runs; i++) {
            candidate.run();
        }
        return (System.nanoTime() - start) / 1e3 / runs;
    }
}
