package org.junitsockets.harness;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The clock of this JVM, and a daemon thread for each pulse. */
final class SystemTicker implements Ticker {

    static final String THREAD_NAME = "junit-sockets-harness-heartbeat";

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Pulse every(Duration period, Runnable action) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(SystemTicker::daemon);
        var unused = executor.scheduleAtFixedRate(action, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
        return executor::shutdownNow;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, THREAD_NAME);
        thread.setDaemon(true);
        return thread;
    }
}
