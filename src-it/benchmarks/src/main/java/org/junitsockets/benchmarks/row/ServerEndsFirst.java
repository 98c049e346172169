package org.junitsockets.benchmarks.row;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junitsockets.SocketServer;
import org.junitsockets.benchmarks.measure.Candidate;

/** A server whose handler writes and returns, so that it ends first; its client reads to that end. */
final class ServerEndsFirst implements Candidate {

    private static final byte[] GREETING = "220 ready\r\n".getBytes(US_ASCII);

    @Override
    public String name() {
        return "greeting, server first";
    }

    @Override
    public void run() throws Exception {
        try (SocketServer server = SocketServer.builder()
                        .handler(peer -> peer.write(GREETING))
                        .start();
                Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            int count = client.getInputStream().readAllBytes().length;
            if (count != GREETING.length) {
                throw new IOException("the greeting: found " + count + " bytes (expected: " + GREETING.length + ")");
            }
        }
    }
}
