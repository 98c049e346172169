package org.junitsockets.it.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.SocketConnection;

/**
 * Lets a client talk to a real server through one of the library's, which keeps what both say: the
 * client is given the address of {@code tap} after
 *
 * <pre>{@code
 * tap.onEachConnection(Tap.to(redis.address()));
 * }</pre>
 */
final class Tap {

    private static final int CONNECT_MILLIS = 10_000;

    private Tap() {}

    static ConnectionHandler to(InetSocketAddress server) {
        return client -> {
            try (Socket upstream = new Socket()) {
                upstream.connect(server, CONNECT_MILLIS);
                InputStream input = upstream.getInputStream();
                FutureTask<Void> answers = new FutureTask<>(() -> copy(input, client));
                Thread thread = new Thread(answers, "tap");
                thread.setDaemon(true);
                thread.start();
                OutputStream output = upstream.getOutputStream();
                while (client.awaitInput()) {
                    output.write(client.readAvailable());
                }
                upstream.shutdownOutput();
                await(answers);
            }
        };
    }

    private static Void copy(InputStream input, SocketConnection client) throws IOException {
        byte[] buffer = new byte[8192];
        for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
            client.write(Arrays.copyOf(buffer, count));
        }
        client.shutdownOutput();
        return null;
    }

    /** Throws what the other thread threw: that a client has left is no failure. */
    private static void await(FutureTask<Void> answers) throws Exception {
        try {
            answers.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }
}
