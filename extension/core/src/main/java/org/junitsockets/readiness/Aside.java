package org.junitsockets.readiness;

import org.jspecify.annotations.Nullable;

/**
 * A second thing that a thread looks after while it waits for its own: the connections of those
 * whom nobody else takes.
 */
public interface Aside {

    /** Called before the thread waits; returns what it shall look at besides, if anything. */
    @Nullable
    Readiness enter();

    /** Called when the thread goes back to its work. */
    void leave();

    /** There is something to be taken. */
    void arrived();
}
