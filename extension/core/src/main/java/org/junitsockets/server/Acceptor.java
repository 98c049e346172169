package org.junitsockets.server;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;
import org.junitsockets.readiness.Aside;
import org.junitsockets.readiness.Readiness;
import org.junitsockets.readiness.Watch;
import org.junitsockets.time.Deadline;

/**
 * Takes the connections of one server for its scripts and handlers, on a thread of the pool.
 *
 * <p>It serves the first one itself, and while it waits there for bytes it looks after further
 * connections aside: a test with one client costs one thread, woken as often as a hand-written one.
 * Where it stays away, because what it serves is busy with something else, the {@link Lookout} has
 * it replaced.
 */
final class Acceptor implements Runnable, Watch.Task, Aside {

    private final Reception reception;
    private final Monitor monitor;
    private volatile @Nullable Watch watch;
    private volatile boolean looking;
    private volatile long absences;

    /** Where it first waits, without the lock that whoever has started it may still hold. */
    private final Readiness first;

    private final long ticket;

    Acceptor(Reception reception, Monitor monitor, Readiness first) {
        this.reception = reception;
        this.monitor = monitor;
        this.first = first;
        this.ticket = first.ticket();
    }

    @Override
    public void run() {
        Watch.keeping(this);
    }

    @Override
    public void run(@Nullable Watch kept) {
        watch = kept;
        @Nullable Run run = null;
        try {
            run = next(null, first.await(SelectionKey.OP_ACCEPT, Deadline.none(), ticket));
            while (run != null) {
                serve(run, kept);
                run = next(run, false);
            }
        } catch (IOException e) { // no selector to be had: nobody else will get one
            monitor.locked(() -> reception.fail(e));
        } catch (RuntimeException | Error e) { // interrupted, or its last connection would not close
            abandon(run);
            throw e;
        } finally {
            watch = null;
        }
    }

    private @Nullable Run next(@Nullable Run last, boolean arrived) {
        monitor.lock();
        try {
            return reception.nextRun(this, last, arrived);
        } finally {
            monitor.unlock();
        }
    }

    private void abandon(@Nullable Run run) {
        monitor.locked(() -> {
            if (run != null) {
                reception.finished(run);
            }
            reception.replace(this);
        });
    }

    private void serve(Run run, @Nullable Watch kept) {
        if (kept == null || !first.canLookAside()) {
            monitor.locked(() -> reception.replace(this)); // it will see nothing of what comes meanwhile
        } else {
            kept.lookAside(SelectionKey.OP_ACCEPT, this);
        }
        leave();
        try {
            run.handle();
        } finally {
            if (kept != null) {
                kept.lookAside(0, null);
            }
            cameBack();
            looking = false;
            Thread.interrupted(); // an interrupt was for the handler, not for taking connections
        }
    }

    @Override
    public @Nullable Readiness enter() {
        cameBack();
        monitor.lock();
        try {
            looking = reception.isAcceptor(this) && reception.needsAcceptor();
            return looking ? reception.readiness() : null;
        } finally {
            monitor.unlock();
        }
    }

    @Override
    public void leave() {
        looking = false;
        Lookout.watch(this);
    }

    @Override
    public void arrived() {
        monitor.locked(reception::drain);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // its own thread is the only one to write it
    private void cameBack() {
        Lookout.forget(this);
        absences++;
    }

    /** There may be a reason to look where there was none. */
    void lookAgain() {
        @Nullable Watch kept = watch;
        if (kept != null && !looking) {
            kept.rouse();
        }
    }

    /** Which of its absences this is. */
    long absences() {
        return absences;
    }

    /**
     * Somebody else shall take connections if it is still the same absence.
     *
     * @return whether that is settled; not while somebody holds the server's lock, for whom the
     *     connections of other servers must not wait
     */
    boolean replaceIfAbsentSince(long absence) {
        return monitor.tryLocked(() -> {
            if (absences == absence) {
                reception.replace(this);
            }
        });
    }
}
