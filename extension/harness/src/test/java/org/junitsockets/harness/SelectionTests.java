package org.junitsockets.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junitsockets.harness.cases.FailingTestCases;
import org.junitsockets.harness.cases.NoTestCases;
import org.junitsockets.harness.cases.PassingTestCases;
import org.junitsockets.harness.cases.TaggedTestCases;
import org.junitsockets.harness.cases.orphans.OrphanParent;
import org.junitsockets.harness.cases.orphans.OrphanTestCases;
import org.junitsockets.harness.cases.orphans.UnresolvableTestCases;
import org.junitsockets.harness.cases.orphans.WholeTestCases;
import org.junitsockets.harness.cases.several.FirstTestCases;
import org.junitsockets.harness.cases.several.SecondTestCases;
import org.junitsockets.harness.cases.untested.Helper;

class SelectionTests {

    /** JUnit logs what it throws; here it is expected, and a stack trace would look like a failure. */
    private static final Logger DISCOVERY_LOG =
            Logger.getLogger("org.junit.platform.launcher.core.DiscoveryIssueNotifier");

    static {
        DISCOVERY_LOG.setLevel(Level.OFF);
    }

    @Test
    void packageSelectsAllItsSuites() {
        HarnessResult result = Harnesses.builder()
                .selectPackage(FirstTestCases.class.getPackageName())
                .build()
                .run();

        assertThat(result.exitCode()).isEqualTo(ExitCode.ALL_PASSED);
        assertThat(result.suites())
                .extracting(SuiteResult::name, SuiteResult::tests)
                .containsExactlyInAnyOrder(
                        tuple(FirstTestCases.class.getName(), 1), tuple(SecondTestCases.class.getName(), 2));
    }

    @Test
    void classByName() {
        HarnessResult result = Harnesses.builder()
                .selectClass(PassingTestCases.class.getName())
                .build()
                .run();

        assertThat(result.exitCode()).isEqualTo(ExitCode.ALL_PASSED);
        assertThat(result.tests()).isEqualTo(2);
    }

    @Test
    void includedTags() {
        assertThat(messages(tagged().includeTag("slow").includeTag("ipv6")))
                .containsExactlyInAnyOrder("slow ran", "fastOverIpv6 ran");
    }

    @Test
    void excludedTags() {
        assertThat(messages(tagged().excludeTag("slow").excludeTag("ipv6"))).containsExactly("fast ran");
    }

    @Test
    void tagExpressions() {
        assertThat(messages(tagged().includeTag("fast & !ipv6"))).containsExactly("fast ran");
    }

    @Test
    void tagsThatNoTestHas() {
        assertNotFound(
                tagged().includeTag("slow & ipv6").includeTag("wide").excludeTag("fast"),
                "no test found: no selected test matches the tags (included: slow & ipv6, wide; excluded: fast)");
    }

    @Test
    void tagsThatEveryTestHas() {
        assertNotFound(
                tagged().excludeTag("slow").excludeTag("fast"),
                "no test found: no selected test matches the tags (included: none; excluded: slow, fast)");
    }

    @Test
    void suiteWithoutTestsOfTheTagIsNoMistakeBesideOthers() {
        HarnessResult result = Harnesses.builder()
                .selectClass(PassingTestCases.class)
                .selectClass(TaggedTestCases.class)
                .includeTag("slow")
                .build()
                .run();

        assertThat(result.notFound()).isEmpty();
        assertThat(result.tests()).isEqualTo(1);
    }

    @Test
    void unknownClass() {
        assertNotFound(
                Harnesses.builder().selectClass("org.example.Missing"),
                "no test found: there is no class 'org.example.Missing' on the class path");
    }

    @Test
    void unknownClassBesideOthersKeepsThemFromRunning() {
        assertNotFound(
                Harnesses.builder()
                        .selectClass(FailingTestCases.class)
                        .selectClass("org.example.Missing")
                        .selectClass("org.example.Gone"),
                "no test found: there is no class 'org.example.Missing' on the class path",
                "no test found: there is no class 'org.example.Gone' on the class path");
    }

    @Test
    void classWithoutTests() {
        assertNotFound(
                Harnesses.builder().selectClass(NoTestCases.class),
                "no test found in class 'org.junitsockets.harness.cases.NoTestCases'");
    }

    @Test
    void unknownPackage() {
        assertNotFound(
                Harnesses.builder().selectPackage("org.example.missing"),
                "no test found in package 'org.example.missing' on the class path");
    }

    @Test
    void packageWithoutTestsBesideOthersKeepsThemFromRunning() {
        assertNotFound(
                Harnesses.builder()
                        .selectPackage(Helper.class.getPackageName())
                        .selectClass(FailingTestCases.class)
                        .includeTag("!slow"),
                "no test found in package 'org.junitsockets.harness.cases.untested' on the class path");
    }

    @Test
    void packageIsNotTakenForItsPrefix() {
        assertNotFound(
                Harnesses.builder()
                        .selectClass(FirstTestCases.class)
                        .selectPackage("org.junitsockets.harness.cases.sev"),
                "no test found in package 'org.junitsockets.harness.cases.sev' on the class path");
    }

    @Test
    void classOfAPackageThatCannotBeLoadedFailsAndTheOthersRun() {
        HarnessResult result =
                runWithoutOrphanParent(Harnesses.builder().selectPackage(OrphanParent.class.getPackageName()));

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILURES);
        assertThat(result.suites())
                .extracting(SuiteResult::name, SuiteResult::succeeded, SuiteResult::failed)
                .containsExactlyInAnyOrder(
                        tuple(OrphanTestCases.class.getName(), 0, 1),
                        tuple(UnresolvableTestCases.class.getName(), 0, 1),
                        tuple(WholeTestCases.class.getName(), 1, 0));
        assertThat(result.failures())
                .extracting(TestFailure::path)
                .containsExactlyInAnyOrder(OrphanTestCases.class.getName(), UnresolvableTestCases.class.getName());
        assertThat(result.failures())
                .extracting(TestFailure::cause)
                .allSatisfy(cause -> assertThat(cause)
                        .isInstanceOf(NoClassDefFoundError.class)
                        .hasMessageContaining("OrphanParent"));
    }

    @Test
    void classThatCannotBeLoadedFailsInEachLocation() {
        HarnessResult result = runWithoutOrphanParent(Harnesses.builder()
                .selectPackage(OrphanParent.class.getPackageName())
                .locations("in-process", "container"));

        assertThat(result.suites())
                .filteredOn(suite -> suite.name().equals(OrphanTestCases.class.getName()))
                .extracting(SuiteResult::location, SuiteResult::failed)
                .containsExactly(tuple("in-process", 1), tuple("container", 1));
        assertThat(result.failures())
                .filteredOn(failure -> failure.path().equals(OrphanTestCases.class.getName()))
                .extracting(TestFailure::location)
                .containsExactly("in-process", "container");
    }

    @Test
    void selectedClassThatCannotBeLoadedFails() {
        assertDiscoveryFails(OrphanTestCases.class);
    }

    @Test
    void selectedClassThatCannotBeLookedIntoFails() {
        assertDiscoveryFails(UnresolvableTestCases.class);
    }

    private static void assertDiscoveryFails(Class<?> suite) {
        HarnessResult result = runWithoutOrphanParent(Harnesses.builder()
                .configurationParameter("junit.platform.discovery.listener.default", "logging")
                .configurationParameter("junit.platform.discovery.issue.failure.phase", "execution")
                .selectClass(suite.getName()));

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILURES);
        assertThat(result.notFound()).isEmpty();
        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.path()).isEqualTo("test discovery");
            assertThat(failure.cause())
                    .hasStackTraceContaining(suite.getName())
                    .hasStackTraceContaining("NoClassDefFoundError")
                    .hasStackTraceContaining("OrphanParent");
        });
    }

    private static HarnessResult runWithoutOrphanParent(HarnessBuilder builder) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(new HidingClassLoader(before, OrphanParent.class));
        try {
            return builder.build().run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static HarnessBuilder tagged() {
        return Harnesses.builder().selectClass(TaggedTestCases.class);
    }

    private static List<String> messages(HarnessBuilder builder) {
        return builder.build().run().failures().stream()
                .map(failure -> failure.cause().getMessage())
                .toList();
    }

    private static void assertNotFound(HarnessBuilder builder, String... messages) {
        HarnessResult result = builder.build().run();

        assertThat(result.exitCode()).isEqualTo(ExitCode.NO_TEST_FOUND).isEqualTo(3);
        assertThat(result.notFound()).containsExactly(messages);
        assertThat(result.suites()).isEmpty();
        assertThat(result.failures()).isEmpty();
        assertThat(result.report()).isEqualTo(String.join("\n", messages) + "\n");
    }
}
