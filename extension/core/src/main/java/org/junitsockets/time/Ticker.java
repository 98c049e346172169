package org.junitsockets.time;

/** The one source of elapsed time, in nanoseconds from an arbitrary origin. */
@FunctionalInterface
public interface Ticker {

    /** The clock of this JVM, {@link System#nanoTime()}. */
    Ticker SYSTEM = new Ticker() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }
    };

    long nanoTime();
}
