package org.junitsockets.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HarnessBuilderTests {

    private final HarnessBuilder builder = Harness.builder();

    @ParameterizedTest
    @ValueSource(strings = {"500ms", "5s", "2m", " 2 S ", "PT5S", "pt0.5s", "1ms", "1440m", "P1D"})
    void deadlines(String deadline) {
        assertThatNoException().isThrownBy(() -> builder.deadline(deadline));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5 parsecs", "", "5", "s", "5.5s", "-5s", "9999999999s"})
    void deadlineThatIsNoDuration(String deadline) {
        assertRefused(
                () -> builder.deadline(deadline),
                "deadline: found '" + deadline + "' (expected: a duration such as 500ms, 5s, 2m or PT5S)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "PT0.0009S", "PT-5S", "1441m", "P2D"})
    void deadlineThatIsNoWait(String deadline) {
        assertRefused(
                () -> builder.deadline(deadline),
                "deadline: found '" + deadline + "' (expected: between 1 ms and a day)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"moon", "", "in-process,container"})
    void unknownLocation(String location) {
        assertRefused(
                () -> builder.locations("in-process", location),
                "junitsockets.location: found '" + location + "' (expected: one of in-process, container)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "container", "TCP", "udp, Container ,TLS"})
    void required(String list) {
        assertThatNoException().isThrownBy(() -> builder.configurationParameter("junitsockets.require", list));
        assertThatNoException().isThrownBy(() -> builder.require(list.split(",")));
    }

    @ParameterizedTest
    @CsvSource({"'TCP,moon', moon", "in-process, in-process", "'container,', ''"})
    void requiredThatCannotBe(String list, String culprit) {
        assertRefused(
                () -> builder.configurationParameter("junitsockets.require", list),
                "require: found '" + culprit + "' (expected: one of TCP, TCP6, UDP, UDP6, UNIX, TLS, UNIX_DATAGRAM,"
                        + " UNIX_SEQPACKET, CAN, CAN_ISOTP, RDS, VSOCK, VSOCK_SEQPACKET, container)");
    }

    @Test
    void parametersThatAreKnownAreCheckedHoweverTheyAreSet() {
        assertRefused(
                () -> builder.configurationParameter("junitsockets.deadline", "soon"),
                "deadline: found 'soon' (expected: a duration such as 500ms, 5s, 2m or PT5S)");
        assertRefused(
                () -> builder.configurationParameter("junitsockets.location", "moon"),
                "junitsockets.location: found 'moon' (expected: one of in-process, container)");
        assertRefused(
                () -> builder.configurationParameter("junitsockets.seed", "lucky"),
                "seed: found 'lucky' (expected: a whole number of up to 64 bits)");
    }

    @Test
    void blankNames() {
        assertRefused(() -> builder.selectPackage(" "), "package: found ' ' (expected: a name)");
        assertRefused(() -> builder.selectClass(""), "class: found '' (expected: a name)");
        assertRefused(
                () -> builder.configurationParameter(" ", "x"),
                "configuration parameter: found ' ' (expected: a name)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../TCP", "TCP,TCP6"})
    void transportThatIsNoName(String transport) {
        assertRefused(
                () -> builder.transports("TCP", transport),
                "transport: found '" + transport + "' (expected: one of TCP, TCP6, UDP, UDP6, UNIX, TLS,"
                        + " UNIX_DATAGRAM, UNIX_SEQPACKET, CAN, CAN_ISOTP, RDS, VSOCK, VSOCK_SEQPACKET)");
    }

    @Test
    void tagsThatAreNone() {
        assertRefused(
                () -> builder.includeTag("slow &"),
                "included tag: found 'slow &' (expected: a tag, or an expression such as slow & !ipv6)");
        assertRefused(
                () -> builder.excludeTag(""),
                "excluded tag: found '' (expected: a tag, or an expression such as slow & !ipv6)");
    }

    @Test
    void reportsDirectoryThatIsAFile(@TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertRefused(
                () -> builder.reportsDirectory(file),
                "reports directory: found '" + file + "' (expected: a directory, or where one can be created)");
    }

    @Test
    void reportsDirectoryIsCreated(@TempDir Path directory) {
        Path reports = directory.resolve("target/reports");
        builder.reportsDirectory(reports);

        assertThat(reports).isEmptyDirectory();
    }

    @Test
    void nothingSelected() {
        assertRefused(
                () -> builder.includeTag("slow").build(),
                "selection: found nothing (expected: at least one package or class)");
    }

    @Test
    void harnessDoesNotChangeWithItsBuilder() {
        builder.selectPackage("org.example.missing");
        Harness harness = builder.build();
        builder.selectPackage("org.example.gone");

        assertThat(harness.run().notFound())
                .containsExactly("no test found in package 'org.example.missing' on the class path");
    }

    private static void assertRefused(Runnable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call::run).withMessage(message);
    }
}
