package org.junitsockets.server;

import org.jspecify.annotations.Nullable;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.connection.Connection;

/** One handler or script at work on one connection, on a thread of the pool. */
final class Run implements Runnable {

    private final Server server;
    private final ConnectionHandler handler;
    final Connection connection;
    final @Nullable Script script;
    private @Nullable Thread thread;
    private boolean done;

    Run(Server server, ConnectionHandler handler, Connection connection, @Nullable Script script) {
        this.server = server;
        this.handler = handler;
        this.connection = connection;
        this.script = script;
    }

    @Override
    public void run() {
        synchronized (this) {
            thread = Thread.currentThread();
        }
        @Nullable Throwable thrown = null;
        try {
            handler.handle(connection);
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
            server.finished(this);
        }
    }

    synchronized boolean isDone() {
        return done;
    }

    synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Whether it waits for what is not there: in I/O, or, if asked, anywhere without a time limit. */
    boolean isQuiet(boolean anyWait) {
        return isDone() || connection.isIdle() || (anyWait && state() == Thread.State.WAITING);
    }

    private synchronized Thread.@Nullable State state() {
        return thread == null ? null : thread.getState();
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
        return script != null ? script.toString() : "the handler of connection " + connection.number();
    }
}
