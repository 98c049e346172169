package org.junitsockets.certificates;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program that is not of this project, or a JVM of its own. */
final class Judge {

    /**
     * What it came to.
     *
     * @param output on standard output and standard error
     */
    record Verdict(int exit, String output) {}

    private Judge() {}

    /** Skips the test, and says so, where the system does not have it. */
    static Path program(String name) {
        Path file = Path.of("/usr/bin", name);
        assumeTrue(Files.isExecutable(file), () -> "found no " + file + " (expected: Debian's package " + name + ")");
        return file;
    }

    static Verdict run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("judge", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile())
                    .start();
            try {
                assertThat(process.waitFor(30, TimeUnit.SECONDS))
                        .as(() -> "the end of " + command)
                        .isTrue();
            } finally {
                process.destroyForcibly();
            }
            return new Verdict(process.exitValue(), Files.readString(output, UTF_8));
        } finally {
            Files.delete(output);
        }
    }

    /** The last line of what the class prints in a JVM of its own, whose temporary directory that is. */
    static String java(Path temporary, Class<?> main, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                classPath(),
                main.getName()));
        command.addAll(Arrays.asList(arguments));
        Verdict verdict = run(command);
        assertThat(verdict.exit()).as(verdict.output()).isZero();
        return verdict.output().strip();
    }

    /** All that these tests run with, modules or not. */
    private static String classPath() throws Exception {
        List<String> places = new ArrayList<>();
        for (Class<?> type : List.of(
                Judge.class,
                CertificateProvider.class,
                org.junitsockets.Tls.class,
                org.bouncycastle.cert.X509CertificateHolder.class,
                org.bouncycastle.asn1.ASN1Object.class,
                org.bouncycastle.asn1.cms.ContentInfo.class)) {
            places.add(place(type));
        }
        return String.join(java.io.File.pathSeparator, places);
    }

    private static String place(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
