package org.junitsockets.server;

import java.net.SocketAddress;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junitsockets.connection.Connection;

/** Somebody who asked for a connection: a script, or a caller of {@code accept()}. */
final class Demand {

    final @Nullable Script script;
    private final Predicate<SocketAddress> from;

    /** What it got, if it did. */
    @Nullable
    Connection connection;

    private Demand(@Nullable Script script, Predicate<SocketAddress> from) {
        this.script = script;
        this.from = from;
    }

    static Demand of(Script script) {
        return new Demand(script, address -> true);
    }

    /** Of a caller, for a connection from where he says; a stranger's is left to others. */
    static Demand from(Predicate<SocketAddress> from) {
        return new Demand(null, from);
    }

    boolean takes(Connection connection) {
        return from.test(connection.remoteAddress());
    }
}
