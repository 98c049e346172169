package org.junitsockets.connection;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What the kernel has yet to deliver on a TCP connection, on Linux.
 *
 * <p>A reset throws away what the other side's kernel has not taken. The kernel shows how much that
 * is in {@code /proc/net/tcp} and {@code tcp6} (where Java's IPv4 sockets are too).
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_net.5.html">proc_net(5)</a>
 */
final class SendQueue {

    private static final Path[] TABLES = {Path.of("/proc/net/tcp6"), Path.of("/proc/net/tcp")};

    private SendQueue() {}

    /** Bytes in the send queue, or empty where this cannot be told. */
    static OptionalLong bytes(InetSocketAddress local, InetSocketAddress remote) {
        String localPort = String.format(Locale.ROOT, ":%04X", local.getPort());
        String remotePort = String.format(Locale.ROOT, ":%04X", remote.getPort());
        for (Path table : TABLES) {
            try (Stream<String> lines = Files.lines(table)) {
                OptionalLong bytes = lines.map(line -> line.trim().split("\\s+"))
                        .filter(fields ->
                                fields.length > 4 && fields[1].endsWith(localPort) && fields[2].endsWith(remotePort))
                        .mapToLong(fields -> Long.parseLong(fields[4].substring(0, fields[4].indexOf(':')), 16))
                        .findFirst();
                if (bytes.isPresent()) {
                    return bytes;
                }
            } catch (IOException | RuntimeException e) {
                // not Linux, or not readable: the next table, or nobody can tell
            }
        }
        return OptionalLong.empty();
    }
}
