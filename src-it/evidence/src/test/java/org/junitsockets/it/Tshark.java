package org.junitsockets.it;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Wireshark without its windows, on one capture. */
final class Tshark {

    private final Path directory;

    Tshark(Path directory) {
        this.directory = directory;
    }

    /**
     * Prints what it makes of the packets, every checksum verified. It looks no further than TCP and UDP: what
     * is above may be anything, whatever protocol the port happens to be known for.
     */
    String run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "tshark",
                "-n",
                "-r",
                directory.resolve("transcript.pcapng").toString(),
                "-o",
                "ip.check_checksum:TRUE",
                "-o",
                "tcp.check_checksum:TRUE",
                "-o",
                "udp.check_checksum:TRUE",
                "-d",
                "tcp.port==1024-65535,data",
                "-d",
                "udp.port==1024-65535,data"));
        command.addAll(List.of(arguments));
        return Programs.run(directory, command);
    }

    /** The packets that a filter lets through. */
    List<String> packets(String filter) throws Exception {
        return run("-Y", filter).lines().toList();
    }

    /** One line for each packet that a filter lets through, its fields between bars. */
    List<String> fields(String filter, String... fields) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-Y", filter, "-T", "fields", "-E", "separator=|"));
        for (String field : fields) {
            arguments.addAll(List.of("-e", field));
        }
        return run(arguments.toArray(new String[0])).lines().toList();
    }

    /** What "follow stream" shows: the bytes that each port sent. */
    Map<Integer, byte[]> follow(int stream) throws Exception {
        Map<Integer, byte[]> sent = new HashMap<>();
        ByteArrayOutputStream[] nodes = {new ByteArrayOutputStream(), new ByteArrayOutputStream()};
        int[] ports = new int[2];
        for (String line : run("-q", "-z", "follow,tcp,raw," + stream).lines().toList()) {
            if (line.startsWith("Node ")) {
                ports[line.charAt(5) - '0'] = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
            } else if (line.matches("\t?[0-9a-f]+")) {
                nodes[line.startsWith("\t") ? 1 : 0].writeBytes(HexFormat.of().parseHex(line.trim()));
            }
        }
        sent.put(ports[0], nodes[0].toByteArray());
        sent.put(ports[1], nodes[1].toByteArray());
        return sent;
    }
}
