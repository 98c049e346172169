package org.junitsockets.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the kernel knows about one end of a TCP connection, on Linux: a look at {@code /proc/net/tcp}
 * and {@code tcp6} (where Java's IPv4 sockets are too).
 *
 * @param state as the kernel writes it, in hex
 * @param unsent bytes that the other side's kernel has not taken; a reset throws them away
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_net.5.html">proc_net(5)</a>
 */
record TcpEntry(String state, long unsent) {

    private static final Path[] TABLES = {Path.of("/proc/net/tcp6"), Path.of("/proc/net/tcp")};

    /** ESTABLISHED, FIN_WAIT1 and FIN_WAIT2: in all others a FIN has come, or a reset. */
    private static final Set<String> WITHOUT_FIN = Set.of("01", "04", "05");

    /** The entry, or empty where the kernel does not show it. */
    static Optional<TcpEntry> of(InetSocketAddress local, InetSocketAddress remote) {
        String localPort = String.format(Locale.ROOT, ":%04X", local.getPort());
        String remotePort = String.format(Locale.ROOT, ":%04X", remote.getPort());
        for (Path table : TABLES) {
            try (Stream<String> lines = Files.lines(table)) {
                Optional<TcpEntry> entry = lines.map(line -> line.trim().split("\\s+"))
                        .filter(fields ->
                                fields.length > 4 && fields[1].endsWith(localPort) && fields[2].endsWith(remotePort))
                        .map(fields -> new TcpEntry(
                                fields[3], Long.parseLong(fields[4].substring(0, fields[4].indexOf(':')), 16)))
                        .findFirst();
                if (entry.isPresent()) {
                    return entry;
                }
            } catch (IOException | RuntimeException e) {
                // not Linux, or not readable: the next table, or nobody can tell
            }
        }
        return Optional.empty();
    }

    /** Whether the other side has not ended, whatever it has sent that nobody has read. */
    boolean isWithoutFin() {
        return WITHOUT_FIN.contains(state);
    }
}
