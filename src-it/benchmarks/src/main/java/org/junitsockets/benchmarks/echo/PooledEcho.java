package org.junitsockets.benchmarks.echo;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junitsockets.benchmarks.measure.Candidate;
import org.junitsockets.benchmarks.socket.Ends;
import org.junitsockets.benchmarks.socket.OneByte;

/** By hand, on a cached pool of daemon threads that outlives the tests. */
public final class PooledEcho implements Candidate {

    private static final ExecutorService POOL = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });

    @Override
    public String name() {
        return "by hand, cached pool";
    }

    @Override
    public void run() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Future<?> echo = serve(server);
            OneByte.thereAndBack(server.getLocalPort());
            echo.get();
        }
    }

    /** Serves one connection until its client ends. */
    public static Future<?> serve(ServerSocket server) {
        return POOL.submit(() -> {
            echo(server);
            return null;
        });
    }

    static void echo(ServerSocket server) throws IOException {
        byte[] buffer = new byte[8192];
        try (Socket peer = server.accept()) {
            InputStream input = peer.getInputStream();
            int count = input.read(buffer);
            while (count > 0) {
                peer.getOutputStream().write(buffer, 0, count);
                count = input.read(buffer);
            }
            Ends.closeAfterClient(peer);
        }
    }
}
