package org.junitsockets.benchmarks.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** What the client of an echo does, whoever serves it. */
public final class OneByte {

    private OneByte() {}

    /** Connects, sends a byte, gets it back, and closes: before the server, as a client does. */
    public static void thereAndBack(int port) throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            thereAndBack(client);
        }
    }

    public static void thereAndBack(Socket client) throws IOException {
        client.getOutputStream().write('x');
        int answer = client.getInputStream().read();
        if (answer != 'x') {
            throw new IOException("the echo: found " + answer + " (expected: " + (int) 'x' + ")");
        }
    }
}
