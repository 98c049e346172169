package org.junitsockets.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportTests {

    private static final Duration SHORT = Duration.ofMillis(12);
    private static final Duration LONG = Duration.ofMillis(1_300);

    @Test
    void tableOfOneRun() {
        assertThat(result(List.of(suite("org.example.EchoTests", null, 12, 0, 3), suite("FtpTests", null, 1, 0, 0)))
                        .report())
                .isEqualTo("""
                        suite                  tests  failed  skipped   time
                        org.example.EchoTests     15       0        3  12 ms
                        FtpTests                   1       0        0  12 ms
                        total                     16       0        3  1.3 s

                        skipped:
                          3 x no IPv6 here
                        """);
    }

    @Test
    void tableOfSeveralTransports() {
        assertThat(result(List.of(suite("EchoTests", "TCP", 1, 0, 0), suite("EchoTests", "TCP6", 100, 2, 0)))
                        .report())
                .isEqualTo("""
                        suite      transport  tests  failed  skipped   time
                        EchoTests  TCP            1       0        0  12 ms
                        EchoTests  TCP6         102       2        0  12 ms
                        total                   103       2        0  1.3 s

                        passed/failed/skipped    TCP     TCP6
                        EchoTests              1/0/0  100/2/0
                        """);
    }

    @Test
    void suitesThatAreNotEverywhere() {
        assertThat(result(List.of(
                                suite("EchoTests", "TCP", 1, 0, 2),
                                suite("FtpTests", "TCP", 3, 0, 0),
                                suite("EchoTests", null, 2, 0, 0)))
                        .report())
                .isEqualTo("""
                        suite      transport  tests  failed  skipped   time
                        EchoTests  TCP            3       0        2  12 ms
                        FtpTests   TCP            3       0        0  12 ms
                        EchoTests  own            2       0        0  12 ms
                        total                     8       0        2  1.3 s

                        passed/failed/skipped    TCP    own
                        EchoTests              1/0/2  2/0/0
                        FtpTests               3/0/0      -
                        own: run once, over the transports that the tests choose (@EachTransport)

                        skipped:
                          2 x no IPv6 here
                        """);
    }

    @Test
    void oneTransportNeedsNoColumn() {
        assertThat(result(List.of(suite("EchoTests", "TCP", 1, 0, 0), suite("FtpTests", "TCP", 1, 0, 0)))
                        .report())
                .isEqualTo("""
                        suite      tests  failed  skipped   time
                        EchoTests      1       0        0  12 ms
                        FtpTests       1       0        0  12 ms
                        total          2       0        0  1.3 s
                        """);
    }

    @Test
    void oneLocationNeedsNoColumnAndNoLine() {
        assertThat(result(List.of(
                                suite("EchoTests", "container", "TCP", 1, 0, 0),
                                suite("EchoTests", "container", "UDP", 1, 0, 0)))
                        .report())
                .isEqualTo("""
                        suite      transport  tests  failed  skipped   time
                        EchoTests  TCP            1       0        0  12 ms
                        EchoTests  UDP            1       0        0  12 ms
                        total                     2       0        0  1.3 s

                        passed/failed/skipped    TCP    UDP
                        EchoTests              1/0/0  1/0/0
                        """);
    }

    @Test
    void severalLocationsOnOneTransport() {
        assertThat(result(List.of(
                                suite("EchoTests", "in-process", "TCP", 1, 0, 0),
                                suite("FtpTests", "in-process", "TCP", 3, 0, 0),
                                suite("EchoTests", "container", "TCP", 100, 200, 300)))
                        .report())
                .startsWith("""
                        suite      location    tests  failed  skipped   time
                        EchoTests  in-process      1       0        0  12 ms
                        FtpTests   in-process      3       0        0  12 ms
                        EchoTests  container     600     200      300  12 ms
                        total                    604     200      300  1.3 s

                        passed/failed/skipped  in-process    container
                        EchoTests                   1/0/0  100/200/300
                        FtpTests                    3/0/0            -

                        skipped:
                        """);
    }

    @Test
    void severalLocationsAndTransports() {
        assertThat(result(List.of(
                                suite("EchoTests", "in-process", "TCP", 12, 0, 0),
                                suite("FtpTests", "in-process", "TCP", 9, 0, 0),
                                suite("EchoTests", "in-process", "TCP6", 12, 0, 0),
                                suite("FtpTests", "in-process", null, 4, 0, 0),
                                suite("EchoTests", "container", "TCP", 11, 1, 0),
                                suite("FtpTests", "container", "TCP", 9, 0, 0),
                                suite("EchoTests", "container", "TCP6", 12, 0, 0),
                                suite("FtpTests", "container", null, 4, 0, 0)))
                        .report())
                .isEqualTo("""
                        suite      location    transport  tests  failed  skipped   time
                        EchoTests  in-process  TCP           12       0        0  12 ms
                        FtpTests   in-process  TCP            9       0        0  12 ms
                        EchoTests  in-process  TCP6          12       0        0  12 ms
                        FtpTests   in-process  own            4       0        0  12 ms
                        EchoTests  container   TCP           12       1        0  12 ms
                        FtpTests   container   TCP            9       0        0  12 ms
                        EchoTests  container   TCP6          12       0        0  12 ms
                        FtpTests   container   own            4       0        0  12 ms
                        total                                74       1        0  1.3 s

                                               -----in-process------  ------container------
                        passed/failed/skipped     TCP    TCP6    own     TCP    TCP6    own
                        EchoTests              12/0/0  12/0/0      -  11/1/0  12/0/0      -
                        FtpTests                9/0/0       -  4/0/0   9/0/0       -  4/0/0
                        own: run once in each location, over the transports that the tests choose (@EachTransport)
                        """);
    }

    /** Two columns of results that are short are still as wide as what stands above them. */
    @Test
    void locationsThatAreWiderThanTheirColumns() {
        assertThat(result(List.of(
                                suite("A", "somewhere-else", "TCP", 1, 0, 0),
                                suite("A", "somewhere-else", "UDP", 2, 0, 0),
                                suite("A", "there", "TCP", 3, 0, 0)))
                        .report())
                .endsWith("""

                                               somewhere-else  there
                        passed/failed/skipped      TCP    UDP    TCP
                        A                        1/0/0  2/0/0  3/0/0
                        """);
    }

    @Test
    void failureWithMessagePlaceAndCauses() {
        AssertionError failure = new AssertionError("expected: PONG\n\n but was: PANG", new Exception("closed\nearly"));
        failure.addSuppressed(new IllegalStateException("script not finished\n  expected: QUIT"));
        failure.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("org.example.Client", "ping", "Client.java", 7),
            new StackTraceElement("org.example.EchoTests$Inner", "answers", "EchoTests.java", 42)
        });

        assertThat(failures(new TestFailure(
                        "org.example.EchoTests", "EchoTests > answers()", "container", "TCP6", failure)))
                .isEqualTo("""

                        failures:
                          1) EchoTests > answers() [container, TCP6]
                             java.lang.AssertionError: expected: PONG
                              but was: PANG
                             at org.example.EchoTests$Inner.answers(EchoTests.java:42)
                             caused by: java.lang.Exception: closed
                             suppressed: java.lang.IllegalStateException: script not finished
                                 expected: QUIT
                        """);
    }

    @Test
    void failureOutsideOfItsSuite() {
        AssertionError failure = new AssertionError("one\ntwo\nthree\nfour\nfive\nsix\nseven\neight");
        failure.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("org.example.EchoTestsBase", "check", "EchoTestsBase.java", 7),
            new StackTraceElement("org.example.Other", "run", "Other.java", 8)
        });

        assertThat(failures(new TestFailure("org.example.EchoTests", "EchoTests", null, null, failure)))
                .isEqualTo("""

                        failures:
                          1) EchoTests
                             java.lang.AssertionError: one
                             two
                             three
                             four
                             five
                             six
                             (and 2 more lines)
                             at org.example.EchoTestsBase.check(EchoTestsBase.java:7)
                        """);
    }

    @Test
    void throwablesThatSayNothing() {
        Exception failure = new SilentException();
        failure.addSuppressed(new SilentException());

        assertThat(failures(
                        new TestFailure("EchoTests", "EchoTests > one()", null, null, failure),
                        new TestFailure("EchoTests", "EchoTests > two()", null, "UDP", failure)))
                .isEqualTo("""

                        failures:
                          1) EchoTests > one()
                             suppressed: (empty)
                          2) EchoTests > two() [UDP]
                             suppressed: (empty)
                        """);
    }

    @Test
    void wholeStackTraces() {
        AssertionError failure = new AssertionError("expected: PONG");
        failure.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("org.example.Client", "ping", "Client.java", 7),
            new StackTraceElement("org.example.EchoTests", "answers", "EchoTests.java", 42)
        });
        HarnessResult result = new HarnessResult(
                List.of(), List.of(new TestFailure("EchoTests", "EchoTests", null, null, failure)), List.of(), LONG);

        assertThat(new Report(result, Report.Traces.FULL).toString()).isEqualTo("""

                        failures:
                          1) EchoTests
                             java.lang.AssertionError: expected: PONG
                             \tat org.example.Client.ping(Client.java:7)
                             \tat org.example.EchoTests.answers(EchoTests.java:42)
                        """);
    }

    @Test
    void failureAloneDecidesTheExitCode() {
        TestFailure failure = new TestFailure("JUnit XML", "JUnit XML", null, null, new AssertionError("disk full"));
        HarnessResult result =
                new HarnessResult(List.of(suite("EchoTests", null, 1, 0, 0)), List.of(failure), List.of(), LONG);

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILURES);
    }

    private static SuiteResult suite(String name, @Nullable String transport, int succeeded, int failed, int skipped) {
        return suite(name, null, transport, succeeded, failed, skipped);
    }

    private static SuiteResult suite(
            String name,
            @Nullable String location,
            @Nullable String transport,
            int succeeded,
            int failed,
            int skipped) {
        List<SkippedTests> skips = skipped == 0 ? List.of() : List.of(new SkippedTests("no IPv6 here", skipped));
        return new SuiteResult(name, location, transport, succeeded, failed, skips, SHORT);
    }

    private static HarnessResult result(List<SuiteResult> suites) {
        return new HarnessResult(suites, List.of(), List.of(), LONG);
    }

    private static String failures(TestFailure... failures) {
        return new HarnessResult(List.of(), List.of(failures), List.of(), LONG).report();
    }

    @SuppressWarnings("OverrideThrowableToString") // some do
    private static final class SilentException extends Exception {

        private static final long serialVersionUID = 1;

        SilentException() {
            super(null, null, true, false);
        }

        @Override
        public String toString() {
            return "";
        }
    }
}
