package org.junitsockets.server;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.connection.Connection;
import org.junitsockets.readiness.Watch;
import org.junitsockets.time.Deadline;

/** One handler or script at work on one connection, on a thread of the pool. */
final class Run implements Runnable, Watch.Task {

    /** Longer than a lock that somebody works under is held. */
    static final Duration SURELY_WAITING = Duration.ofMillis(50);

    private static final String HANDLER = "the handler";

    private final Server server;
    private final ConnectionHandler handler;
    final Connection connection;
    final @Nullable Script script;
    private @Nullable Thread thread;
    private @Nullable Deadline waitingElsewhere;
    private boolean calledOff;
    private boolean done;

    Run(Server server, ConnectionHandler handler, Connection connection, @Nullable Script script) {
        this.server = server;
        this.handler = handler;
        this.connection = connection;
        this.script = script;
    }

    @Override
    public void run() {
        Watch.keeping(this);
    }

    @Override
    public void run(@Nullable Watch watch) {
        try {
            handle();
        } finally {
            server.finished(this);
        }
    }

    /** Serves the connection to its end; who calls it says when it is finished. */
    void handle() {
        boolean begins;
        synchronized (this) {
            thread = Thread.currentThread();
            begins = !calledOff;
        }
        @Nullable Throwable thrown = null;
        try {
            if (begins) {
                connection.servedBy(script == null ? HANDLER : script);
                handler.handle(connection);
            }
        } catch (Throwable e) { // an AssertionError above all: whatever it is, the verdict needs it
            thrown = e;
        }
        try {
            server.returned(this, thrown); // before the client can see the end, and ask
            connection.endAfterReturn();
        } finally {
            synchronized (this) {
                thread = null;
                done = true;
            }
        }
    }

    private synchronized boolean isDone() {
        return done;
    }

    /** Interrupts its thread, or keeps it from beginning. */
    synchronized void callOff() {
        calledOff = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /**
     * Whether it waits for what is not there: in I/O, or, if asked, anywhere without a time limit. A
     * lock is waited for in the same way as a latch, so only who keeps waiting counts as waiting
     * elsewhere. Called under the server's lock.
     */
    boolean isQuiet(boolean anyWait) {
        @Nullable Thread working = thread();
        if (working == null) {
            return isDone();
        }
        if (connection.isIdle(working)) {
            return true;
        }
        return anyWait && waitsElsewhere(working);
    }

    private boolean waitsElsewhere(Thread working) {
        if (working.getState() != Thread.State.WAITING || server.isWaitedForBy(working)) {
            waitingElsewhere = null;
            return false;
        }
        if (waitingElsewhere == null) {
            waitingElsewhere = Deadline.after(SURELY_WAITING, server.settings().ticker());
        }
        return waitingElsewhere.hasPassed();
    }

    private synchronized @Nullable Thread thread() {
        return thread;
    }

    /** Where its thread is, a line per frame. */
    synchronized String stack() {
        StringBuilder lines = new StringBuilder();
        if (thread != null) {
            lines.append("\n  its thread ").append(thread.getName()).append(" is at");
            StackTraceElement[] frames = thread.getStackTrace();
            for (int i = 0; i < Math.min(12, frames.length); i++) {
                lines.append("\n    ").append(frames[i]);
            }
        }
        return lines.toString();
    }

    String who() {
        return script != null ? script.toString() : HANDLER;
    }
}
