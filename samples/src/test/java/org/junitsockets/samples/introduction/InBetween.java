package org.junitsockets.samples.introduction;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody between a client and a server: a router, a hotel's wireless network, whoever sits at the
 * cable. The client calls him and takes him for the server; he calls the server, and passes on each
 * byte of one connection. He listens to what the client says, and can change it.
 */
final class InBetween implements AutoCloseable {

    private final ServerSocket listener;
    private final SocketAddress server;
    private final List<Socket> open = new ArrayList<>();
    private final Thread fromClient = thread("from the client", this::relay);
    private final StringBuilder heard = new StringBuilder();
    private int untilFlipped = Integer.MAX_VALUE;

    private InBetween(ServerSocket listener, SocketAddress server) {
        this.listener = listener;
        this.server = server;
    }

    static InBetween before(SocketAddress server) throws IOException {
        InBetween inBetween = new InBetween(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), server);
        inBetween.fromClient.start();
        return inBetween;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** What the client has said so far, each byte as a character. */
    synchronized String heard() {
        return heard.toString();
    }

    /** Changes one bit of one byte of what the client says from now on: a 1 becomes a 9. */
    synchronized void changeByte(int position) {
        untilFlipped = position;
    }

    private void relay() {
        try (listener;
                Socket client = keep(listener.accept());
                Socket upstream = keep(new Socket())) {
            upstream.connect(server, 5000);
            Thread back = thread("from the server", () -> passOnUnchanged(upstream, client));
            back.start();
            byte[] buffer = new byte[8192];
            for (int count; (count = client.getInputStream().read(buffer)) >= 0; ) {
                listenTo(buffer, count);
                upstream.getOutputStream().write(buffer, 0, count);
            }
            upstream.shutdownOutput();
            back.join();
        } catch (IOException | InterruptedException e) {
            // one of the two has left, or the test has ended
        }
    }

    private static void passOnUnchanged(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // likewise
        }
    }

    private synchronized void listenTo(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (untilFlipped-- == 0) {
                bytes[i] ^= 0x08;
            }
        }
        heard.append(new String(bytes, 0, count, ISO_8859_1));
    }

    private synchronized Socket keep(Socket socket) {
        open.add(socket);
        return socket;
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, "in between, " + name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        List<Socket> sockets;
        synchronized (this) {
            sockets = List.copyOf(open);
        }
        for (Socket socket : sockets) {
            socket.close(); // which ends the threads
        }
        try {
            fromClient.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
