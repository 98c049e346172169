package org.junitsockets.server;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.Location;
import org.junitsockets.SocketServer;
import org.junitsockets.Tls;
import org.junitsockets.Transport;
import org.junitsockets.spec.Choice;
import org.junitsockets.spec.Declaration;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.time.Durations;
import org.junitsockets.verdict.Verdict;

/** From setters to a specification to a server, for code without a test framework. */
public final class ServerBuilder implements SocketServer.Builder {

    private static final Consumer<Server> CLOSING = new Consumer<>() {
        @Override
        public void accept(Server server) {
            Verdict.close(server);
        }
    };

    private String name = "";
    private @Nullable Transport transport;
    private @Nullable Location location;
    private @Nullable ConnectionHandler handler;
    private @Nullable Tls tls;
    private int backlog = ServerSpec.DEFAULT_BACKLOG;
    private int receiveBuffer;
    private int sendBuffer;
    private @Nullable Duration deadline;

    @Override
    public ServerBuilder name(String name) {
        this.name = requireNonNull(name, "name");
        return this;
    }

    @Override
    public ServerBuilder transport(Transport transport) {
        this.transport = requireNonNull(transport, "transport");
        return this;
    }

    @Override
    public ServerBuilder location(Location location) {
        this.location = requireNonNull(location, "location");
        return this;
    }

    @Override
    public ServerBuilder tls(Tls tls) {
        this.tls = requireNonNull(tls, "tls");
        return this;
    }

    @Override
    public ServerBuilder handler(ConnectionHandler handler) {
        requireNonNull(handler, "handler");
        if (this.handler != null) {
            throw new IllegalStateException(
                    "two handlers: " + this.handler.getClass().getName() + " and "
                            + handler.getClass().getName() + " (expected: one; scripts are for single connections)");
        }
        this.handler = handler;
        return this;
    }

    @Override
    public ServerBuilder backlog(int backlog) {
        this.backlog = backlog;
        return this;
    }

    @Override
    public ServerBuilder receiveBuffer(int bytes) {
        this.receiveBuffer = bytes;
        return this;
    }

    @Override
    public ServerBuilder sendBuffer(int bytes) {
        this.sendBuffer = bytes;
        return this;
    }

    @Override
    public ServerBuilder deadline(Duration deadline) {
        this.deadline = Durations.requireWait("deadline", deadline, deadline);
        return this;
    }

    @Override
    public SocketServer start() {
        Settings settings = Settings.fromSystemProperties();
        return Server.open(
                new ServerSpec(
                        name,
                        choice(settings),
                        handler,
                        backlog,
                        receiveBuffer,
                        sendBuffer,
                        deadline == null ? settings.deadline() : settings.scaled(deadline),
                        tls,
                        Declaration.callSite("built at")),
                settings,
                CLOSING);
    }

    private Choice choice(Settings settings) {
        Choice choice = transport == null ? Choice.byDefault(settings.transport()) : Choice.stated(transport);
        return choice.at(
                location == null
                        ? settings.locations().whereByDefault()
                        : settings.locations().where(location, "location(" + location.name() + ")"));
    }
}
