package org.junitsockets.benchmarks.measure;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param warmUp how long each candidate is run before anything counts
 * @param rounds in each of which every candidate has a batch
 * @param batch how long the batch of a candidate lasts, as far as one run is not longer
 */
public record Effort(Duration warmUp, int rounds, Duration batch) {}
