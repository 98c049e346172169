package org.junitsockets.benchmarks.remote;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** What runs in a container of one test: it echoes one connection after the other, until it is killed. */
final class EchoMain {

    static final int PORT = 7000;
    static final String READY = "echo: ready";

    private EchoMain() {}

    public static void main(String[] args) throws IOException {
        try (ServerSocket server = new ServerSocket(PORT)) {
            System.out.println(READY);
            while (true) {
                try (Socket peer = server.accept()) {
                    peer.setTcpNoDelay(true);
                    peer.getInputStream().transferTo(peer.getOutputStream());
                }
            }
        }
    }
}
