package org.junitsockets.benchmarks.socket;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;

/** One GET over a plain socket, so that the cost of the client is that of {@link OneByte}. */
public final class OneGet {

    private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] STATUS = "HTTP/1.1 200".getBytes(US_ASCII);

    private OneGet() {}

    /** Sends the request, sees that the answer is a good one, and closes, before the server. */
    public static void answered(int port) throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.getOutputStream().write(REQUEST);
            byte[] answer = client.getInputStream().readNBytes(STATUS.length);
            if (!Arrays.equals(answer, STATUS)) {
                throw new IOException("the answer: found '" + new String(answer, US_ASCII) + "' (expected: 200)");
            }
        }
    }
}
