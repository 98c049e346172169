package org.junitsockets.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A point in time until which something may wait. Immutable. */
public final class Deadline {

    private final Ticker ticker;
    private final Duration allowed;
    private final long end;
    private final boolean bounded;

    private Deadline(Ticker ticker, Duration allowed, long end, boolean bounded) {
        this.ticker = ticker;
        this.allowed = allowed;
        this.end = end;
        this.bounded = bounded;
    }

    public static Deadline after(Duration allowed, Ticker ticker) {
        return new Deadline(ticker, allowed, ticker.nanoTime() + allowed.toNanos(), true);
    }

    /** For waits whose bound is the end of their scope, which calls them off. */
    public static Deadline none() {
        return new Deadline(Ticker.SYSTEM, Duration.ZERO, 0, false);
    }

    /** This one, or the one after the duration from now if that comes first. */
    public Deadline orAfter(Duration duration, Ticker other) {
        return remainingNanos() <= duration.toNanos() ? this : after(duration, other);
    }

    /** As long, from now. */
    public Deadline again() {
        return bounded ? after(allowed, ticker) : this;
    }

    public boolean hasPassed() {
        return bounded && remainingNanos() <= 0;
    }

    /** How long it was when it was set, for messages. */
    public Duration allowed() {
        return allowed;
    }

    public long remainingNanos() {
        return bounded ? end - ticker.nanoTime() : Long.MAX_VALUE;
    }

    /** What is left in whole milliseconds, rounded up and at least 1; {@code 0} stands for ever. */
    public long remainingMillis() {
        if (!bounded) {
            return 0;
        }
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(remainingNanos() + 999_999));
    }
}
