package org.junitsockets.server;

import org.jspecify.annotations.Nullable;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.connection.Connection;
import org.junitsockets.spec.Declaration;

/** What was given to {@code onConnection}, and how far it has come. Guarded by its server's lock. */
final class Script {

    final int number;
    final ConnectionHandler handler;
    final Declaration registeredAt;
    final Thread registeredBy = Thread.currentThread();
    final long registered;

    /** Who took it; none as long as it was not reached. */
    @Nullable
    Connection connection;

    /** Whether its connection was ended by either side, which is when it stops keeping others out. */
    boolean ended;

    boolean returned;

    /** Whether it only waited for the end of the test when that came. */
    boolean held;

    /** The call it waited in when the end of the test came, and with that every waiter was made to look up. */
    @Nullable
    String waitedIn;

    /** Whether a verdict has spoken about it. */
    boolean judged;

    Script(int number, ConnectionHandler handler, Declaration registeredAt, long registered) {
        this.number = number;
        this.handler = handler;
        this.registeredAt = registeredAt;
        this.registered = registered;
    }

    /** Whether a connection has been given to it, and nobody has ended that. */
    boolean isAtWork() {
        return connection != null && !ended && !judged;
    }

    @Override
    public String toString() {
        return "script " + number + " (registered at " + registeredAt + ")";
    }
}
