package org.junitsockets.samples.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The server under test: it keeps texts and counters. A command is a line, and so is its answer:
 *
 * <pre>
 * SET name text    OK
 * GET name         VALUE text, or NONE
 * INCR name        VALUE number, from 1 on
 * </pre>
 *
 * <p>Each client has a thread. What follows the last line end is no command; a line that is too long
 * is skipped, and said to be.
 */
final class LineServer implements AutoCloseable {

    static final int LONGEST_LINE = 64 * 1024;

    /** How long a client that does not read can hold up the end. */
    private static final long GRACE_MILLIS = 200;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Thread acceptor = new Thread(this::accept, "line-server");
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final Map<String, String> values = new ConcurrentHashMap<>();
    private final Consumer<String> log;

    /** Starts on a free port. What goes wrong with a client is logged, and is that client's alone. */
    LineServer(Consumer<String> log) throws IOException {
        this.log = log;
        acceptor.start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                clients.add(client);
                threads.execute(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(client.getInputStream());
            for (byte @Nullable [] line = readLine(in); line != null; line = readLine(in)) {
                client.getOutputStream().write((answer(line) + "\n").getBytes(UTF_8));
            }
        } catch (IOException e) {
            log.accept(client.getRemoteSocketAddress() + ": " + e.getMessage());
        } finally {
            clients.remove(client);
        }
    }

    /** Returns the next line without its LF, no longer than it takes to tell, or null at the end. */
    private static byte @Nullable [] readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 && line.size() > 0) {
                throw new IOException("ended in the middle of a line");
            }
            if (next < 0) {
                return null;
            }
            if (line.size() <= LONGEST_LINE) {
                line.write(next);
            }
        }
        return line.toByteArray();
    }

    private String answer(byte[] line) {
        if (line.length > LONGEST_LINE) {
            return "ERROR line too long";
        }
        String[] words = new String(line, UTF_8).replaceFirst("\r$", "").split(" ", 3);
        if (words[0].equals("SET") && words.length == 3) {
            values.put(words[1], words[2]);
            return "OK";
        }
        if (words[0].equals("GET") && words.length == 2) {
            @Nullable String value = values.get(words[1]);
            return value == null ? "NONE" : "VALUE " + value;
        }
        if (words[0].equals("INCR") && words.length == 2) {
            try {
                return "VALUE " + values.merge(words[1], "1", (old, one) -> String.valueOf(Long.parseLong(old) + 1));
            } catch (NumberFormatException e) {
                return "ERROR not a number";
            }
        }
        return "ERROR unknown command";
    }

    /** Takes no more clients, answers what it has read, and ends all connections. */
    @Override
    public void close() throws IOException {
        listener.close();
        try {
            acceptor.join();
            clients.forEach(LineServer::endInput);
            threads.shutdown();
            threads.awaitTermination(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Socket left : clients) {
            left.close();
        }
    }

    /** From here on it reads as if the client had ended. */
    private static void endInput(Socket client) {
        try {
            client.shutdownInput();
        } catch (IOException e) {
            // it has just ended
        }
    }
}
