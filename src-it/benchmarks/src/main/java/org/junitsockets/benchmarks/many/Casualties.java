package org.junitsockets.benchmarks.many;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** The threads that ended by an exception which nobody caught, and the first of these exceptions. */
final class Casualties {

    private final AtomicInteger count = new AtomicInteger();
    private final AtomicReference<Throwable> first = new AtomicReference<>();

    private Casualties() {}

    /** Begins to count. */
    static Casualties count() {
        Casualties casualties = new Casualties();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            casualties.first.compareAndSet(null, thrown);
            casualties.count.incrementAndGet();
        });
        return casualties;
    }

    boolean isNone() {
        return count.get() == 0;
    }

    @Override
    public String toString() {
        return isNone() ? "no thread died" : count + " threads died, the first of " + first;
    }
}
