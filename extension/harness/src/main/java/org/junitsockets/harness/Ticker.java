package org.junitsockets.harness;

import java.time.Duration;

/** All the time there is for a run; a test winds it by hand. */
interface Ticker {

    /** The clock of this JVM. */
    Ticker SYSTEM = new SystemTicker();

    /** Returns nanoseconds from an arbitrary origin. */
    long nanoTime();

    /** Performs the action in every period, on a thread of its own, until the pulse is closed. */
    Pulse every(Duration period, Runnable action);

    /** What keeps an action going. */
    @FunctionalInterface
    interface Pulse extends AutoCloseable {

        @Override
        void close();
    }
}
