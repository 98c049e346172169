package org.junitsockets.connection;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/** Selectors for threads that wait: one per waiting thread, since each costs two descriptors. */
final class SelectorPool {

    private static final int MOST_IDLE = 32;

    private static final ConcurrentLinkedDeque<Selector> IDLE = new ConcurrentLinkedDeque<>();
    private static final AtomicInteger IDLE_COUNT = new AtomicInteger();

    private SelectorPool() {}

    static Selector take() throws IOException {
        Selector selector = IDLE.pollFirst();
        if (selector == null) {
            return Selector.open();
        }
        IDLE_COUNT.decrementAndGet();
        return selector;
    }

    static void give(Selector selector) throws IOException {
        if (IDLE_COUNT.incrementAndGet() <= MOST_IDLE) {
            IDLE.addFirst(selector);
        } else {
            IDLE_COUNT.decrementAndGet();
            selector.close();
        }
    }
}
