package org.junitsockets.benchmarks;

import org.junitsockets.benchmarks.measure.Table;

/** One subject of the benchmark. */
public interface Part {

    /** By which {@code --only} selects it. */
    String name();

    void run(Table table) throws Exception;
}
