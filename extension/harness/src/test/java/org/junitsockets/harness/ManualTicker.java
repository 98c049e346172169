package org.junitsockets.harness;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Stands still until it is advanced, and then beats once. */
final class ManualTicker implements Ticker {

    private final AtomicLong now = new AtomicLong();
    private final List<Runnable> actions = new CopyOnWriteArrayList<>();

    void advance(Duration time) {
        now.addAndGet(time.toNanos());
        actions.forEach(Runnable::run);
    }

    int pulses() {
        return actions.size();
    }

    @Override
    public long nanoTime() {
        return now.get();
    }

    @Override
    public Pulse every(Duration period, Runnable action) {
        actions.add(action);
        return () -> actions.remove(action);
    }
}
