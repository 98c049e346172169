package org.junitsockets.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitsockets.harness.cases.ConfigurationTestCases;
import org.junitsockets.harness.cases.FailingTestCases;
import org.junitsockets.harness.cases.PassingTestCases;
import org.junitsockets.harness.cases.TaggedTestCases;
import org.junitsockets.harness.cases.several.FirstTestCases;

class MainTests {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void passingSuite() {
        assertThat(execute("--select-class", PassingTestCases.class.getName())).isEqualTo(ExitCode.ALL_PASSED);
        assertThat(out.toString().lines().map(MainTests::withoutTime))
                .containsExactly(
                        "org.junitsockets.harness.cases.PassingTestCases: 2 tests, TIME",
                        "",
                        "suite tests failed skipped time",
                        "org.junitsockets.harness.cases.PassingTestCases 2 0 0 TIME",
                        "total 2 0 0 TIME");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void failingSuite() {
        assertThat(execute("-c", FailingTestCases.class.getName())).isEqualTo(ExitCode.FAILURES);
        assertThat(out.toString())
                .contains("  1) FailingTestCases > fails()\n")
                .contains("     java.lang.AssertionError: expected: PONG\n")
                .contains("     at org.junitsockets.harness.cases.FailingTestCases.fails(FailingTestCases.java:")
                .doesNotContain("\tat ");
    }

    @Test
    void details() {
        execute("-c", FailingTestCases.class.getName(), "--details");

        assertThat(out.toString()).contains("     \tat ");
    }

    @Test
    void packageAndTags() {
        assertThat(execute("-p", FirstTestCases.class.getPackageName())).isEqualTo(ExitCode.ALL_PASSED);
        assertThat(out.toString()).contains("FirstTestCases: 1 test,").contains("SecondTestCases: 2 tests,");

        execute("-c", TaggedTestCases.class.getName(), "-t", "fast", "-T", "ipv6");
        assertThat(out.toString()).contains("fast ran").doesNotContain("slow ran", "fastOverIpv6 ran");

        execute("-c", TaggedTestCases.class.getName(), "--include-tag=slow", "--exclude-tag=ipv6");
        assertThat(out.toString()).contains("slow ran").doesNotContain("fastOverIpv6 ran");
    }

    @Test
    void optionsReachTheTests() {
        execute(
                "-c", ConfigurationTestCases.class.getName(),
                "--transport", "TCP,TCP6",
                "--transport", "udp",
                "--require", "TCP6",
                "--require", "UDP,container",
                "--location", "in-process",
                "--seed", "7",
                "--deadline", "2m",
                "--config", "junitsockets.other=a=b",
                "--config", "junitsockets.seed=1");

        for (String transport : new String[] {"TCP", "TCP6", "UDP"}) {
            assertThat(out.toString())
                    .contains("transports=" + transport + ", location=in-process, seed=7, deadline=2m, other=a=b"
                            + ", require=TCP6,UDP,container");
        }
    }

    @Test
    void locations() {
        assertThat(execute("-c", PassingTestCases.class.getName(), "--location", "in-process,container"))
                .isEqualTo(ExitCode.ALL_PASSED);
        assertThat(out.toString().lines().map(MainTests::withoutTime))
                .containsExactly(
                        "org.junitsockets.harness.cases.PassingTestCases [in-process]: 2 tests, TIME",
                        "org.junitsockets.harness.cases.PassingTestCases [container]: 2 tests, TIME",
                        "",
                        "suite location tests failed skipped time",
                        "org.junitsockets.harness.cases.PassingTestCases in-process 2 0 0 TIME",
                        "org.junitsockets.harness.cases.PassingTestCases container 2 0 0 TIME",
                        "total 4 0 0 TIME",
                        "",
                        "passed/failed/skipped in-process container",
                        "org.junitsockets.harness.cases.PassingTestCases 2/0/0 2/0/0");

        execute("-c", PassingTestCases.class.getName(), "--location=container", "--location=in-process");
        assertThat(out.toString()).contains("passed/failed/skipped                            container  in-process\n");
    }

    @Test
    void reportsDirectory(@TempDir Path directory) {
        execute("-c", PassingTestCases.class.getName(), "--reports-dir", directory.toString());

        assertThat(directory.resolve("TEST-junit-jupiter.xml")).content().contains("tests=\"2\"");
    }

    @Test
    void reportsDirectoryThatIsAFile(@TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThat(execute("-c", FailingTestCases.class.getName(), "--reports-dir", file.toString()))
                .isEqualTo(ExitCode.BAD_OPTIONS);
        assertThat(err.toString().lines())
                .first()
                .isEqualTo(
                        "reports directory: found '" + file + "' (expected: a directory, or where one can be created)");
    }

    @Test
    void noTestFound() {
        assertThat(execute("-p", "org.example.missing")).isEqualTo(ExitCode.NO_TEST_FOUND);
        assertThat(out.toString()).isEqualTo("no test found in package 'org.example.missing' on the class path\n");

        assertThat(execute("-c", "org.example.Missing")).isEqualTo(ExitCode.NO_TEST_FOUND);
        assertThat(out.toString()).contains("no test found: there is no class 'org.example.Missing'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--deadline=5 parsecs | deadline: found '5 parsecs' (expected: a duration such as 500ms, 5s, 2m or PT5S)",
                "--location=moon      | junitsockets.location: found 'moon' (expected: one of in-process, container)",
                "--location=container,moon | junitsockets.location: found 'moon' (expected: one of in-process,"
                        + " container)",
                "--transport=PIGEON   | transport: found 'PIGEON' (expected: one of TCP, TCP6, UDP, UDP6, UNIX, TLS,"
                        + " UNIX_DATAGRAM, UNIX_SEQPACKET, CAN, CAN_ISOTP, RDS, VSOCK, VSOCK_SEQPACKET)",
                "--require=TCP,PIGEON | require: found 'PIGEON' (expected: one of TCP, TCP6, UDP, UDP6, UNIX, TLS,"
                        + " UNIX_DATAGRAM, UNIX_SEQPACKET, CAN, CAN_ISOTP, RDS, VSOCK, VSOCK_SEQPACKET, container)",
                "--config=junitsockets.transports=x | transport: found 'x' (expected: one of TCP, TCP6, UDP, UDP6,"
                        + " UNIX, TLS, UNIX_DATAGRAM, UNIX_SEQPACKET, CAN, CAN_ISOTP, RDS, VSOCK, VSOCK_SEQPACKET)",
                "--include-tag=(      | included tag: found '(' (expected: a tag, or an expression such as slow & !ipv6)",
                "--exclude-tag=(      | excluded tag: found '(' (expected: a tag, or an expression such as slow & !ipv6)",
                "--select-package=    | package: found '' (expected: a name)",
                "--seed=lucky         | Invalid value for option '--seed': 'lucky' is not a long",
                "--config=key         | Value for option option '--config' (KEY=VALUE) should be in KEY=VALUE"
                        + " format but was key",
                "--config==value      | configuration parameter: found '' (expected: a name)",
                "--fast               | Unknown option: '--fast'"
            })
    void badOption(String option, String message) {
        assertThat(execute("-c", FailingTestCases.class.getName(), option))
                .isEqualTo(ExitCode.BAD_OPTIONS)
                .isEqualTo(2);
        assertThat(err.toString().lines()).first().isEqualTo(message);
        assertThat(err.toString()).contains("Usage: junit-sockets-harness");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void nothingSelected() {
        assertThat(execute()).isEqualTo(ExitCode.BAD_OPTIONS);
        assertThat(err.toString().lines())
                .first()
                .isEqualTo("selection: found nothing (expected: at least one package or class)");
        assertThat(err.toString()).contains("Usage: junit-sockets-harness");
    }

    @Test
    void noTestEngine() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            assertThat(execute("-p", "org.example")).isEqualTo(ExitCode.FAILURES);
        } finally {
            thread.setContextClassLoader(before);
        }
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("Cannot create Launcher without at least one TestEngine");
    }

    @Test
    void help() {
        assertThat(execute("--help")).isZero();
        assertThat(out.toString())
                .contains("-p, --select-package=NAME", "-h, --help", "-V, --version")
                .contains("3   no test found");
    }

    @Test
    void versionOutsideOfAJar() {
        assertThat(execute("-V")).isZero();
        assertThat(out.toString().strip()).isEqualTo("junit-sockets-harness (version unknown: not run from its jar)");
    }

    private int execute(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private static String withoutTime(String line) {
        return line.replaceAll("[\\d.]+ m?s$", "TIME").replaceAll(" +", " ");
    }
}
