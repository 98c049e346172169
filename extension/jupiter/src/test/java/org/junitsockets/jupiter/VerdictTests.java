package org.junitsockets.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of the verdict, through the platform. */
class VerdictTests {

    @AfterAll
    static void emptyThePool() throws IOException {
        for (Socket socket : VerdictTestCases.POOL) {
            socket.close();
        }
    }

    @Test
    void scriptThatThrows() {
        assertThat(Run.of(VerdictTestCases.ScriptThrows.class).fails())
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("(?s)server 'server' \\(@WithSocketServer on parameter 'server' of"
                        + " VerdictTestCases.ScriptThrows.test\\(SocketServer\\)\\): script 1 \\(registered at"
                        + " VerdictTestCases.java:\\d+\\) failed on connection 1: java.lang.IllegalStateException: boom"
                        + "\n  server 'server' at 127.0.0.1 port \\d+:\n    #1 from /127.0.0.1:\\d+: received 0 bytes,"
                        + " sent 0 bytes, ended by the client \\(FIN\\), ended here by the return of its handler\n.*"
                        + "\n  seed -?\\d+ \\(junitsockets.seed\\)")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void scriptThatMissesItsExpectation() {
        assertThat(Run.of(VerdictTestCases.ScriptMissesExpectation.class).fails())
                .hasMessageContaining("server 'db' (@WithSocketServer(name = \"db\") on parameter 'server' of ")
                .hasMessageContaining(
                        "failed on connection 1: expectLine(\"PING\"): something else came\n  expected: 4 bytes \"PING\" [50 49 4e 47]"
                                + "\n   but was: 4 bytes \"PONG\" [50 4f 4e 47]\n  first difference at byte 1");
    }

    @Test
    void scriptThatIsNotReached() {
        assertThat(Run.inAHurry(VerdictTestCases.ScriptNotReached.class).fails())
                .hasMessageContaining("script 2 (registered at VerdictTestCases.java:")
                .hasMessageContaining(" was not reached: no connection came for it; 1 was made so far");
    }

    @Test
    void scriptThatIsNotFinished() {
        assertThat(Run.inAHurry(VerdictTestCases.ScriptNotFinished.class).fails())
                .hasMessageContaining(" was not finished: it waits in expectEnd() on connection 1;"
                        + " the client still holds the connection open")
                .hasMessageContaining("received 6 bytes \"PING\\r\\n\" [50 49 4e 47 0d 0a], sent 0 bytes, open");
    }

    @Test
    void scriptThatWaitedAndIsBusyElsewhereSince() {
        assertThat(Run.inAHurry(VerdictTestCases.ScriptBusyElsewhere.class).fails())
                .hasMessageContaining(" was not finished on connection 1: it waited in holdOpen() when the test ended"
                        + "\n  its thread junit-sockets-");
    }

    @Test
    void severalFailuresAreOneError() {
        assertThat(Run.inAHurry(VerdictTestCases.TwoScriptsNotFinished.class).fails())
                .hasMessageStartingWith("2 failures:\n1. server 'server'")
                .hasMessageContaining("script 1 (registered at")
                .hasMessageContaining("\n2. server 'server'")
                .hasMessageContaining("script 2 (registered at");
    }

    @Test
    void handlerThatThrows() {
        assertThat(Run.of(VerdictTestCases.HandlerThrows.class).fails())
                .hasMessageContaining(
                        "the handler failed on connection 1:" + " java.lang.IllegalStateException: thrower");
    }

    @Test
    void handlerThatMissesItsExpectation() {
        assertThat(Run.of(VerdictTestCases.HandlerMissesExpectation.class).fails())
                .hasMessageContaining("the handler failed on connection 1:")
                .hasMessageContaining("but was: 4 bytes \"BAD!\"");
    }

    @Test
    void connectionThatNoScriptForesaw() {
        assertThat(Run.of(VerdictTestCases.Unscripted.class).fails())
                .hasMessageContaining("connection 2 was made before the last script ended,"
                        + " and no script, handler or accept() took it");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                VerdictTestCases.UnscriptedAfterAHalfClose.class,
                VerdictTestCases.UnscriptedWhileReadingIsPaused.class
            })
    void connectionThatNoScriptForesawWhileOneSideWasQuiet(Class<?> testCases) {
        assertThat(Run.of(testCases).fails())
                .hasMessageContaining("connection 2 was made before the last script ended");
    }

    @Test
    void testThatLeavesItsThreadInterrupted() {
        try {
            Run run = Run.of(VerdictTestCases.LeavesTheThreadInterrupted.class);
            assertThat(run.failedTests()).containsExactly("handlerThatIsAboutToFail(SocketServer)");
            assertThat(run.succeeded()).isEqualTo(1);
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void abortedTestLeavesNoScriptToTheNext() {
        Run run = Run.inAHurry(VerdictTestCases.AbortedOnAServerOfTheClass.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.aborted()).containsExactly("not today");
        assertThat(run.succeeded()).isEqualTo(1);
    }

    @Test
    void serverThatIsClosedBeforeTheEndOfItsTest() {
        Run run = Run.inAHurry(VerdictTestCases.ServerClosedByAutoClose.class);
        assertThat(run.aborted()).containsExactly("not today");
        assertThat(run.fails()).hasMessageContaining(" was not reached: no connection came for it");
    }

    @Test
    void handlerThatIsBusyElsewhereIsReported() {
        Run run = Run.inAHurry(VerdictTestCases.BusyHandler.class);
        run.passes(1);
        assertThat(run.reports())
                .singleElement()
                .asString()
                .contains("the handler on connection 1 was at work,"
                        + " and not in I/O, when its time was over; it was interrupted\n  its thread junit-sockets-");
    }

    @Test
    void failedTestKeepsItsOwnFailure() {
        Throwable failure = Run.of(VerdictTestCases.FailedAndUnfinished.class).fails();
        assertThat(failure).isInstanceOf(IllegalArgumentException.class).hasMessage("the test's own");
        assertThat(failure.getSuppressed()).singleElement().satisfies(verdict -> {
            assertThat(verdict).isInstanceOf(AssertionError.class);
            assertThat(verdict.getMessage()).contains("script 1 (registered at").contains(" was not finished");
            assertThat(verdict.getStackTrace()).isEmpty();
        });
    }

    @Test
    void scriptsOfAFactoryWhoseTestFailedAreNotWaitedFor() {
        long started = System.nanoTime();
        Run run = Run.of(VerdictTestCases.DynamicTestFails.class);
        assertThat(run.containersFailed()).isEqualTo(1);
        assertThat(run.failures())
                .satisfiesExactly(
                        own -> assertThat(own).isEqualTo("the test's own"),
                        ofTheFactory -> assertThat(ofTheFactory)
                                .contains("script 1 (registered at")
                                .contains(" was not ")); // reached or finished: nobody waited
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void factoryOfAbortedTestsGetsNoVerdict() {
        Run run = Run.inAHurry(VerdictTestCases.DynamicTestAborted.class);
        assertThat(run.aborted()).containsExactly("not today", "not today");
        assertThat(run.fails()).hasMessageContaining("DynamicTestAborted.oneOfTwo(SocketServer)");
    }

    @Test
    void abortedTestGetsNoVerdict() {
        Run run = Run.of(VerdictTestCases.AbortedAndUnfinished.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.aborted()).containsExactly("not today");
    }

    @Test
    void threadThatWouldNotEnd() {
        try {
            assertThat(Run.inAHurry(VerdictTestCases.ThreadThatWouldNotEnd.class)
                            .fails())
                    .hasMessageContaining("the handler on connection 1 would not end: that was closed,"
                            + " its thread was interrupted, and 300 ms later it is still running")
                    .hasMessageContaining("its thread junit-sockets-")
                    .hasMessageContaining("VerdictTestCases$ThreadThatWouldNotEnd.stubborn(VerdictTestCases.java:");
        } finally {
            VerdictTestCases.ThreadThatWouldNotEnd.RELEASE.countDown();
        }
    }

    @Test
    void serverOfTheClassFailsTheTestThatRanAndTheClassForTheRest() {
        Run run = Run.of(VerdictTestCases.OfTheClass.class);
        assertThat(run.failedTests()).containsExactly("bad()");
        assertThat(run.containersFailed()).isEqualTo(1);
        assertThat(run.failures())
                .satisfiesExactly(
                        ofTheTest -> assertThat(ofTheTest)
                                .startsWith("server 'server' (@WithSocketServer(handler = VerdictTestCases.Picky.class)"
                                        + " on field VerdictTestCases.OfTheClass.server)")
                                .contains("java.lang.IllegalArgumentException: got !"),
                        ofTheClass -> assertThat(ofTheClass).contains("got ?").doesNotContain("got !"));
    }

    @Test
    void scriptOnAServerOfTheClassBelongsToItsTest() {
        Run run = Run.inAHurry(VerdictTestCases.ScriptOfATestOnAServerOfTheClass.class);
        assertThat(run.failedTests()).containsExactly("leavesOne()");
        assertThat(run.containersFailed()).isZero();
    }

    @Test
    void scriptsOfATestThatRunsOnAThreadOfItsOwn() {
        Run run = Run.inAHurry(VerdictTestCases.OnAThreadOfItsOwn.class);
        assertThat(run.failedTests()).containsExactly("test()");
        assertThat(run.containersFailed()).isZero();
        assertThat(run.failures()).singleElement().asString().startsWith("2 failures:");
    }

    @Test
    void overlappingTestsBothFail() {
        Run run = Run.concurrently(VerdictTestCases.Overlapping.class);
        assertThat(run.failedTests()).containsExactlyInAnyOrder("one()", "other()");
        assertThat(run.containersFailed()).isZero();
    }

    @Test
    void pooledConnection() {
        Run run = Run.of(VerdictTestCases.PoolKeepsConnection.class);
        run.passes(1);
        assertThat(run.reports()).isEmpty();
    }

    @Test
    void handlerThatIsIdleBeyondTheDeadline() {
        Run.inAHurry(VerdictTestCases.IdleBeyondTheDeadline.class).passes(1);
    }

    @Test
    void reconnectAfterTheLastScript() {
        Run run = Run.of(VerdictTestCases.ReconnectsAfterLastScript.class);
        run.passes(4);
        assertThat(run.reports())
                .as("reported, not judged")
                .hasSize(4)
                .allSatisfy(
                        report -> assertThat(report)
                                .contains(
                                        ": a connection came after the last script ended, and nobody took it: #2 from /127.0.0.1:"));
    }

    @Test
    void connectionThatIsOnlyOpenedAndClosed() {
        Run.of(VerdictTestCases.HealthCheck.class).passes(1);
    }

    @Test
    void connectionOverWhichNothingIsSent() {
        Run.of(VerdictTestCases.ConnectsAndNeverSends.class).passes(2);
    }

    @ParameterizedTest
    @ValueSource(classes = {VerdictTestCases.ClosedByAutoClose.class, VerdictTestCases.ClosedByAfterEach.class})
    void clientThatIsClosedAfterTheTestMethod(Class<?> testCases) {
        Run.of(testCases).passes(1);
    }

    @Test
    void clientOfOurs() {
        Run.of(VerdictTestCases.OurOwnClient.class).passes(3);
    }

    @Test
    void clientThatLeaves() {
        Run.of(VerdictTestCases.ClientLeavesInTheMiddle.class).passes(1);
    }

    @Test
    void clientThatGivesUp() {
        Run.of(VerdictTestCases.GivesUpDuringSlowWrite.class).passes(2);
    }

    @Test
    void holdOpen() {
        Run.of(VerdictTestCases.HoldOpen.class).passes(2);
    }

    @Test
    void serverOfAnInstanceThatServesAllTests() {
        Run.of(VerdictTestCases.NothingToSay.class).passes(2);
    }
}
