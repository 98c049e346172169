package org.junitsockets.conformance;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a supplier runs for its user, and what does not end for an interrupt. */
final class BlockedWork implements Runnable {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public void run() {
        begun.countDown();
        boolean interrupted = false;
        while (true) {
            try {
                released.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void awaitBegun(Duration patience) throws Exception {
        if (!begun.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException("the work had not begun within " + Timeouts.format(patience));
        }
    }

    void release() {
        released.countDown();
    }
}
