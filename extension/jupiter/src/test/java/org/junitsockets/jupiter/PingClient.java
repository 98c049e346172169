package org.junitsockets.jupiter;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/** A client of the tests' own, on plain JDK sockets: what the library is used against. */
record PingClient(InetSocketAddress address) {

    /** Sends PING and waits for PONG; once more after a reset. */
    boolean ping() {
        try {
            return pingOnce(address, 5000);
        } catch (SocketException e) {
            try {
                return pingOnce(address, 5000);
            } catch (IOException again) {
                return false;
            }
        } catch (IOException e) {
            return false;
        }
    }

    static boolean pingOnce(InetSocketAddress address, int timeoutMillis) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
            return "PONG"
                    .equals(new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine());
        }
    }

    static boolean echoes(InetSocketAddress address) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, 5000);
            socket.setSoTimeout(5000);
            socket.getOutputStream().write('x');
            return socket.getInputStream().read() == 'x';
        }
    }
}
