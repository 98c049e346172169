package org.junitsockets.testcontainers.carried;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Capability;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.SocketConnection;
import org.junitsockets.connection.Connection;
import org.junitsockets.spec.Choice;
import org.junitsockets.testcontainers.carried.Shipped.Happened;
import org.junitsockets.testcontainers.protocol.Command;
import org.junitsockets.testcontainers.protocol.Event;
import org.junitsockets.testcontainers.protocol.Run;
import org.junitsockets.testcontainers.protocol.Thrown;

/**
 * Serves a connection by repeating here what a handler in the agent does with it there, event by event, so
 * that it is recorded and judged as if that had happened here.
 */
final class ShippedHandler implements ConnectionHandler {

    private final AgentClient client;
    private final int loader;
    private final int id;
    private final String type;

    ShippedHandler(AgentClient client, int loader, int id, String type) {
        this.client = client;
        this.loader = loader;
        this.id = id;
        this.type = type;
    }

    @Override
    public void handle(SocketConnection peer) throws Exception {
        if (!(peer instanceof Connection connection)
                || !(connection.endpoint() instanceof CarriedConnection carried)
                || !carried.isOf(client)) {
            throw new IllegalStateException("a handler in an agent: found " + peer
                    + ", which is not of that agent (expected: a connection that it has accepted)");
        }
        int[] before = new int[1];
        Shipped shipped;
        try {
            shipped = carried.ship(taken -> {
                before[0] = taken;
                return run(connection, taken);
            });
        } catch (IOException e) {
            if (connection.isEndedHere()) {
                return; // before the handler could begin
            }
            throw e;
        }
        connection.servedBy(shipped);
        try {
            if (before[0] > 0) {
                apply(connection, () -> connection.readExactly(before[0]));
            }
            @Nullable Thrown thrown = repeat(connection, shipped);
            if (thrown != null) {
                rethrow(thrown.toThrowable(connection.transport()));
            }
        } finally {
            connection.servedHere();
            client.served(shipped);
            shipped.over();
        }
    }

    private Run run(Connection connection, int taken) {
        return new Run(
                loader,
                id,
                type,
                connection.transport(),
                connection.choice().stated(),
                lacking(connection),
                connection.deadline(),
                connection.settings().factor(),
                connection.number(),
                connection.toString().replaceFirst("^connection \\d+ of ", ""),
                connection.settings().transcript().mask().expression(),
                taken);
    }

    private static Set<Capability> lacking(Connection connection) {
        Choice choice = connection.choice();
        return choice.where().isHere() ? Set.of() : choice.where().elsewhere().lacking(choice.transport());
    }

    /** Returns what the handler threw, if that is a failure. */
    private static @Nullable Thrown repeat(Connection connection, Shipped shipped) throws IOException {
        @Nullable Duration longest = null;
        boolean interrupted = false;
        try {
            while (true) {
                @Nullable Happened next;
                try {
                    next = shipped.next(connection::waitingElsewhere, longest);
                } catch (InterruptedException e) {
                    interrupted = true;
                    longest =
                            connection.deadline().multipliedBy(2); // whoever waits for its end has given it up by then
                    shipped.command(Command.CANCEL);
                    continue;
                }
                if (next == null) {
                    throw new IOException("the handler in the agent has not ended "
                            + connection.deadline().multipliedBy(2).toMillis()
                            + " ms after its thread was interrupted");
                }
                if (next.event() == Event.ENDED) {
                    return next.thrown();
                }
                repeat(connection, next);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void repeat(Connection connection, Happened one) {
        switch (one.event()) {
            case RECEIVED -> apply(connection, () -> connection.readExactly(one.bytes().length));
            case SENT -> apply(connection, () -> connection.write(one.bytes()));
            case FIN_RECEIVED, RESET_RECEIVED -> apply(connection, () -> readEnd(connection));
            case HALF_CLOSED -> apply(connection, connection::shutdownOutput);
            case CLOSED -> {
                switch (one.text()) {
                    case "fin()" -> apply(connection, connection::fin);
                    case "close()" -> apply(connection, connection::close);
                    default -> {} // by something here
                }
            }
            case RESET -> {
                if (one.text().equals("rst()")) {
                    apply(connection, connection::rst);
                }
            }
            case CHECKPOINT -> connection.checkpoint(one.text());
            case TIMED_OUT -> connection.timedOutElsewhere(one.text());
            case UNSUPPORTED -> {
                if (one.thrown() != null
                        && one.thrown().toThrowable(connection.transport()) instanceof RuntimeException thrown) {
                    connection.unsupportedElsewhere(thrown);
                }
            }
            case ACTIVITY, ENDED -> throw new IllegalArgumentException("found " + one.event());
        }
    }

    private static void readEnd(Connection connection) {
        try {
            connection.input().read();
        } catch (IOException e) {
            // it is recorded
        }
    }

    /** Does the same to a connection, unless somebody here has ended that meanwhile. */
    private static void apply(Connection connection, Runnable what) {
        if (connection.isEndedHere()) {
            return;
        }
        try {
            what.run();
        } catch (UncheckedIOException e) {
            if (!connection.isEndedHere()) {
                throw e;
            }
        }
    }

    private static void rethrow(Throwable thrown) throws Exception {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (Exception) thrown;
    }
}
