package org.junitsockets.supplied;

import java.io.IOException;
import java.net.SocketAddress;
import org.junitsockets.spi.Endpoint;

/** What is common to both: an address, and a monitor to wait in. */
abstract class MemoryEndpoint implements Endpoint {

    /** Guards all that this endpoint and its other side consist of. */
    final Object lock;

    boolean closed;

    private final InMemory.Address address;
    private long wakeups;

    MemoryEndpoint(InMemory.Address address, Object lock) {
        this.address = address;
        this.lock = lock;
    }

    abstract boolean isReady(int operations);

    @Override
    public SocketAddress localAddress() {
        return address;
    }

    @Override
    public boolean poll(int operations, long millis) throws IOException {
        long end = System.nanoTime() + millis * 1_000_000;
        synchronized (lock) {
            long before = wakeups;
            long left = millis;
            try {
                while (!closed && !isReady(operations) && wakeups == before && left > 0) {
                    lock.wait(left);
                    left = (end - System.nanoTime()) / 1_000_000;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return closed || isReady(operations);
        }
    }

    @Override
    public void wakeup() {
        synchronized (lock) {
            wakeups++;
            lock.notifyAll();
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (lock) {
            if (closed) {
                InMemory.CLOSED_TWICE.incrementAndGet();
                throw new IllegalStateException("closed twice: " + this);
            }
            closed = true;
            InMemory.OPEN.get(address.server()).decrementAndGet();
            lock.notifyAll();
        }
    }
}
