package org.junitsockets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("a process that is being started shares the sockets of this one for a moment: a close is not felt then")
class LargeTransferTests {

    private static final Pattern GREW = Pattern.compile("grew by (-?\\d+)");
    private static final int KEPT = 256 * 1024;

    /** Of it only the last 256 KiB are kept at each end, in a heap that would not hold a sixtieth of it. */
    @Test
    @Timeout(180)
    void aGibibyteIsRecordedInASmallHeap(@TempDir Path directory) throws Exception {
        Path output = directory.resolve("output.txt");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx16m",
                        "-XX:MaxDirectMemorySize=4m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-classpath",
                        rootOf(SocketServer.class) + File.pathSeparator + rootOf(LargeTransfer.class),
                        LargeTransfer.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(child.waitFor(150, TimeUnit.SECONDS))
                    .as("whether it ended in time")
                    .isTrue();
        } finally {
            child.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(output);
        assertThat(lines)
                .startsWith(
                        "read " + LargeTransfer.TOTAL,
                        "sent " + (LargeTransfer.TOTAL - KEPT) + " + " + KEPT,
                        "received " + (LargeTransfer.TOTAL - KEPT) + " + " + KEPT)
                .hasSize(4);
        Matcher grew = GREW.matcher(lines.get(3));
        assertThat(grew.matches()).as(lines.get(3)).isTrue();
        assertThat(Long.parseLong(grew.group(1))).as(lines.get(3)).isLessThan(2 * 1024 * 1024);
        assertThat(child.exitValue()).isZero();
    }

    /** Where the class was loaded from: a patched module does not say where its tests are. */
    private static Path rootOf(Class<?> type) throws Exception {
        String file = "/" + type.getName().replace('.', '/') + ".class";
        String location = type.getResource(file).toString();
        return Path.of(URI.create(location.substring(0, location.length() - file.length())));
    }
}
