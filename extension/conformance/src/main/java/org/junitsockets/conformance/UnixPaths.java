package org.junitsockets.conformance;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.locks.LockSupport;
import org.opentest4j.TestAbortedException;

/** Point 9: what a UNIX listener leaves in the file system, and what it does not. */
final class UnixPaths {

    /** What {@code sun_path} of {@code struct sockaddr_un} holds on Linux. */
    private static final int SUN_PATH = 108;

    private static final long BETWEEN_LOOKS_NANOS = 1_000_000;

    private UnixPaths() {}

    static void fits(Trial trial) throws Exception {
        Path path = pathOf(trial.listen());
        int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length >= SUN_PATH) {
            throw new AssertionError(
                    "path " + path + ": found " + Bytes.count(length) + " (expected: fewer than " + SUN_PATH + ")");
        }
    }

    static void unlinked(Trial trial) throws Exception {
        Listener listener = trial.listen();
        Path path = pathOf(listener);
        expect(Files.exists(path), "path " + path + " of an open listener", "no file", "a socket");
        trial.pair(listener);
        listener.close();
        expect(Files.notExists(path), "path " + path + " of a closed listener", "a file", "it to be unlinked");
    }

    static void directory(Trial trial) throws Exception {
        Listener listener = trial.listen();
        Path directory = directoryOf(listener);
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(directory));
        expect(mode.equals("rwx------"), "mode of directory " + directory, mode, "rwx------");
        Path path = pathOf(listener).normalize();
        listener.close();
        awaitRemoval(trial, directory, path);
    }

    /** It stays as long as it has sockets of others, such as those of tests that run beside this one. */
    private static void awaitRemoval(Trial trial, Path directory, Path path) throws IOException {
        long end = Timeouts.endOf(trial.patience());
        while (Files.exists(directory)) {
            if (Timeouts.isPast(end)) {
                trial.skipUnless(
                        !hasOthers(directory, path), "directory " + directory + " has sockets of others all the time");
                throw new AssertionError("directory " + directory
                        + " of a closed listener: found it is there (expected: it to be removed)");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    private static boolean hasOthers(Path directory, Path path) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (!file.equals(path)) {
                    return true;
                }
            }
        }
        return false;
    }

    static void staleRefuses(Trial trial) throws Exception {
        Listener listener = trial.listen();
        Path path = pathOf(listener).normalize();
        Path directory = directoryOf(listener);
        trial.listen(); // so that a directory of several is not removed meanwhile
        listener.close();
        boolean made = Files.notExists(directory);
        if (made) {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        try {
            try (ServerSocketChannel dying = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                Files.deleteIfExists(path);
                dying.bind(UnixDomainSocketAddress.of(path));
            }
            Outcome.failed(
                    trial.start("a connect", listener::connect),
                    trial.patience(),
                    "an IOException, as the file is stale");
        } finally {
            Files.deleteIfExists(path);
            if (made) {
                Files.deleteIfExists(directory);
            }
        }
    }

    private static Path pathOf(Listener listener) throws IOException {
        if (listener.address() instanceof UnixDomainSocketAddress unix) {
            return unix.getPath();
        }
        throw new TestAbortedException("what is under test has no path, but listens on " + listener.address());
    }

    private static Path directoryOf(Listener listener) throws IOException {
        Path directory = pathOf(listener).normalize().getParent();
        if (directory == null) {
            throw new AssertionError("path " + pathOf(listener) + ": found no directory (expected: one of its own)");
        }
        return directory;
    }

    private static void expect(boolean condition, String what, String found, String expected) {
        if (!condition) {
            throw new AssertionError(what + ": found " + found + " (expected: " + expected + ")");
        }
    }
}
