package org.junitsockets.verdict;

import java.util.List;
import org.junitsockets.Capability;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketPair;
import org.junitsockets.Transport;
import org.junitsockets.connection.Connection;
import org.junitsockets.raw.Clients;
import org.junitsockets.server.Server;
import org.junitsockets.spec.Declaration;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;

/** A client's end and the server's end of the same connection, both of one scope. */
public final class Pair implements SocketPair {

    private final Connection client;
    private final Connection server;
    private final Runnable onClose;

    private Pair(Connection client, Connection server, Runnable onClose) {
        this.client = client;
        this.server = server;
        this.onClose = onClose;
    }

    /** Opens one with a scope of its own. */
    public static Pair open(Transport transport) {
        if (!transport.has(Capability.CONNECTIONS)) {
            throw new UnsupportedOperationException("SocketPair.open(): found the transport " + transport
                    + ", which lacks " + Capability.CONNECTIONS.words()
                    + " (expected: a server, and a client that sends to it first)");
        }
        Settings settings = Settings.fromSystemProperties();
        Scope scope = new Scope(settings, List.of());
        try {
            Server server = scope.open(new ServerSpec(
                    "",
                    transport,
                    null,
                    ServerSpec.DEFAULT_BACKLOG,
                    0,
                    0,
                    settings.deadline(),
                    Declaration.callSite("a pair opened at")));
            return open(scope, server, () -> scope.close(Outcome.PASSED));
        } catch (RuntimeException | Error e) {
            scope.close(Outcome.ABORTED);
            throw e;
        }
    }

    /** Opens one within a scope, at a server of that scope. */
    public static Pair open(Scope scope, Server server) {
        return open(scope, server, () -> {});
    }

    private static Pair open(Scope scope, Server server, Runnable onClose) {
        Clients.Connected<?> client = scope.connect(SocketConnection.class, server.socketAddress(), server.spec());
        Connection connection = (Connection) client.socket();
        return new Pair(connection, server.accept(connection.localAddress()::equals), onClose);
    }

    @Override
    public SocketConnection client() {
        return client;
    }

    @Override
    public SocketConnection server() {
        return server;
    }

    @Override
    public void close() {
        Connection.closeBoth(client, server, "close()");
        onClose.run();
    }
}
