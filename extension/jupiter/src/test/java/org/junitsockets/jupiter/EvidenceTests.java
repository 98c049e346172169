package org.junitsockets.jupiter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a failing test shows and leaves behind; and that others show and leave nothing. */
class EvidenceTests {

    private static final Map<String, String> NO_FILES = Map.of("junitsockets.transcript", "never");

    private static final String SEED = "\n  seed 4711 (junitsockets.seed)";

    @TempDir
    private Path directory;

    @Test
    void anotherFailureGetsItSuppressedAndWithoutAStackTrace() {
        Throwable failure = Run.of(
                        EvidenceTestCases.Fails.class,
                        Map.of("junitsockets.transcript", "never", "junitsockets.seed", "4711"))
                .fails();
        assertThat(failure).hasMessage("the test's own");
        assertThat(failure.getSuppressed()).singleElement().satisfies(suppressed -> {
            assertThat(suppressed.getStackTrace()).isEmpty();
            assertThat(suppressed)
                    .hasMessageStartingWith("what was on the wire:\n  server 'server' at 127.0.0.1 port ")
                    .hasMessageContaining(": received 6 bytes \"PING\\r\\n\" [50 49 4e 47 0d 0a],"
                            + " sent 6 bytes \"PONG\\r\\n\" [50 4f 4e 47 0d 0a], ")
                    .message()
                    .containsPattern("0\\.000    \\|-- 6 bytes \"PING\\\\r\\\\n\" -+>\\|\n"
                            + " +\\d+\\.\\d{3}    \\|<-+ 6 bytes \"PONG\\\\r\\\\n\" --\\|")
                    .endsWith(SEED);
        });
    }

    @Test
    void ourOwnFailureEndsWithIt() {
        Throwable failure =
                Run.of(EvidenceTestCases.FailsByVerdict.class, NO_FILES).fails();
        assertThat(failure)
                .hasMessageContaining("failed on connection 1: expectLine(\"PONG\"): something else came")
                .message()
                .containsPattern("0\\.000    \\|-- 6 bytes \"PING\\\\r\\\\n\" -+>\\|\n");
        assertThat(failure.getSuppressed()).isEmpty();
    }

    @Test
    void aTestWithoutAServerOrClientHasNothingToShow() {
        Throwable failure =
                Run.of(EvidenceTestCases.FailsWithoutASocket.class, NO_FILES).fails();
        assertThat(failure.getSuppressed()).isEmpty();
    }

    @Test
    void whoServesAConnectionIsSaid() {
        assertThat(shownBy(EvidenceTestCases.FailsWithAHandler.class))
                .contains("sent 1 byte \"x\" [78], open")
                .contains("server: served by the handler on junit-sockets-");
    }

    @Test
    void onAServerOfTheClassItIsThatOfTheTest() {
        assertThat(shownBy(EvidenceTestCases.OnAServerOfTheClass.class))
                .contains("-- 6 bytes \"second\" --")
                .doesNotContain("-- 5 bytes \"first\" --");
    }

    @Test
    void aServerThatTheTestHasClosedIsShownToo() {
        assertThat(shownBy(EvidenceTestCases.ClosesItsServer.class)).contains("-- 6 bytes \"PING\\r\\n\" --");
    }

    /** Whose failure is not the factory's, which owns the server. */
    @Test
    void ofADynamicTestItIsReported() {
        Run run = Run.of(EvidenceTestCases.FailsDynamically.class, NO_FILES);
        assertThat(run.fails()).hasMessage("the test's own").hasNoSuppressedExceptions();
        assertThat(run.reports())
                .singleElement()
                .asString()
                .startsWith("what was on the wire:\n")
                .contains("-- 1 byte \"x\" --");
    }

    @Test
    void aClientOfAnotherServerIsShownFromItsOwnEnd() {
        assertThat(shownBy(EvidenceTestCases.ClientOfAnother.class))
                .contains("client 1 of ")
                .contains("client: connected")
                .containsPattern("\\|-- 1 byte \"x\" -+>\\|\n +\\d+\\.\\d{3}    \\|<-+ 1 byte \"x\" --\\|");
    }

    private static String shownBy(Class<?> testCases) {
        Throwable failure = Run.of(testCases, NO_FILES).fails();
        assertThat(failure).hasMessage("the test's own");
        assertThat(failure.getSuppressed()).hasSize(1);
        return String.valueOf(failure.getSuppressed()[0].getMessage());
    }

    // -- files -------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(classes = {EvidenceTestCases.Fails.class, EvidenceTestCases.FailsByVerdict.class})
    void aFailureIsPublished(Class<?> testCases) throws IOException {
        Published.run(testCases, Map.of("junitsockets.seed", "4711"), directory);
        assertThat(files())
                .hasSize(3)
                .zipSatisfy(
                        List.of("transcript.html", "transcript.pcapng", "transcript.txt"),
                        (file, name) -> assertThat(file).endsWith(Path.of("junit-sockets", name)));
        assertThat(text("transcript.txt"))
                .contains("EvidenceTestCases$" + testCases.getSimpleName() + " > test")
                .contains("50 49 4e 47 0d 0a")
                .contains("4711");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                EvidenceTestCases.Passes.class,
                EvidenceTestCases.Aborts.class,
                EvidenceTestCases.FailsWithoutASocket.class
            })
    void nothingElseIs(Class<?> testCases) throws IOException {
        Published.run(testCases, Map.of(), directory);
        assertThat(files()).isEmpty();
    }

    @Test
    void always() throws IOException {
        Published.run(EvidenceTestCases.Passes.class, Map.of("junitsockets.transcript", "always"), directory);
        assertThat(files()).hasSize(3);
        assertThat(text("transcript.txt")).contains("50 49 4e 47 0d 0a");
    }

    @Test
    void never() throws IOException {
        Published.run(EvidenceTestCases.Fails.class, NO_FILES, directory);
        assertThat(files()).isEmpty();
    }

    @Test
    void toADirectoryOfTheUsers() throws IOException {
        Path own = directory.resolve("own");
        Path published = directory.resolve("published");
        Published.run(
                EvidenceTestCases.FailsAgain.class,
                Map.of("junitsockets.transcript.directory", own.toString()),
                published);
        Path ofClass = own.resolve("org.junitsockets.jupiter.EvidenceTestCases_FailsAgain");
        assertThat(files()).hasSize(6).allMatch(file -> file.startsWith(own));
        assertThat(ofClass.resolve("test_repetition_1_of_2/transcript.txt")).isNotEmptyFile();
        assertThat(ofClass.resolve("test_repetition_2_of_2/transcript.txt")).isNotEmptyFile();
        Published.run(
                EvidenceTestCases.FailsAgain.class,
                Map.of("junitsockets.transcript.directory", own.toString()),
                published);
        assertThat(ofClass.resolve("test_repetition_1_of_2-2/transcript.txt")).isNotEmptyFile();
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsSaidAndHidesNothing() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        Run run = Run.of(
                EvidenceTestCases.FailsByVerdict.class, Map.of("junitsockets.transcript.directory", file.toString()));
        assertThat(run.fails()).hasMessageContaining("expectLine(\"PONG\"): something else came");
        assertThat(run.reports())
                .singleElement()
                .asString()
                .startsWith("the transcript could not be written: java.nio.file.FileSystemException: ");
    }

    @Test
    void aSecretIsNowhere() throws IOException {
        Map<String, String> parameters = Map.of(
                "junitsockets.transcript.mask",
                "PASS (\\S+)",
                "junitsockets.transcript.directory",
                directory.toString());
        Throwable failure =
                Run.of(EvidenceTestCases.FailsWithASecret.class, parameters).fails();
        assertThat(failure)
                .hasMessageContaining("expectLine(\"PASS *****\")")
                .hasMessageContaining("but was: 12 bytes \"PASS *******\" [50 41 53 53 20 2a 2a 2a 2a 2a 2a 2a]")
                .hasMessageContaining("|-- 14 bytes \"PASS *******\\r\\n\" --");
        assertThat(Run.stackTrace(failure)).doesNotContain(EvidenceTestCases.SECRET);
        assertThat(files())
                .hasSize(3)
                .allSatisfy(file -> assertThat(Files.readString(file, ISO_8859_1))
                        .contains("PASS *******")
                        .doesNotContain(EvidenceTestCases.SECRET)
                        .doesNotContainPattern(Pattern.compile("68 ?75 ?6e ?74 ?65 ?72 ?32")));
    }

    private List<Path> files() throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private String text(String name) throws IOException {
        for (Path file : files()) {
            if (file.endsWith(name)) {
                return Files.readString(file);
            }
        }
        throw new AssertionError(name + ": no such file among " + files());
    }
}
