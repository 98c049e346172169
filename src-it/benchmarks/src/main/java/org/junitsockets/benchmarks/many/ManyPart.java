package org.junitsockets.benchmarks.many;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junitsockets.benchmarks.Jvm;
import org.junitsockets.benchmarks.Part;
import org.junitsockets.benchmarks.measure.Table;
import org.junitsockets.benchmarks.socket.OneByte;

/** Many servers and connections open at once, in a JVM with a small heap; this one has the clients. */
public final class ManyPart implements Part {

    private static final String HEAP = "-Xmx512m";
    private static final int SPARE_DESCRIPTORS = 500;

    private final int servers;
    private final int connections;
    private final List<Socket> clients = new ArrayList<>();

    public ManyPart(int servers, int connections) {
        this.servers = servers;
        this.connections = connections;
    }

    @Override
    public String name() {
        return "many";
    }

    @Override
    public void run(Table table) throws Exception {
        String what = servers + " servers, " + connections + " connections";
        long needed = servers + connections + SPARE_DESCRIPTORS;
        if (Footprint.mostDescriptors() < needed) {
            table.outcome(
                    name(),
                    what + ": ulimit -n is " + Footprint.mostDescriptors() + ", " + needed + " are needed at the least",
                    false);
            return;
        }
        int each = connections / servers;
        int echoing = servers / 5; // each waiting handler takes a selector, which is two descriptors more
        Process process = Jvm.start(
                Jvm.CLASS_PATH, ManyServers.class, List.of(HEAP), String.valueOf(servers - echoing), String.valueOf(echoing), String.valueOf(each));
        try (BufferedReader from =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                Writer to = process.outputWriter()) {
            CompletableFuture.delayedExecutor(5, TimeUnit.MINUTES).execute(process::destroyForcibly);
            String failure = converse(table, from, to, each);
            table.outcome(name(), what + " in " + HEAP + (failure == null ? "" : ": " + failure), failure == null);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    /** Does what the other JVM is waiting for, until it has closed all; returns what went wrong. */
    private String converse(Table table, BufferedReader from, Writer to, int each) throws IOException {
        for (String line = from.readLine(); line != null; line = from.readLine()) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "note" -> table.note(words[1]);
                case "ports" -> {
                    connect(words[1].split(" "), each);
                    go(to);
                }
                case "connected" -> {
                    table.note(String.format(Locale.ROOT, "one byte through each echo: %.1f us", echoAll()));
                    go(to);
                }
                case "closed" -> {
                    return null;
                }
                default -> {
                    return line;
                }
            }
        }
        return "the JVM ended without a word";
    }

    private void connect(String[] ports, int each) throws IOException {
        for (String port : ports) {
            for (int i = 0; i < each; i++) {
                Socket client = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
                client.setSoTimeout(30_000);
                clients.add(client);
            }
        }
    }

    private double echoAll() throws IOException {
        List<Socket> echoed = clients.subList(clients.size() * 4 / 5, clients.size());
        long start = System.nanoTime();
        for (Socket client : echoed) {
            OneByte.thereAndBack(client);
        }
        return (System.nanoTime() - start) / 1e3 / echoed.size();
    }

    private static void go(Writer to) throws IOException {
        to.write("go\n");
        to.flush();
    }
}
