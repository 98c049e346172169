package org.junitsockets.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitsockets.harness.cases.ConfigurationTestCases;
import org.junitsockets.harness.cases.FailingTestCases;
import org.junitsockets.harness.cases.SkippedTestCases;
import org.w3c.dom.Document;

class XmlReportTests {

    private static final String FILE = "TEST-junit-jupiter.xml";

    @TempDir
    Path directory;

    @Test
    void oneRunWritesIntoTheDirectory() throws Exception {
        HarnessResult result = Harnesses.builder()
                .selectClass(FailingTestCases.class)
                .selectClass(SkippedTestCases.class)
                .transports("TCP")
                .reportsDirectory(directory)
                .build()
                .run();

        assertThat(result.tests()).isEqualTo(6);
        Document report = parse(directory.resolve(FILE));
        assertThat(value(report, "/testsuite/@tests")).isEqualTo("6");
        assertThat(value(report, "/testsuite/@failures")).isEqualTo("1");
        assertThat(value(report, "/testsuite/@skipped")).isEqualTo("3");
        assertThat(value(report, "count(/testsuite/testcase)")).isEqualTo("6");
        assertThat(value(report, "//testcase[failure]/@name")).isEqualTo("fails()");
        assertThat(value(report, "//testcase[failure]/@classname")).isEqualTo(FailingTestCases.class.getName());
        assertThat(value(report, "//testcase/failure/@message")).isEqualTo("expected: PONG\n but was: PANG");
    }

    @Test
    void severalRunsWriteIntoDirectoriesOfTheirOwn() throws Exception {
        Harnesses.builder()
                .selectClass(ConfigurationTestCases.class)
                .transports("TCP", "TCP6")
                .reportsDirectory(directory)
                .build()
                .run();

        for (String transport : new String[] {"TCP", "TCP6"}) {
            Document report = parse(directory.resolve(transport).resolve(FILE));
            assertThat(value(report, "/testsuite/@tests")).isEqualTo("1");
            assertThat(value(report, "//failure/@message")).startsWith("transports=" + transport + ",");
        }
        assertThat(directory.resolve(FILE)).doesNotExist();
    }

    @Test
    void reportThatCannotBeWrittenIsAFailure() throws IOException {
        Files.createDirectories(directory.resolve(FILE).resolve("in-the-way"));
        HarnessResult result = Harnesses.builder()
                .selectClass(SkippedTestCases.class)
                .locations("container")
                .reportsDirectory(directory)
                .build()
                .run();

        assertThat(result.failed()).isZero();
        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILURES);
        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.path()).isEqualTo("JUnit XML");
            assertThat(failure.location()).isEqualTo("container");
            assertThat(failure.cause())
                    .hasMessageStartingWith("Could not write XML report: " + directory.resolve(FILE));
        });
    }

    private static Document parse(Path file) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }

    private static String value(Document document, String path) throws Exception {
        return XPathFactory.newInstance().newXPath().evaluate(path, document);
    }
}
