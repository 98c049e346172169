package org.junitsockets.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitsockets.harness.cases.FailingTestCases;

/** The command line in a JVM of its own, with everything but the test cases on the module path. */
class ModulePathTests {

    private static final long BOUND_SECONDS = 60;

    @TempDir
    Path directory;

    private String classPath = location(FailingTestCases.class);

    @Test
    void versionIsThatOfTheModule() throws Exception {
        assertThat(run("--version")).isEqualTo(ExitCode.ALL_PASSED);
        assertThat(output())
                .isEqualToIgnoringNewLines("junit-sockets-harness " + System.getProperty("junitsockets.version"));
    }

    @Test
    void failingSuite() throws Exception {
        assertThat(run("-c", FailingTestCases.class.getName())).isEqualTo(ExitCode.FAILURES);
        assertThat(output()).contains("FailingTestCases: 2 tests, 1 failed").contains("1) FailingTestCases > fails()");
    }

    @Test
    void locationWhoseArtifactIsNotThere() throws Exception {
        classPath = ""; // on which the tests have what stands for it
        assertThat(run("-c", "org.example.EchoTests", "--location", "in-process,container"))
                .isEqualTo(ExitCode.BAD_OPTIONS);
        assertThat(output().lines())
                .first()
                .isEqualTo("junitsockets.location: found 'container', which needs the artifact"
                        + " org.junitsockets:junit-sockets-testcontainers, and that is not on the class path"
                        + " (expected: in-process)");
    }

    @Test
    void severalLocations() throws Exception {
        assertThat(run("-c", FailingTestCases.class.getName(), "--location", "in-process,container"))
                .isEqualTo(ExitCode.FAILURES);
        assertThat(output()).contains("FailingTestCases [container]: 2 tests, 1 failed");
    }

    @Test
    void badOptions() throws Exception {
        assertThat(run("--deadline", "5 parsecs")).isEqualTo(ExitCode.BAD_OPTIONS);
        assertThat(output()).startsWith("deadline: found '5 parsecs'");
    }

    private int run(String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                modulePath(),
                "--class-path",
                classPath,
                "--add-modules",
                "org.junit.jupiter.engine,org.junit.jupiter.params",
                "--module",
                "org.junitsockets.harness/org.junitsockets.harness.Main"));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        try {
            assertThat(process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private String output() throws Exception {
        return Files.readString(directory.resolve("output"));
    }

    private static String modulePath() {
        String testClasses = location(FailingTestCases.class);
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).equals(Path.of(testClasses)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
