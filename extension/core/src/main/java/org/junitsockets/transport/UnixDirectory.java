package org.junitsockets.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory for the sockets of this JVM, which only its owner may enter. It is there while anybody
 * uses it, and is deleted with all that is in it by the last one to leave, or when the JVM ends.
 *
 * <p>A JVM that is killed leaves it behind. Its name has the process, so that the next JVM deletes it.
 * Two containers may share a directory for temporary files and not know each other's processes: so the
 * name has the process namespace too, and another one's is let alone.
 */
final class UnixDirectory {

    /**
     * {@code sun_path} has 108 bytes with the NUL on Linux (unix(7)), and 104 on macOS and the BSDs.
     * What is handed out fits everywhere.
     */
    static final int LONGEST_PATH = 103;

    /** A separator, a letter and a number below 36^7. */
    private static final int LONGEST_FILE_NAME = 9;

    private static final String PREFIX = "junit-sockets-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "([0-9]+)-([0-9a-z]+)-[0-9a-z]+");
    private static final String NAMESPACE = namespace();
    private static final Path FALLBACK = Path.of("/tmp");

    private static final AtomicLong FILES = new AtomicLong();

    private static @Nullable Path current;
    private static int users;
    private static boolean firstIsMade;

    private UnixDirectory() {}

    /**
     * Returns the directory, which stays until {@link #leave()}.
     *
     * @throws IOException if there is none to be had; the message says what was tried
     */
    static synchronized Path enter() throws IOException {
        @Nullable Path directory = current;
        if (directory == null) {
            List<Path> parents = Stream.of(Path.of(System.getProperty("java.io.tmpdir")), FALLBACK)
                    .distinct()
                    .toList();
            directory = create(parents);
            current = directory;
            if (!firstIsMade) {
                firstIsMade = true;
                deleteAtEnd();
                for (Path parent : parents) {
                    deleteAbandoned(parent, directory);
                }
            }
        }
        users++;
        return directory;
    }

    /**
     * The last one to leave deletes it.
     *
     * @throws IOException if it cannot be deleted
     */
    static synchronized void leave() throws IOException {
        users--;
        @Nullable Path directory = current;
        if (users == 0 && directory != null) {
            current = null;
            delete(directory);
        }
    }

    /** A path in it that this JVM has never handed out before. */
    static Path newPath(Path directory) {
        return directory.resolve("s" + Long.toString(FILES.incrementAndGet(), Character.MAX_RADIX));
    }

    /** Creates one in the first of the directories where it can be and a path in it is not too long. */
    static Path create(List<Path> parents) throws IOException {
        String name = PREFIX + ProcessHandle.current().pid() + "-" + NAMESPACE + "-"
                + Long.toString(new SecureRandom().nextLong() >>> 24, Character.MAX_RADIX);
        List<String> reasons = new ArrayList<>();
        for (Path parent : parents) {
            Path directory = parent.toAbsolutePath().resolve(name);
            int longest = directory.toString().getBytes(UTF_8).length + LONGEST_FILE_NAME;
            if (longest > LONGEST_PATH) {
                reasons.add(
                        parent + " leads to a path of " + longest + " bytes (expected: at most " + LONGEST_PATH + ")");
                continue;
            }
            try {
                return Files.createDirectory(directory, onlyOwner(parent));
            } catch (IOException e) {
                reasons.add(parent + " takes no directory: " + e);
            }
        }
        throw new IOException("no directory for UNIX sockets: " + String.join("; ", reasons));
    }

    /** Mode 0700 from the first moment on; Windows keeps others out of a user's temporary files anyway. */
    private static FileAttribute<?>[] onlyOwner(Path parent) {
        return parent.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    private static void deleteAtEnd() {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(UnixDirectory::deleteCurrent));
        } catch (IllegalStateException e) {
            // the JVM is ending already: the next one deletes it, if nobody leaves it before
        }
    }

    private static synchronized void deleteCurrent() {
        @Nullable Path directory = current;
        if (directory != null) {
            try {
                delete(directory);
            } catch (IOException e) {
                // nobody is there to be told; the next JVM tries again
            }
        }
    }

    /**
     * Deletes what JVMs of the same user have left in a directory that are no more.
     *
     * @param own by which the user is known
     */
    static void deleteAbandoned(Path parent, Path own) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, PREFIX + "*")) {
            UserPrincipal user = Files.getOwner(own);
            for (Path entry : entries) {
                if (isAbandoned(entry, user)) {
                    deleteAbandoned(entry);
                }
            }
        } catch (IOException | UncheckedIOException | UnsupportedOperationException e) {
            // it is a favour to others, and no reason to fail
        }
    }

    private static void deleteAbandoned(Path directory) {
        try {
            delete(directory);
        } catch (IOException e) {
            // another JVM may do the same at this moment; one that cannot be deleted must not hide the rest
        }
    }

    private static boolean isAbandoned(Path entry, UserPrincipal user) throws IOException {
        Matcher name = NAME.matcher(entry.getFileName().toString());
        return name.matches()
                && name.group(2).equals(NAMESPACE)
                && !isAlive(name.group(1))
                && Files.isDirectory(entry, NOFOLLOW_LINKS)
                && user.equals(Files.getOwner(entry, NOFOLLOW_LINKS));
    }

    private static boolean isAlive(String pid) {
        try {
            return ProcessHandle.of(Long.parseLong(pid)).isPresent();
        } catch (NumberFormatException e) {
            return true; // too large for one: nothing of ours
        }
    }

    private static void delete(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            return; // somebody was faster
        }
        Files.deleteIfExists(directory);
    }

    /** The number of the process namespace on Linux, such as in {@code pid:[4026531836]}. */
    private static String namespace() {
        try {
            String link = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return Long.toString(Long.parseLong(link.replaceAll("[^0-9]", "")), Character.MAX_RADIX);
        } catch (IOException | RuntimeException e) {
            return "0"; // no Linux, or no /proc
        }
    }
}
