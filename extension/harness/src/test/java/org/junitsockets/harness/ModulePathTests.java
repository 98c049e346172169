package org.junitsockets.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
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
                location(FailingTestCases.class),
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

    private static String modulePath() throws Exception {
        String testClasses = location(FailingTestCases.class);
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).equals(Path.of(testClasses)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String location(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
