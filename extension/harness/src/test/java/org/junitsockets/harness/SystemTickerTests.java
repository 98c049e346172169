package org.junitsockets.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SystemTickerTests {

    private static final long BOUND_SECONDS = 30;

    @Test
    void pulseIsADaemonThatEndsWhenItIsClosed() throws Exception {
        CompletableFuture<Thread> beating = new CompletableFuture<>();
        FutureTask<Ticker.Pulse> start = new FutureTask<>(
                () -> Ticker.SYSTEM.every(Duration.ofMillis(1), () -> beating.complete(Thread.currentThread())));
        // Not from here: the tests run on daemon threads, and a daemon's threads are daemons by birth.
        Thread user = new Thread(start);
        user.setDaemon(false);
        user.start();
        Ticker.Pulse pulse = start.get(BOUND_SECONDS, TimeUnit.SECONDS);
        Thread thread = beating.get(BOUND_SECONDS, TimeUnit.SECONDS);

        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).isEqualTo(SystemTicker.THREAD_NAME);
        assertThat(thread.isAlive()).isTrue();

        pulse.close();
        thread.join(TimeUnit.SECONDS.toMillis(BOUND_SECONDS));
        assertThat(thread.isAlive()).isFalse();
    }
}
