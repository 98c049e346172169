package org.junitsockets.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junitsockets.harness.cases.ConfigurationTestCases;
import org.junitsockets.harness.cases.FailingTestCases;
import org.junitsockets.harness.cases.NoTestCases;
import org.junitsockets.harness.cases.OwnTransportsTestCases;
import org.junitsockets.harness.cases.PassingTestCases;

class LocationsTests {

    private static final String FILE = "TEST-junit-jupiter.xml";

    @TempDir
    private Path directory;

    @Test
    void allSuitesRunInEachLocation() {
        HarnessResult result = Harnesses.builder()
                .selectClass(PassingTestCases.class)
                .selectClass(FailingTestCases.class)
                .locations("in-process", "container")
                .build()
                .run();

        assertThat(result.suites())
                .extracting(SuiteResult::name, SuiteResult::location, SuiteResult::transport, SuiteResult::tests)
                .containsExactly(
                        tuple(PassingTestCases.class.getName(), "in-process", null, 2),
                        tuple(FailingTestCases.class.getName(), "in-process", null, 2),
                        tuple(PassingTestCases.class.getName(), "container", null, 2),
                        tuple(FailingTestCases.class.getName(), "container", null, 2));
        assertThat(result.failures()).extracting(TestFailure::location).containsExactly("in-process", "container");
    }

    @Test
    void eachRunIsToldItsLocationAndItsTransport() {
        HarnessResult result = Harnesses.builder()
                .selectClass(ConfigurationTestCases.class)
                .configurationParameter("junitsockets.location", "in-process")
                .locations(" Container ")
                .locations("IN-PROCESS", "container")
                .transports("TCP", "TCP6")
                .build()
                .run();

        assertThat(result.failures())
                .extracting(
                        TestFailure::location,
                        TestFailure::transport,
                        failure -> failure.cause().getMessage().replaceFirst(", seed=.*", ""))
                .containsExactly(
                        tuple("container", "TCP", "transports=TCP, location=container"),
                        tuple("container", "TCP6", "transports=TCP6, location=container"),
                        tuple("in-process", "TCP", "transports=TCP, location=in-process"),
                        tuple("in-process", "TCP6", "transports=TCP6, location=in-process"));
        assertThat(result.suites())
                .extracting(SuiteResult::location, SuiteResult::transport)
                .containsExactly(
                        tuple("container", "TCP"),
                        tuple("container", "TCP6"),
                        tuple("in-process", "TCP"),
                        tuple("in-process", "TCP6"));
    }

    @Test
    void withoutAnyTheParameterIsLeftAlone() {
        HarnessResult result = Harnesses.builder()
                .selectClass(ConfigurationTestCases.class)
                .configurationParameter("junitsockets.location", "container")
                .build()
                .run();

        assertThat(result.suites()).extracting(SuiteResult::location).containsOnlyNulls();
        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.location()).isNull();
            assertThat(failure.cause()).hasMessageStartingWith("transports=unset, location=container, ");
        });
    }

    @Test
    void testsThatChooseTheirTransportsRunOnceInEachLocation() {
        HarnessResult result = Harnesses.builder()
                .selectClass(OwnTransportsTestCases.class)
                .locations("in-process", "container")
                .transports("TCP", "TCP6")
                .build()
                .run();

        assertThat(result.suites())
                .extracting(SuiteResult::location, SuiteResult::transport, SuiteResult::tests)
                .containsExactly(
                        tuple("in-process", "TCP", 1),
                        tuple("in-process", "TCP6", 1),
                        tuple("in-process", null, 3),
                        tuple("container", "TCP", 1),
                        tuple("container", "TCP6", 1),
                        tuple("container", null, 3));
        assertThat(result.failures())
                .filteredOn(failure -> failure.transport() == null)
                .extracting(TestFailure::location, failure -> failure.cause().getMessage())
                .containsExactlyInAnyOrder(
                        tuple("in-process", "template over nothing in particular in-process"),
                        tuple("in-process", "template over nothing in particular in-process"),
                        tuple("in-process", "nested over nothing in particular in-process"),
                        tuple("container", "template over nothing in particular container"),
                        tuple("container", "template over nothing in particular container"),
                        tuple("container", "nested over nothing in particular container"));
        assertThat(result.report()).contains("""
                        passed/failed/skipped                                    TCP   TCP6    own    TCP   TCP6    own
                        org.junitsockets.harness.cases.OwnTransportsTestCases  0/1/0  0/1/0  0/3/0  0/1/0  0/1/0  0/3/0
                        own: run once in each location, over the transports that the tests choose (@EachTransport)
                        """);
    }

    @Test
    void progressSaysWhere() {
        StringBuilder out = new StringBuilder();
        Harnesses.builder(new ManualTicker())
                .selectClass(PassingTestCases.class)
                .locations("in-process", "container")
                .progress(out)
                .build()
                .run();
        Harnesses.builder(new ManualTicker())
                .selectClass(PassingTestCases.class)
                .locations("container")
                .transports("TCP")
                .progress(out)
                .build()
                .run();

        assertThat(out.toString().lines())
                .containsExactly(
                        "org.junitsockets.harness.cases.PassingTestCases [in-process]: 2 tests, 0 ms",
                        "org.junitsockets.harness.cases.PassingTestCases [container]: 2 tests, 0 ms",
                        "org.junitsockets.harness.cases.PassingTestCases [container, TCP]: 2 tests, 0 ms");
    }

    @Test
    void whatIsNotFoundIsSaidOnce() {
        HarnessResult result = Harnesses.builder()
                .selectClass(NoTestCases.class)
                .locations("in-process", "container")
                .build()
                .run();

        assertThat(result.notFound()).hasSize(1);
    }

    @Test
    void reportsOfSeveralLocations() {
        assertThat(reports(reporting(FailingTestCases.class).locations("in-process", "container")))
                .containsExactlyInAnyOrder("in-process/" + FILE, "container/" + FILE);
    }

    @Test
    void reportsOfSeveralLocationsAndTransports() {
        assertThat(reports(reporting(ConfigurationTestCases.class)
                        .locations("in-process", "container")
                        .transports("TCP", "TCP6")))
                .containsExactlyInAnyOrder(
                        "in-process/TCP/" + FILE,
                        "in-process/TCP6/" + FILE,
                        "container/TCP/" + FILE,
                        "container/TCP6/" + FILE);
        assertThat(directory.resolve("container/TCP6").resolve(FILE))
                .content()
                .contains("transports=TCP6, location=container");
        assertThat(directory.resolve("in-process/TCP").resolve(FILE))
                .content()
                .contains("transports=TCP, location=in-process");
    }

    @Test
    void reportsOfTestsThatChooseTheirTransportsInSeveralLocations() {
        assertThat(reports(reporting(OwnTransportsTestCases.class)
                        .locations("in-process", "container")
                        .transports("TCP")))
                .containsExactlyInAnyOrder(
                        "in-process/" + FILE, "in-process/own/" + FILE, "container/" + FILE, "container/own/" + FILE);
    }

    @Test
    void oneLocationNeedsNoDirectory() {
        assertThat(reports(
                        reporting(FailingTestCases.class).locations("container").transports("TCP", "TCP6")))
                .containsExactlyInAnyOrder("TCP/" + FILE, "TCP6/" + FILE);
    }

    /** What is kept for a session, such as its container, is there for all of them. */
    @Test
    void allRunsAreInOneSession() throws IOException {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(LauncherSessionListener.class.getName()), SessionTrace.class.getName());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            Harnesses.builder()
                    .selectClass(OwnTransportsTestCases.class)
                    .locations("in-process", "container")
                    .transports("TCP", "TCP6")
                    .build()
                    .run();
        } finally {
            thread.setContextClassLoader(before);
        }

        assertThat(SessionTrace.EVENTS).containsExactly("opened", "run", "run", "run", "run", "run", "run", "closed");
    }

    private HarnessBuilder reporting(Class<?> suite) {
        return Harnesses.builder().selectClass(suite).reportsDirectory(directory);
    }

    private List<String> reports(HarnessBuilder builder) {
        builder.build().run();
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString().replace('\\', '/'))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
