package org.junitsockets.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.function.UnaryOperator;
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
        Socket client = Raw.connect(server.address(), clientReceiveBuffer);
        return new Wired(server, client, server.accept());
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
