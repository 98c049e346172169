package org.junitsockets.benchmarks.pair;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.benchmarks.measure.Candidate;

/** A server without a handler, a client of the JDK's, {@code accept()}, and the client closes first. */
public final class LibraryServer implements Candidate {

    @Override
    public String name() {
        return "junit-sockets, builder + Socket";
    }

    @Override
    public void run() throws Exception {
        try (SocketServer server = SocketServer.builder().start();
                Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port());
                SocketConnection accepted = server.accept()) {
            end(client, accepted);
        }
    }

    private static void end(Socket client, SocketConnection accepted) throws IOException {
        client.close();
        accepted.close();
    }
}
