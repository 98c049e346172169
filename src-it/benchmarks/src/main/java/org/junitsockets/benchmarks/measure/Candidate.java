package org.junitsockets.benchmarks.measure;

/** One way to do what is measured. A run begins with nothing and leaves nothing open. */
public interface Candidate {

    String name();

    void run() throws Exception;

    /** How many uses one run contains. */
    default int uses() {
        return 1;
    }
}
