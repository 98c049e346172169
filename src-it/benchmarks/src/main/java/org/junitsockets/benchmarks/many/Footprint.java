package org.junitsockets.benchmarks.many;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What this JVM takes at the moment; 0 where the system does not tell.
 *
 * @param heap bytes that are in use after a collection
 * @param resident bytes of memory in all
 */
record Footprint(long heap, long resident, long threads, long descriptors) {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path LIMITS = Path.of("/proc/self/limits");

    static Footprint take() throws IOException {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return new Footprint(
                runtime.totalMemory() - runtime.freeMemory(),
                status("VmRSS:") * 1024,
                status("Threads:"),
                openDescriptors());
    }

    /** How many descriptors a process like this one may open. */
    static long mostDescriptors() throws IOException {
        String limit = find(LIMITS, "Max open files", 3);
        return limit.isEmpty() || limit.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(limit);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.1f MiB of heap, %.0f MiB resident, %d threads, %d descriptors",
                heap / 1048576.0,
                resident / 1048576.0,
                threads,
                descriptors);
    }

    private static long openDescriptors() throws IOException {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            return all.count();
        }
    }

    private static long status(String key) throws IOException {
        String value = find(STATUS, key, 1);
        return value.isEmpty() ? 0 : Long.parseLong(value);
    }

    private static String find(Path file, String key, int word) throws IOException {
        if (!Files.isReadable(file)) {
            return "";
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.split("\\s+")[word])
                    .findFirst()
                    .orElse("");
        }
    }
}
