package org.junitsockets.testcontainers.shipped;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.Location;
import org.junitsockets.SocketConnection;
import org.junitsockets.Transport;
import org.junitsockets.location.Where;
import org.junitsockets.server.Server;
import org.junitsockets.spec.Choice;
import org.junitsockets.spec.Declaration;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.verdict.Outcome;
import org.junitsockets.verdict.Scope;

/** A server with a handler, in the agent or here, in a scope whose end gives the verdict. */
final class Served implements AutoCloseable {

    private final Scope scope;
    private final Server server;

    private Served(Scope scope, Server server) {
        this.scope = scope;
        this.server = server;
    }

    static Served inTheAgent(Class<? extends ConnectionHandler> type, String... parameters) {
        return inThe(ChildAgent.SHARED, type, parameters);
    }

    static Served inThe(ChildAgent agent, Class<? extends ConnectionHandler> type, String... parameters) {
        ConnectionHandler handler = agent.handler(type, Transport.TCP).orElseThrow();
        return open(handler, Choice.stated(Transport.TCP).at(new Where(Location.CONTAINER, agent)), parameters);
    }

    static Served here(Class<? extends ConnectionHandler> type, String... parameters) throws Exception {
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return open(constructor.newInstance(), Choice.stated(Transport.TCP), parameters);
    }

    /** With an endpoint in the agent, and nobody there who serves. */
    static Served fromHere(Transport transport) {
        return open(null, Choice.stated(transport).at(new Where(Location.CONTAINER, ChildAgent.SHARED)));
    }

    private static Served open(@Nullable ConnectionHandler handler, Choice choice, String... parameters) {
        Map<String, String> all = IntStream.range(0, parameters.length / 2)
                .boxed()
                .collect(toMap(i -> parameters[2 * i], i -> parameters[2 * i + 1]));
        Scope scope = new Scope(Settings.from(all::get), List.of());
        return new Served(
                scope,
                scope.open(new ServerSpec(
                        "db",
                        choice,
                        handler,
                        ServerSpec.DEFAULT_BACKLOG,
                        0,
                        0,
                        scope.settings().deadline(),
                        null,
                        new Declaration("in a test"))));
    }

    Server server() {
        return server;
    }

    /** One of the test's clients, which its end closes. */
    SocketConnection connect() {
        return (SocketConnection)
                requireNonNull(scope.connect(SocketConnection.class, server.socketAddress(), server.spec())
                        .socket());
    }

    /** One that nobody closes but who asks for it. */
    Socket socket() throws IOException {
        Socket socket = new Socket(server.address().getAddress(), server.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** The end of a test that has passed; throws the verdict. */
    @Override
    public void close() {
        scope.close(Outcome.PASSED);
    }
}
