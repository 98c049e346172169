package org.junitsockets.transcript;

import java.util.concurrent.TimeUnit;
import org.junitsockets.time.Ticker;

/** A clock that a test moves. */
final class ManualTicker implements Ticker {

    private long nanos;

    ManualTicker(long nanos) {
        this.nanos = nanos;
    }

    ManualTicker advanceMicros(long micros) {
        nanos += TimeUnit.MICROSECONDS.toNanos(micros);
        return this;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }
}
