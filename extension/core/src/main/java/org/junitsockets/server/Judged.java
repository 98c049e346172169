package org.junitsockets.server;

/** What a verdict is about. */
public final class Judged {

    private final boolean all;
    private final Thread thread;
    private final long since;

    private Judged(boolean all, Thread thread, long since) {
        this.all = all;
        this.thread = thread;
        this.since = since;
    }

    /** Whatever no verdict has spoken about: for the end of a server's own scope. */
    public static Judged everythingNew() {
        return new Judged(true, Thread.currentThread(), 0);
    }

    /**
     * What belongs to one test among several that a server outlives: the scripts its thread has
     * given, and all failures that appeared since it began.
     */
    public static Judged test(Thread thread, long since) {
        return new Judged(false, thread, since);
    }

    boolean covers(Script script) {
        return !script.judged && (all || (script.registeredBy == thread && script.registered - since >= 0));
    }

    boolean covers(Failure failure, boolean delivered) {
        return all ? !delivered : failure.at() - since >= 0;
    }
}
