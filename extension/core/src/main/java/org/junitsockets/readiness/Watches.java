package org.junitsockets.readiness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The pool of selectors: each costs two descriptors, and several microseconds to open. */
final class Watches {

    private static final int MOST_IDLE = 32;

    private static final ConcurrentLinkedDeque<Watch> IDLE = new ConcurrentLinkedDeque<>();
    private static final AtomicInteger IDLE_COUNT = new AtomicInteger();

    private Watches() {}

    static @Nullable Watch take() {
        try {
            return takeOrThrow();
        } catch (IOException e) {
            return null; // who really needs one will say so
        }
    }

    static Watch takeOrThrow() throws IOException {
        @Nullable Watch idle = IDLE.pollFirst();
        if (idle == null) {
            return new Watch(Selector.open());
        }
        IDLE_COUNT.decrementAndGet();
        return idle;
    }

    static void give(Watch watch) {
        try {
            watch.clear();
            if (IDLE_COUNT.incrementAndGet() <= MOST_IDLE) {
                IDLE.addFirst(watch);
            } else {
                IDLE_COUNT.decrementAndGet();
                watch.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
