package org.junitsockets.benchmarks.many;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junitsockets.Echo;
import org.junitsockets.SocketServer;

/**
 * What runs in the small JVM: the servers. Its clients are in the JVM that has started it, so what
 * is measured here is the library's.
 *
 * <p>It says its ports, waits for a line when all are connected, and for another one before it closes.
 */
final class ManyServers {

    private final int plain;
    private final int echoing;
    private final int connectionsEach;
    private final List<SocketServer> servers = new ArrayList<>();

    private ManyServers(int plain, int echoing, int connectionsEach) {
        this.plain = plain;
        this.echoing = echoing;
        this.connectionsEach = connectionsEach;
    }

    public static void main(String[] args) {
        Casualties casualties = Casualties.count();
        ManyServers many = new ManyServers(
                Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        try {
            many.run(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
            say(casualties.isNone() ? "closed" : "failed " + casualties);
        } catch (Throwable e) { // an OutOfMemoryError too: it is what is to be found out
            say("failed " + e.toString().lines().findFirst().orElseThrow() + "; " + casualties);
        }
        System.exit(0);
    }

    private void run(BufferedReader instructions) throws IOException {
        start("to load the classes", 1, builder -> {});
        start("to load the classes", 1, builder -> builder.handler(new Echo()));
        servers.forEach(SocketServer::close);
        servers.clear();
        Footprint before = Footprint.take();
        start("without a handler", plain, builder -> {});
        Footprint idle = Footprint.take();
        say("note idle server without a handler: " + each(before, idle, plain));
        start("with Echo", echoing, builder -> builder.handler(new Echo()));
        Footprint served = Footprint.take();
        say("note idle server with Echo: " + each(idle, served, echoing));
        say("ports "
                + servers.stream().map(SocketServer::port).map(String::valueOf).collect(Collectors.joining(" ")));
        instructions.readLine();

        for (SocketServer server : servers.subList(0, plain)) {
            for (int i = 0; i < connectionsEach; i++) {
                server.accept();
            }
        }
        servers.subList(plain, servers.size()).forEach(server -> server.awaitConnections(connectionsEach));
        Footprint connected = Footprint.take();
        say("note idle connection, either kind: " + each(served, connected, servers.size() * connectionsEach));
        say("note all open: " + connected);
        say("connected");
        instructions.readLine();

        long start = System.nanoTime();
        servers.forEach(SocketServer::close);
        say("note all closed in " + (System.nanoTime() - start) / 1_000_000 + " ms; then " + Footprint.take());
    }

    private void start(String what, int count, Consumer<SocketServer.Builder> setup) {
        for (int i = 0; i < count; i++) {
            SocketServer.Builder builder = SocketServer.builder();
            setup.accept(builder);
            try {
                servers.add(builder.start());
            } catch (RuntimeException | Error e) {
                throw new IllegalStateException("server " + (i + 1) + " of " + count + " " + what + ": " + e, e);
            }
        }
    }

    private static String each(Footprint before, Footprint after, int count) {
        return String.format(
                Locale.ROOT,
                "%,d bytes of heap, %,d bytes resident, %.2f threads, %.2f descriptors",
                (after.heap() - before.heap()) / count,
                (after.resident() - before.resident()) / count,
                (double) (after.threads() - before.threads()) / count,
                (double) (after.descriptors() - before.descriptors()) / count);
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
