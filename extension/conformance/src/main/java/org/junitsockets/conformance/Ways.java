package org.junitsockets.conformance;

/** Both ways that a pair goes. */
final class Ways {

    private Ways() {}

    /** What is done from one end to the other. */
    interface Way {
        void go(End from, End to) throws Exception;
    }

    /** Each way with a new pair. */
    static void each(Trial trial, Way way) throws Exception {
        EndPair there = trial.pair();
        way.go(there.client(), there.server());
        EndPair back = trial.pair();
        way.go(back.server(), back.client());
    }
}
