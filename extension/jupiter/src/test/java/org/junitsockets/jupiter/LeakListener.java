package org.junitsockets.jupiter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;
import org.junitsockets.work.Workers;

/**
 * Says {@code LEAK:} at the end of a whole run if this process still listens somewhere, or a thread of
 * the library's is still busy. CI fails on that word.
 */
public final class LeakListener implements TestExecutionListener {

    /** For the service loader. */
    public LeakListener() {}

    @Override
    public void testPlanExecutionFinished(TestPlan testPlan) {
        Set<String> listening = listening();
        if (!listening.isEmpty()) {
            System.out.println("LEAK: still listening at " + listening);
        }
        int busy = awaitIdle();
        if (busy > 0) {
            System.out.println("LEAK: " + busy + " threads still busy");
        }
    }

    /** A thread that has let go of everything may still be on its way back: returns how many never get there. */
    static int awaitIdle() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (Workers.running() > 0 && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(100_000);
        }
        return Workers.running();
    }

    /** The addresses, in the kernel's hex, at which a socket of this process listens. */
    static Set<String> listening() {
        Set<String> own = ownSockets();
        Set<String> addresses = new TreeSet<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : lines(Path.of(table))) {
                List<String> fields = List.of(line.trim().split("\\s+", -1));
                boolean listens = fields.size() > 9 && fields.get(3).equals("0A");
                if (listens && own.contains("socket:[" + fields.get(9) + "]")) {
                    addresses.add(fields.get(1));
                }
            }
        }
        return addresses;
    }

    /** The sockets that this process has open, by their inode, such as {@code socket:[4711]}. */
    static Set<String> ownSockets() {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return Set.of(); // not Linux
        }
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.map(LeakListener::target)
                    .filter(target -> target.startsWith("socket:"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // that of the listing itself, gone by now
        }
    }

    private static List<String> lines(Path table) {
        try {
            return Files.exists(table) ? Files.readAllLines(table) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
