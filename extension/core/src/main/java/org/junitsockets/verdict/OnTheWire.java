package org.junitsockets.verdict;

/**
 * No failure of its own: what was on the wire when a test failed for another reason, to be suppressed
 * under that. It has no stack trace.
 */
public final class OnTheWire extends Error {

    private static final long serialVersionUID = 1L;

    OnTheWire(Evidence evidence) {
        super("what was on the wire:" + evidence, null, false, false);
    }
}
