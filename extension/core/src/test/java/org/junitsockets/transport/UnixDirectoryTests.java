package org.junitsockets.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junitsockets.Transport;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.ListeningEndpoint;

@Isolated("it starts processes, and looks whether the last one to use the directory of the JVM deletes it")
@EnabledOnOs({OS.LINUX, OS.MAC})
class UnixDirectoryTests {

    private static final EndpointOptions DEFAULTS = new EndpointOptions(5, 0, 0);

    private final UnixStreams streams = new UnixStreams();

    @BeforeEach
    void available() {
        assumeThat(streams.unavailableBecause(Transport.UNIX)).isEmpty();
    }

    private static Path pathOf(ListeningEndpoint listener) {
        return ((UnixDomainSocketAddress) listener.localAddress()).getPath();
    }

    @Test
    void onlyItsOwnerMayEnterAndTheLastToCloseDeletesIt() throws Exception {
        Path directory;
        try (ListeningEndpoint first = streams.listen(Transport.UNIX, DEFAULTS)) {
            directory = requireNonNull(pathOf(first).getParent());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
            ListeningEndpoint second = streams.listen(Transport.UNIX, DEFAULTS);
            assertThat(pathOf(second).getParent()).isEqualTo(directory);
            second.close();
            assertThat(pathOf(second)).doesNotExist();
            assertThat(pathOf(first)).exists();
            Files.createFile(directory.resolve("whatever a test puts there"));
        }
        assertThat(directory).doesNotExist();
        try (ListeningEndpoint next = streams.listen(Transport.UNIX, DEFAULTS)) {
            assertThat(pathOf(next).getParent()).isNotEqualTo(directory).isDirectory();
        }
    }

    @Test
    void aPathIsNeverHandedOutAgain() throws Exception {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            try (ListeningEndpoint listener = streams.listen(Transport.UNIX, DEFAULTS)) {
                assertThat(names.add(pathOf(listener).getFileName().toString())).isTrue();
            }
        }
    }

    // -- where it is created -----------------------------------------------------------------------

    @Test
    void itIsCreatedInTheFirstPlaceWhereAPathIsShortEnough(@TempDir Path place) throws Exception {
        Path shortOne = Files.createDirectory(place.resolve("s"));
        Path created = UnixDirectory.create(List.of(Path.of("/" + "x".repeat(90)), place.resolve("none"), shortOne));
        assertThat(created).isDirectory().hasParentRaw(shortOne);
        Files.delete(created);
    }

    @Test
    void thePlaceIsTakenAsLongAsAPathInItFits(@TempDir Path place) throws Exception {
        Path created = UnixDirectory.create(List.of(place));
        Files.delete(created);
        for (int length = 1; length <= 60; length++) {
            Path parent = Files.createDirectory(place.resolve("d".repeat(length)));
            try {
                created = UnixDirectory.create(List.of(parent));
            } catch (IOException e) {
                assertThat(length).as("the first length that is too long").isGreaterThan(5);
                return;
            }
            Path file = created.resolve("szzzzzzz"); // the longest name there is
            assertThat(file.toString().length()).isLessThanOrEqualTo(UnixDirectory.LONGEST_PATH);
            Files.delete(created);
        }
        throw new AssertionError("a path of any length was found short enough");
    }

    @Test
    void whereThereIsNoPlaceEachIsNamedWithTheReason(@TempDir Path place) {
        Path tooLong = Path.of("/" + "x".repeat(90));
        Path none = place.resolve("none");
        assertThatThrownBy(() -> UnixDirectory.create(List.of(tooLong, none)))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("no directory for UNIX sockets: " + tooLong
                        + " leads to a path of 1\\d\\d bytes \\(expected: at most 103\\); " + none
                        + " takes no directory: java\\.nio\\.file\\.NoSuchFileException: .*");
    }

    @Test
    void aTooLongDirectoryForTemporaryFilesIsReplacedByTmp(@TempDir Path place) throws Exception {
        Path tooLong = Files.createDirectories(place.resolve("x".repeat(90)));
        assumeThat(Path.of("/tmp")).isDirectory();
        Path directory = waiting("-Djava.io.tmpdir=" + tooLong).killed();
        assertThat(directory).hasParentRaw(Path.of("/tmp"));
        assertThat(directory).isDirectory();
        waiting("-Djava.io.tmpdir=" + tooLong).exited();
        assertThat(directory).doesNotExist();
    }

    // -- a JVM that ends ---------------------------------------------------------------------------

    @Test
    void anExitWithoutACloseDeletesIt(@TempDir Path place) throws Exception {
        Path directory = waiting("-Djava.io.tmpdir=" + place).exited();
        assertThat(directory).hasParentRaw(place).doesNotExist();
    }

    @Test
    void anExceptionThatEndsTheJvmDoesSoToo(@TempDir Path place) throws Exception {
        Path directory = waiting("-Djava.io.tmpdir=" + place).died();
        assertThat(directory).hasParentRaw(place).doesNotExist();
    }

    @Test
    void whatAKilledJvmLeavesTheNextOneDeletes(@TempDir Path place) throws Exception {
        Path killed = waiting("-Djava.io.tmpdir=" + place).killed();
        assertThat(killed).isDirectory();
        Child alive = waiting("-Djava.io.tmpdir=" + place);
        assertThat(killed).doesNotExist();
        waiting("-Djava.io.tmpdir=" + place).exited();
        assertThat(alive.directory()).as("of a JVM that lives").isDirectory();
        alive.exited();
        assertThat(place).isEmptyDirectory();
    }

    @Test
    void onlyDirectoriesOfDeadProcessesAreDeleted(@TempDir Path place) throws Exception {
        Path own = UnixDirectory.create(List.of(place));
        String[] parts = own.getFileName().toString().split("-", -1); // junit-sockets-PID-NAMESPACE-RANDOM
        String dead = "junit-sockets-" + deadProcess() + "-";
        Path abandoned = Files.createDirectory(place.resolve(dead + parts[3] + "-1"));
        Files.createFile(abandoned.resolve("s1"));
        Path target = Files.createDirectory(place.resolve("target"));
        Files.createFile(target.resolve("kept"));
        List<Path> kept = List.of(
                own,
                target,
                Files.createDirectory(place.resolve(dead + "othernamespace-2")),
                Files.createDirectory(
                        place.resolve("junit-sockets-" + ProcessHandle.current().pid() + "-" + parts[3] + "-3")),
                Files.createDirectory(place.resolve("junit-sockets-report")),
                Files.createDirectory(place.resolve("junit-sockets-" + "9".repeat(30) + "-" + parts[3] + "-4")),
                Files.createFile(place.resolve(dead + parts[3] + "-5")),
                Files.createSymbolicLink(place.resolve(dead + parts[3] + "-6"), target));
        UnixDirectory.deleteAbandoned(place, own);
        assertThat(abandoned).doesNotExist();
        assertThat(kept).allSatisfy(path -> assertThat(Files.exists(path)).isTrue());
        assertThat(target.resolve("kept")).exists();
        UnixDirectory.deleteAbandoned(place.resolve("none"), own); // is no reason to fail
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDirectoryOfAnotherUserStays(@TempDir Path place) throws Exception {
        Path own = UnixDirectory.create(List.of(place));
        String[] parts = own.getFileName().toString().split("-", -1);
        Path others = Files.createDirectory(place.resolve("junit-sockets-" + deadProcess() + "-" + parts[3] + "-1"));
        try {
            Files.setAttribute(others, "unix:uid", 65_534);
        } catch (IOException e) {
            assumeThat(e).as("only root can give a directory to another user").isNull();
        }
        UnixDirectory.deleteAbandoned(place, own);
        assertThat(others).isDirectory();
    }

    @Test
    void anExistingDirectoryIsNeverTakenOver(@TempDir Path place) throws Exception {
        Path own = UnixDirectory.create(List.of(place));
        assertThatThrownBy(() -> Files.createDirectory(own)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(UnixDirectory.create(List.of(place))).isNotEqualTo(own);
    }

    private static long deadProcess() throws Exception {
        Process process = new ProcessBuilder(java(), "--version")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.pid();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Where the class was loaded from: a patched module does not say where its tests are. */
    private static Path rootOf(Class<?> type) throws Exception {
        String file = "/" + type.getName().replace('.', '/') + ".class";
        String location = type.getResource(file).toString();
        return Path.of(URI.create(location.substring(0, location.length() - file.length())));
    }

    /** Starts a JVM that has opened a server, and waits for a line that says how it is to end. */
    private static Child waiting(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(Arrays.asList(options));
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-classpath",
                rootOf(Transport.class) + File.pathSeparator + rootOf(UnixServerTestCases.class),
                UnixServerTestCases.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        String line = output.readLine();
        assertThat(line).as("what the child printed").startsWith("/");
        return new Child(process, requireNonNull(Path.of(line).getParent()));
    }

    private record Child(Process process, Path directory) {

        Path exited() throws Exception {
            return end("exit", 7);
        }

        Path died() throws Exception {
            return end("throw", 1);
        }

        Path killed() throws Exception {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return directory;
        }

        private Path end(String how, int status) throws Exception {
            try (OutputStream input = process.getOutputStream()) {
                input.write((how + "\n").getBytes(UTF_8));
            }
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(status);
            return directory;
        }
    }
}
