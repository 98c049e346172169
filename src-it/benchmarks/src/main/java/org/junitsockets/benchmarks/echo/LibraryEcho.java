package org.junitsockets.benchmarks.echo;

import org.junitsockets.Echo;
import org.junitsockets.SocketServer;
import org.junitsockets.benchmarks.measure.Candidate;
import org.junitsockets.benchmarks.socket.OneByte;

/** A server with a ready handler. */
public final class LibraryEcho implements Candidate {

    @Override
    public String name() {
        return "junit-sockets, Echo";
    }

    @Override
    public void run() throws Exception {
        try (SocketServer server = SocketServer.builder().handler(new Echo()).start()) {
            OneByte.thereAndBack(server.port());
        }
    }
}
