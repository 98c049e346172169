package org.junitsockets.server;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import org.junitsockets.work.Workers;

/**
 * Notices who should look for connections and stays away: a handler that computes, or waits for
 * something other than its connection.
 *
 * <p>It is a thread that looks every millisecond while anybody is away, and ends when nobody was
 * for a while. So a second connection may wait a millisecond or two for a busy handler, once on each
 * server; in return nobody has to start and end a second thread for the many servers that have one
 * connection.
 */
final class Lookout implements Runnable {

    private static final long INTERVAL_NANOS = 1_000_000;
    private static final int IDLE_ROUNDS = 500;

    private static final ConcurrentMap<Acceptor, Long> AWAY = new ConcurrentHashMap<>();
    private static volatile boolean running;

    static void watch(Acceptor acceptor) {
        AWAY.put(acceptor, acceptor.absences());
        if (!running) {
            begin();
        }
    }

    static void forget(Acceptor acceptor) {
        AWAY.remove(acceptor);
    }

    private static synchronized void begin() {
        if (!running) {
            running = true;
            Thread thread = new Thread(null, new Lookout(), Workers.THREAD_NAME_PREFIX + "lookout", 0, false);
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void run() {
        try {
            look();
        } catch (Throwable e) { // no thread to be had to replace somebody with: who is away next begins anew
            running = false;
            throw e;
        }
    }

    private static void look() {
        Map<Acceptor, Long> before = Map.of();
        for (int idle = 0; idle < IDLE_ROUNDS || !end(); idle = before.isEmpty() ? idle + 1 : 0) {
            LockSupport.parkNanos(INTERVAL_NANOS);
            Map<Acceptor, Long> now = new HashMap<>(AWAY);
            for (Map.Entry<Acceptor, Long> one : before.entrySet()) {
                if (one.getValue().equals(now.get(one.getKey())) && one.getKey().replaceIfAbsentSince(one.getValue())) {
                    AWAY.remove(one.getKey(), one.getValue());
                }
            }
            before = now;
        }
    }

    /** Ends, unless somebody has gone away in the last moment and relies on it. */
    private static synchronized boolean end() {
        running = false;
        if (AWAY.isEmpty()) {
            return true;
        }
        running = true;
        return false;
    }
}
