package org.junitsockets.samples.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;
import org.junitsockets.SocketServer;

/**
 * A client as one writes it on the first day: what a read brings is the reply. It passes against most
 * peers that are written by hand. Here it shows that a fault is there, by failing on it.
 */
final class NaiveClient implements AutoCloseable {

    private final Socket socket;

    NaiveClient(SocketServer server) throws IOException {
        socket = new Socket(server.address().getAddress(), server.port());
        socket.setSoTimeout(5000);
    }

    String get(String target) throws IOException {
        socket.getOutputStream().write(("GET " + target + " HTTP/1.1\r\n\r\n").getBytes(US_ASCII));
        return read();
    }

    String read() throws IOException {
        byte[] buffer = new byte[8192];
        int count = socket.getInputStream().read(buffer);
        return count < 0 ? "" : new String(buffer, 0, count, US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
