package org.junitsockets.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketPair;
import org.junitsockets.Transport;
import org.junitsockets.connection.Connection;
import org.junitsockets.server.Server;
import org.junitsockets.spec.Declaration;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.verdict.Outcome;
import org.junitsockets.verdict.Pair;
import org.junitsockets.verdict.Scope;

/** A scope with parameters of its own, where a builder would have those of the system properties. */
public final class Opened implements AutoCloseable {

    private final Scope scope;
    private final Transport transport;

    private Opened(Scope scope, Transport transport) {
        this.scope = scope;
        this.transport = transport;
    }

    /** With these names and values, which alternate. */
    public static Opened with(Transport transport, String... parameters) {
        Raw.assumeAvailable(transport);
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            all.put(parameters[i], parameters[i + 1]);
        }
        return new Opened(new Scope(Settings.from(all::get), List.of()), transport);
    }

    public Server server() {
        return server(null, 0);
    }

    public Server server(@Nullable ConnectionHandler handler, int buffers) {
        return scope.open(new ServerSpec(
                "db",
                transport,
                handler,
                ServerSpec.DEFAULT_BACKLOG,
                buffers,
                buffers,
                scope.settings().deadline(),
                new Declaration("in a test")));
    }

    public Connection connect(Server server) {
        return (Connection) scope.connect(SocketConnection.class, server.socketAddress(), server.spec())
                .socket();
    }

    public SocketPair pair() {
        return Pair.open(scope, server());
    }

    /** With buffers of this size at the server's end, so that whoever writes much soon has to wait. */
    public SocketPair pair(int buffers) {
        return Pair.open(scope, server(null, buffers));
    }

    @Override
    public void close() {
        scope.close(Outcome.PASSED);
    }
}
