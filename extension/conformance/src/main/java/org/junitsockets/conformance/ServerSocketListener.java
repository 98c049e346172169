package org.junitsockets.conformance;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;

/** A server socket, and sockets as its clients. */
final class ServerSocketListener implements Listener {

    private final ServerSocket socket;
    private final SocketAddress address;

    ServerSocketListener(ServerSocket socket) {
        this.socket = socket;
        this.address = socket.getLocalSocketAddress();
    }

    @Override
    public SocketAddress address() {
        return address;
    }

    @Override
    public End accept(Duration timeout) throws IOException {
        socket.setSoTimeout(Timeouts.millis(timeout));
        return End.of(socket.accept());
    }

    @Override
    public End connect() throws IOException {
        Socket client = new Socket();
        try {
            client.connect(address);
            return End.of(client);
        } catch (IOException | RuntimeException e) {
            client.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    @Override
    public String toString() {
        return socket.toString();
    }
}
