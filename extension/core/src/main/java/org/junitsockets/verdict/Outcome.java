package org.junitsockets.verdict;

/** How a test stands when its scope ends. */
public enum Outcome {
    PASSED,

    /** Scripts are not waited for; what failed besides is attached. */
    FAILED,

    /** An aborted test gets no verdict: it would turn the skip into a failure. */
    ABORTED
}
