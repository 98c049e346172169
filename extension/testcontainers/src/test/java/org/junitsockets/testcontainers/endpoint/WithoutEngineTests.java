package org.junitsockets.testcontainers.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What becomes of a test where no container engine answers: seen in a JVM of its own. */
@Isolated("a process that is being started shares the sockets of this one for a moment: a close is not felt then")
class WithoutEngineTests {

    /** Runs in that JVM: says what came of the test. */
    static final class Launched {
        public static void main(String[] arguments) {
            Run run = Run.of(
                    RemoteEndpointTestCases.Failing.class,
                    arguments.length == 0 ? Map.of() : Map.of("junitsockets.require", arguments[0]));
            System.out.println("aborted " + run.aborted());
            System.out.println("failed " + run.failures());
            System.exit(0);
        }
    }

    @Test
    void itIsSkippedAndSaysWhy(@TempDir Path directory) throws Exception {
        String said = launch(directory);
        assertThat(said)
                .contains("aborted [")
                .contains("@WithProgram on class RemoteEndpointTestCases.Failing: found no container engine that can be"
                        + " used (expected: one that Testcontainers finds, such as by DOCKER_HOST): ")
                .contains("failed []");
    }

    @Test
    void itFailsWhereThatIsRequired(@TempDir Path directory) throws Exception {
        assertThat(launch(directory, "container"))
                .contains("aborted []")
                .contains("junitsockets.require: found container, which may not be skipped, but")
                .contains("(expected: a system that can do that, or the parameter without container)");
    }

    private static String launch(Path directory, String... arguments) throws Exception {
        String path = System.getProperty("jdk.module.path", "");
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath() + File.pathSeparator + classes + File.pathSeparator + path));
        command.add(Launched.class.getName());
        command.addAll(List.of(arguments));
        Path output = directory.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("DOCKER_HOST", "unix:///nowhere/docker.sock");
        builder.environment().put("HOME", directory.toString());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ended").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output, Charset.defaultCharset());
    }

    /** Where the test classes are patched into a module, they are in no path. */
    private static String classPath() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.contains("test-classes"))
                .findFirst()
                .map(argument -> argument.substring(argument.indexOf('=', argument.indexOf('=') + 1) + 1))
                .orElse("target/test-classes");
    }
}
