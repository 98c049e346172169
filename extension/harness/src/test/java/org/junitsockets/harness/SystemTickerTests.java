package org.junitsockets.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

class SystemTickerTests {

    @Test
    void pulseIsADaemonThatEndsWhenItIsClosed() throws Exception {
        CompletableFuture<Thread> beating = new CompletableFuture<>();
        Ticker.Pulse pulse = Ticker.SYSTEM.every(Duration.ofMillis(1), () -> beating.complete(Thread.currentThread()));
        Thread thread = beating.get(30, TimeUnit.SECONDS);

        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).isEqualTo(SystemTicker.THREAD_NAME);
        assertThat(thread.isAlive()).isTrue();

        pulse.close();
        thread.join(30_000);
        assertThat(thread.isAlive()).isFalse();
    }
}
