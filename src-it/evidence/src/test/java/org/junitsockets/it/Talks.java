package org.junitsockets.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.Transport;
import org.junitsockets.connection.Connection;
import org.junitsockets.report.Report;
import org.junitsockets.transcript.Conversation;

/** Real conversations, over real sockets. */
final class Talks {

    /** What is said between a client and the server's end of its connection. */
    interface Talk {
        void between(Socket client, SocketConnection peer) throws Exception;
    }

    private Talks() {}

    static Conversation of(Transport transport, Talk talk) throws Exception {
        try (SocketServer server =
                        SocketServer.builder().name("db").transport(transport).start();
                Socket client = new Socket()) {
            client.setSoTimeout(10_000);
            client.connect(server.address());
            SocketConnection peer = server.accept();
            talk.between(client, peer);
            return ((Connection) peer).conversation();
        }
    }

    /** What is said between a client and the server's end, over UDP. */
    interface DatagramTalk {
        void between(DatagramSocket client, SocketConnection peer) throws Exception;
    }

    /** A client has to send something before there is a server's end. */
    static Conversation ofDatagrams(Transport transport, byte[] first, DatagramTalk talk) throws Exception {
        try (SocketServer server =
                        SocketServer.builder().name("db").transport(transport).start();
                DatagramSocket client =
                        new DatagramSocket(new InetSocketAddress(server.address().getAddress(), 0))) {
            client.setSoTimeout(10_000);
            client.connect(server.address());
            client.send(new DatagramPacket(first, first.length));
            SocketConnection peer = server.accept();
            talk.between(client, peer);
            return ((Connection) peer).conversation();
        }
    }

    static Path write(Path directory, Conversation... conversations) throws IOException {
        new Report(
                        "RetryTests > retriesAfterReset(SocketServer)",
                        "expected: \"PONG\"\n but was: nothing & <b>more</b>",
                        4711,
                        List.of(conversations),
                        List.of("Raw channels of 'db' are recorded at the server's end only."))
                .writeTo(directory);
        return directory;
    }

    static void pingPong(Socket client, SocketConnection peer) throws IOException {
        write(client, "PING\r\n");
        peer.expectLine("PING").write("PONG\r\n");
        read(client, 6);
    }

    /** The client ends, then the server does. */
    static void endedByFin(Socket client, SocketConnection peer) throws IOException {
        pingPong(client, peer);
        client.close();
        peer.expectEnd().close();
    }

    static void write(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(UTF_8));
    }

    static String read(Socket client, int count) throws IOException {
        return new String(client.getInputStream().readNBytes(count), UTF_8);
    }

    /** So much both ways. */
    static void exchange(Socket client, SocketConnection peer, int length) {
        byte[] bytes = pattern(length);
        CompletableFuture<Void> written =
                inBackground(() -> client.getOutputStream().write(bytes));
        peer.readExactly(length);
        written.join();
        CompletableFuture<Void> read =
                inBackground(() -> client.getInputStream().readNBytes(length));
        peer.write(bytes);
        read.join();
    }

    private interface Task {
        void run() throws IOException;
    }

    private static CompletableFuture<Void> inBackground(Task task) {
        return CompletableFuture.runAsync(() -> {
            try {
                task.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** In which each place looks different for a long way. */
    private static byte[] pattern(int length) {
        StringBuilder text = new StringBuilder(length + 16);
        for (int line = 0; text.length() < length; line++) {
            text.append("line ").append(line).append('\n');
        }
        return Arrays.copyOf(text.toString().getBytes(UTF_8), length);
    }
}
