package org.junitsockets.server;

import java.util.Set;

/** What a verdict is about. */
public final class Judged {

    private final boolean all;
    private final Set<Thread> threads;
    private final long since;

    private Judged(boolean all, Set<Thread> threads, long since) {
        this.all = all;
        this.threads = threads;
        this.since = since;
    }

    /** Whatever no verdict has spoken about: for the end of a server's own scope. */
    public static Judged everythingNew() {
        return new Judged(true, Set.of(), 0);
    }

    /**
     * What belongs to one test among several that a server outlives: the scripts its threads
     * have given, and all failures that appeared since it began.
     */
    public static Judged test(Set<Thread> threads, long since) {
        return new Judged(false, threads, since);
    }

    boolean covers(Script script) {
        return !script.judged && (all || (threads.contains(script.registeredBy) && script.registered - since >= 0));
    }

    boolean covers(Failure failure, boolean delivered) {
        return all ? !delivered : failure.at() - since >= 0;
    }
}
