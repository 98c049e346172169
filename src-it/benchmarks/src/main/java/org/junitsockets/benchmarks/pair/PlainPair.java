package org.junitsockets.benchmarks.pair;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junitsockets.benchmarks.measure.Candidate;
import org.junitsockets.benchmarks.socket.Ends;

/** By hand: the floor. Nothing is left in TIME_WAIT, see {@link Ends}. */
public final class PlainPair implements Candidate {

    @Override
    public String name() {
        return "by hand, JDK sockets";
    }

    @Override
    public void run() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Socket client = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            Ends.close(client, accepted);
        }
    }
}
