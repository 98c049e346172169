package org.junitsockets.connection;

import org.jspecify.annotations.Nullable;

/**
 * A handler that serves a connection in another process, while a thread here repeats on the connection
 * what happens there. Its methods are called from any thread, may be called with a server's lock held, and
 * do not wait.
 */
public interface Elsewhere {

    /** Whether the handler waits in I/O for what is not there, and all that has happened there is repeated here. */
    boolean isIdle();

    /** The call that the handler waits in, such as {@code expectEnd()}; {@code null} if it waits in none. */
    @Nullable
    String waitingIn();

    /** From here on nothing is to wait there that was only waiting for the end of the test. */
    void scopeEnding();
}
