package org.junitsockets.supplied;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.ListeningEndpoint;

/** Shows what has connected only when it is asked to settle. */
final class LateListener implements ListeningEndpoint {

    private final ListeningEndpoint actual;
    private int answers;
    private final Queue<ConnectionEndpoint> settled = new ArrayDeque<>();
    private boolean woken;
    private boolean closed;

    LateListener(ListeningEndpoint actual, int answers) {
        this.actual = actual;
        this.answers = answers;
    }

    @Override
    public SocketAddress localAddress() {
        return actual.localAddress();
    }

    @Override
    public synchronized @Nullable ConnectionEndpoint accept() {
        return settled.poll();
    }

    @Override
    public synchronized void settle() throws IOException {
        if (closed) {
            return;
        }
        if (answers-- <= 0) {
            throw new IOException("nobody answers there");
        }
        @Nullable ConnectionEndpoint next = actual.accept();
        while (next != null) {
            settled.add(next);
            next = actual.accept();
        }
        notifyAll();
    }

    @Override
    public synchronized boolean poll(int operations, long millis) {
        try {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            for (long left = millis; settled.isEmpty() && !woken && left > 0; ) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        woken = false;
        return !settled.isEmpty();
    }

    @Override
    public synchronized void wakeup() {
        woken = true;
        notifyAll();
    }

    @Override
    public void stop() throws IOException {
        actual.stop();
    }

    @Override
    public void start() throws IOException {
        actual.start();
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        for (ConnectionEndpoint left : settled) {
            left.close();
        }
        actual.close();
    }
}
