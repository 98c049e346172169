package org.junitsockets.benchmarks.echo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junitsockets.benchmarks.measure.Candidate;
import org.junitsockets.benchmarks.socket.OneByte;

/** By hand, with a thread of its own for every test. */
public final class ThreadEcho implements Candidate {

    @Override
    public String name() {
        return "by hand, thread per test";
    }

    @Override
    public void run() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> echo(server));
            thread.start();
            OneByte.thereAndBack(server.getLocalPort());
            thread.join();
        }
    }

    private static void echo(ServerSocket server) {
        try {
            PooledEcho.echo(server);
        } catch (IOException e) {
            e.printStackTrace(); // what is measured then is not what was meant, and the client says so
        }
    }
}
