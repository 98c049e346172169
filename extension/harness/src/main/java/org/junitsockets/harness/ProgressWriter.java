package org.junitsockets.harness;

import java.io.Flushable;
import java.io.IOException;
import java.time.Duration;

/** Where the lines go that say how a run is doing. Thread-safe. */
final class ProgressWriter {

    private final Appendable out;
    private final Ticker ticker;
    private long lastLine;
    private boolean broken;

    ProgressWriter(Appendable out, Ticker ticker) {
        this.out = out;
        this.ticker = ticker;
        this.lastLine = ticker.nanoTime();
    }

    synchronized void println(String line) {
        lastLine = ticker.nanoTime();
        if (broken) {
            return;
        }
        try {
            out.append(line + "\n");
            if (out instanceof Flushable flushable) {
                flushable.flush();
            }
        } catch (IOException e) {
            // A closed pipe is no reason to lose the results of the run.
            broken = true;
        }
    }

    /** Returns how long nothing has been written. */
    synchronized Duration silence() {
        return Duration.ofNanos(ticker.nanoTime() - lastLine);
    }
}
