package org.junitsockets.testcontainers.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Location;
import org.junitsockets.testcontainers.agent.Agent;

/** The agent's class path and its secret, as they are copied into the container. */
final class AgentFiles {

    /** Where they are in the container. */
    private static final String DIRECTORY = "junit-sockets";

    static final String SECRET = "/" + DIRECTORY + "/secret";
    static final String CLASS_PATH = "/" + DIRECTORY + "/core.jar:/" + DIRECTORY + "/testcontainers.jar";

    private AgentFiles() {}

    /**
     * Makes an archive to be unpacked at the root of the container.
     *
     * @throws IOException if the classes cannot be read, such as where they are linked into a runtime
     */
    static byte[] archive(byte[] secret) throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream(1 << 20);
        try (Tar tar = new Tar(archive)) {
            tar.directory(DIRECTORY, 0700);
            tar.file(DIRECTORY + "/core.jar", 0600, jar(Location.class));
            tar.file(DIRECTORY + "/testcontainers.jar", 0600, jar(Agent.class));
            tar.file(DIRECTORY + "/secret", 0600, secret);
        }
        return archive.toByteArray();
    }

    /** The archive that has a class, which is made where that is in a directory. */
    static byte[] jar(Class<?> member) throws IOException {
        Path source = sourceOf(member);
        return Files.isDirectory(source) ? pack(source) : Files.readAllBytes(source);
    }

    private static Path sourceOf(Class<?> member) throws IOException {
        @Nullable CodeSource source = member.getProtectionDomain().getCodeSource();
        String found = source == null ? "nothing" : String.valueOf(source.getLocation());
        if (source != null && source.getLocation() != null) {
            try {
                URI location = source.getLocation().toURI();
                if ("file".equals(location.getScheme())) {
                    return Path.of(location);
                }
            } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
                found = source.getLocation() + " (" + e.getMessage() + ")";
            }
        }
        throw new IOException("where " + member.getName() + " comes from: found " + found
                + " (expected: a jar or a directory, which can be copied into a container)");
    }

    private static byte[] pack(Path directory) throws IOException {
        ByteArrayOutputStream jar = new ByteArrayOutputStream(1 << 20);
        try (ZipOutputStream zip = new ZipOutputStream(jar, UTF_8);
                Stream<Path> files = Files.walk(directory)) {
            zip.setLevel(0);
            List<Path> regular = files.filter(Files::isRegularFile).sorted().toList();
            for (Path file : regular) {
                zip.putNextEntry(new ZipEntry(String.join("/", names(directory.relativize(file)))));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
        return jar.toByteArray();
    }

    private static List<String> names(Path relative) {
        return Stream.iterate(0, index -> index + 1)
                .limit(relative.getNameCount())
                .map(index -> relative.getName(index).toString())
                .toList();
    }
}
