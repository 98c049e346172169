package org.junitsockets.connection;

/** A call did not come to its end in time. */
final class DeadlineError extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final boolean idle;

    DeadlineError(String message, boolean idle) {
        super(message);
        this.idle = idle;
    }

    /** Whether it only waited for something that had not begun to arrive and was not demanded. */
    boolean isIdle() {
        return idle;
    }
}
