package org.junitsockets.testcontainers.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What native code of this machine needs to run where there is nothing else. */
final class SharedLibraries {

    /** {@code libz.so.1 => /lib/libz.so.1 (0x...)}, or the loader alone: {@code /lib64/ld-linux-x86-64.so.2 (0x...)}. */
    private static final Pattern FOUND = Pattern.compile("(?m)^\\s+(?:\\S+ => )?(/\\S+) \\(0x[0-9a-f]+\\)$");

    private static final Pattern MISSING = Pattern.compile("(?m)^\\s+(\\S+) => not found$");

    /** Names are resolved by these, which older C libraries load when they are first asked. */
    private static final List<String> NAME_SERVICE = List.of("libnss_files.so.2", "libnss_dns.so.2", "libresolv.so.2");

    private SharedLibraries() {}

    /**
     * Finds all that is loaded with some binaries, and the loader.
     *
     * @param output where {@code ldd} may write what it says
     * @return absolute paths
     * @throws IOException if something is missing, or there is no {@code ldd}
     */
    static Set<Path> of(Collection<Path> binaries, Path output) throws IOException {
        List<String> command = new ArrayList<>(List.of("ldd"));
        for (Path binary : binaries) {
            command.add(binary.toString());
        }
        Set<String> own = new HashSet<>(); // the launcher has loaded them by the time that others need them
        for (Path binary : binaries) {
            own.add(binary.getFileName().toString());
        }
        Set<Path> libraries = parse(Program.run(command, output, Duration.ofSeconds(60)), own);
        for (Path library : List.copyOf(libraries)) {
            if (library.getFileName().toString().startsWith("libc.so")) {
                for (String name : NAME_SERVICE) {
                    Path service = library.resolveSibling(name);
                    if (Files.exists(service)) {
                        libraries.add(service);
                    }
                }
            }
        }
        return libraries;
    }

    /**
     * Reads what {@code ldd} says.
     *
     * @param own names of libraries that need not be found
     */
    static Set<Path> parse(String said, Set<String> own) throws IOException {
        Matcher missing = MISSING.matcher(said);
        while (missing.find()) {
            if (own.contains(missing.group(1))) {
                continue;
            }
            throw new IOException("found no library " + missing.group(1) + " (expected: all that ldd names)");
        }
        Set<Path> libraries = new TreeSet<>();
        Matcher found = FOUND.matcher(said);
        while (found.find()) {
            libraries.add(Path.of(found.group(1)));
        }
        return libraries;
    }
}
