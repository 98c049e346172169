package org.junitsockets.benchmarks.socket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Sockets in TIME_WAIT, as Linux tells; elsewhere there seem to be none. */
public final class TimeWait {

    private static final Path SUMMARY = Path.of("/proc/net/sockstat");
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final String STATE = "06";
    private static final int FEW = 100;

    /** A little longer than the kernel's minute: those that are there then are somebody else's. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(65);

    private TimeWait() {}

    /** How many there are. */
    public static long count() throws IOException {
        if (!Files.isReadable(SUMMARY)) {
            return 0;
        }
        for (String line : Files.readAllLines(SUMMARY)) {
            String[] words = line.split(" ");
            for (int i = 1; line.startsWith("TCP:") && i + 1 < words.length; i++) {
                if (words[i].equals("tw")) {
                    return Long.parseLong(words[i + 1]);
                }
            }
        }
        return 0;
    }

    /** How many different local ports they keep. */
    public static long ports() throws IOException {
        List<String> ports = new ArrayList<>();
        for (Path table : TABLES) {
            if (Files.isReadable(table)) {
                try (Stream<String> lines = Files.lines(table)) {
                    lines.map(line -> line.trim().split("\\s+"))
                            .filter(fields -> fields.length > 3 && fields[3].equals(STATE))
                            .map(fields -> fields[1].substring(fields[1].indexOf(':')))
                            .forEach(ports::add);
                }
            }
        }
        return ports.stream().distinct().count();
    }

    /** Waits until those of earlier work are gone, and says so if somebody else goes on making them. */
    public static void awaitNone(Consumer<String> warnings) throws IOException {
        long start = System.nanoTime();
        while (count() > FEW && System.nanoTime() - start < LONGEST_NANOS) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200)); // nobody tells when one ends
        }
        long left = count();
        if (left > FEW) {
            warnings.accept("WARNING: " + left + " sockets of others are in TIME_WAIT, and binds may be slow for that");
        }
    }
}
