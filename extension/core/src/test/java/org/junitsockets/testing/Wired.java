package org.junitsockets.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.function.UnaryOperator;
import org.junitsockets.Capability;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.Transport;

/** A raw client connected to a server that has accepted it. */
public final class Wired implements AutoCloseable {

    public final SocketServer server;
    public final Socket client;
    public final SocketConnection peer;

    private Wired(SocketServer server, Socket client, SocketConnection peer) {
        this.server = server;
        this.client = client;
        this.peer = peer;
    }

    public static Wired open(Transport transport) throws IOException {
        return open(transport, builder -> builder, 0);
    }

    public static Wired open(Transport transport, UnaryOperator<SocketServer.Builder> setup, int clientReceiveBuffer)
            throws IOException {
        Raw.assumeAvailable(transport);
        SocketServer server = setup.apply(SocketServer.builder().name("db").transport(transport))
                .start();
        Socket client = Raw.connect(server.socketAddress(), clientReceiveBuffer);
        return new Wired(server, client, server.accept());
    }

    /** Resets the connection at the client's end; over UNIX that takes something that it has not read. */
    public void resetByClient() throws IOException {
        if (isConditional()) {
            peer.write("unread");
        }
        Raw.reset(client);
    }

    /** Resets the connection at the server's end; over UNIX that takes something that it has not read. */
    public void resetByPeer() throws IOException {
        if (isConditional()) {
            Raw.write(client, "unread");
        }
        peer.rst();
    }

    private boolean isConditional() {
        return server.transport().has(Capability.CONDITIONAL_RESET);
    }

    @Override
    public void close() {
        try (server) {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
