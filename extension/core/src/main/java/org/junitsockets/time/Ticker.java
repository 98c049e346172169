package org.junitsockets.time;

/** The one source of elapsed time, in nanoseconds from an arbitrary origin. */
@FunctionalInterface
public interface Ticker {

    /** The clock of this JVM, {@link System#nanoTime()}. */
    Ticker SYSTEM = System::nanoTime;

    long nanoTime();
}
