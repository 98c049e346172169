package org.junitsockets.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult.Status;

/** Pairs with a flaw each fail the point that it concerns, by name and in words, and no other. */
class BrokenPairsTests {

    private static final String MEBIBYTE = "1 · 1 MiB arrives intact, then EOF";
    private static final String PING_PONG = "1 · ping-pong to 1,000";
    private static final String PAST = "2 · a deadline that has passed ends a read at once";
    private static final String AHEAD = "2 · a deadline ends a read and leaves the connection usable";
    private static final String FAR_AHEAD = "2 · a deadline that is far ahead lets through what comes before";
    private static final String OF_A_WRITE = "2 · a deadline ends a blocked write";
    private static final String WAKES_A_READ = "3 · close from another thread wakes a blocked read";
    private static final String WAKES_A_WRITE = "3 · close from another thread wakes a blocked write";
    private static final String WAKES_AN_ACCEPT = "3 · close from another thread wakes a blocked accept";
    private static final String CONCURRENT_CALLS = "3 · concurrent reads and writes lose nothing";
    private static final String CONCURRENT_CLOSES = "3 · concurrent closes are safe";
    private static final String HALF_CLOSE = "4 · half-close each way";
    private static final String EOF = "4 · EOF is sticky";
    private static final String RESET = "4 · a reset repeats on every read";
    private static final String BACKPRESSURE = "5 · backpressure blocks without loss";
    private static final String SHORT_READS = "5 · short reads and writes are legal";
    private static final String ACCEPT = "6 · accept blocks until somebody connects";
    private static final String OF_AN_ACCEPT = "6 · a deadline ends an accept";
    private static final String CLOSED = "6 · a closed listener accepts nothing";
    private static final String ADDRESSES = "7 · the accepted remote address is the client's local address";
    private static final String TOLD_APART = "7 · several clients are told apart by their addresses";
    private static final String STRANGER = "7 · a stranger's connection is never handed over";
    private static final String BOUNDARIES = "8 · messages keep their boundaries";
    private static final String TRUNCATION = "8 · a message is truncated, and its rest is lost";
    private static final String FILTERING = "8 · a stranger's datagram is filtered";
    private static final String PATH = "9 · a UNIX path is shorter than 108 bytes";
    private static final String UNLINKED = "9 · a UNIX path is unlinked on close";
    private static final String DIRECTORY = "9 · the directory of a UNIX path has mode 0700 and is removed";
    private static final String STALE = "9 · a stale UNIX socket file refuses";
    private static final String HOST_NAME = "10 · TLS: the host name verifies";
    private static final String ALPN = "10 · TLS: ALPN";
    private static final String CLOSE_NOTIFY = "10 · TLS: an end without close_notify is told from one with it";
    private static final String LOOPBACK = "11 · listens on the loopback address only";
    private static final String IPV6 = "11 · works where there is IPv6 only";
    private static final String PORTS = "11 · no port again within the next 4,096";
    private static final String TEARDOWN = "12 · teardown is bounded";
    private static final String NAMES = "12 · teardown names what blocks";
    private static final String SEED = "13 · the same seed gives the same schedule";

    /** The flaw, a message as a regular expression, the test that has it, and others that it concerns too. */
    static Stream<Arguments> flaws() {
        return Stream.of(
                flaw(
                        BrokenStreams.CutsALongWrite.class,
                        "what came to the server's end: found the end of the stream after 1000000 bytes \\(expected: after 1048576\\)",
                        MEBIBYTE),
                flaw(
                        BrokenStreams.FallsSilentAfter500ShortWrites.class,
                        "what came to the server's end: found no more than 0 of 2 bytes within 3 s \\(expected: all of them\\)",
                        PING_PONG),
                flaw(
                        BrokenStreams.TakesAPastDeadlineForNone.class,
                        "read of up to 4 bytes by the server's end with a timeout of 0 ms did not end within 3 s: its thread is in .*",
                        PAST),
                flaw(
                        BrokenStreams.IgnoresNearDeadlines.class,
                        "read of up to 4 bytes by the server's end with a timeout of 100 ms did not end within 3 s: its thread is in .*",
                        AHEAD),
                flaw(
                        BrokenStreams.ClosesWhenAReadRanOut.class,
                        "write of 2 bytes by the server's end failed: java.nio.channels.ClosedChannelException",
                        AHEAD),
                flaw(
                        BrokenStreams.OverflowsAtFarDeadlines.class,
                        "read of up to 1 byte by the server's end with a timeout of 86400 s: found that it threw"
                                + " java.net.SocketTimeoutException: nothing came within 0 ms \\(expected: to be blocked\\)",
                        FAR_AHEAD),
                flaw(
                        BrokenStreams.IgnoresDeadlinesOfWrites.class,
                        "write of 65536 bytes by the client's end with a timeout of 100 ms did not end within 3 s: its thread is in .*",
                        OF_A_WRITE),
                flaw(
                        BrokenStreams.CloseLeavesReaders.class,
                        "read of up to 1 byte by the server's end with a timeout of 3600 s did not end within 3 s: its thread is in .*",
                        WAKES_A_READ),
                flaw(
                        BrokenStreams.CloseLeavesWriters.class,
                        "write of 65536 bytes by the client's end did not end within 3 s: its thread is in .*",
                        WAKES_A_WRITE),
                flaw(
                        BrokenStreams.CloseLeavesAcceptors.class,
                        "accept of the listener with a timeout of 3600 s did not end within 3 s: its thread is in .*",
                        WAKES_AN_ACCEPT),
                flaw(
                        BrokenStreams.LosesAWriteThatMeetsAnother.class,
                        "what two readers at the server's end have of writer [12] of two: found 8323072 bytes \\(expected: 8388608\\)",
                        CONCURRENT_CALLS),
                flaw(
                        BrokenStreams.SecondCloseThrows.class,
                        "one of 4 closes of the client's end at once: found java.lang.IllegalStateException: closed already"
                                + " \\(expected: that it returns\\)",
                        CONCURRENT_CLOSES),
                flaw(
                        BrokenStreams.HalfCloseIsAFullOne.class,
                        "read of up to 2 bytes by the client's end .*",
                        HALF_CLOSE),
                flaw(
                        BrokenStreams.PromisesAHalfClose.class,
                        "shutdownOutput\\(\\) of the client's end: found that it is not supported, \"relays pass no FIN on\""
                                + " \\(expected: it to be, as a half-close is promised\\)",
                        HALF_CLOSE,
                        MEBIBYTE,
                        CONCURRENT_CALLS,
                        EOF,
                        BACKPRESSURE,
                        SHORT_READS),
                flaw(
                        BrokenStreams.ForgetsTheEnd.class,
                        "read of up to 16 bytes by the server's end with a timeout of 3 s again, behind the end of the stream:"
                                + " found that it threw java.net.SocketTimeoutException: nothing came"
                                + " \\(expected: -1, the end of the stream\\)",
                        EOF),
                flaw(
                        BrokenStreams.ResetIsAnEnd.class,
                        "read of up to 16 bytes by the server's end with a timeout of 3 s: found that it returned -1"
                                + " \\(expected: an IOException, as the other side has reset the connection\\)",
                        RESET),
                flaw(
                        BrokenStreams.ResetShowsOnce.class,
                        "read of up to 16 bytes by the server's end with a timeout of 3 s: found that it returned -1"
                                + " \\(expected: an IOException again, as a read has met the reset before\\)",
                        RESET),
                flaw(
                        BrokenStreams.LosesTheTenthChunk.class,
                        "byte 589824 that came to the server's end: found 0x[0-9a-f]{2} \\(expected: 0x[0-9a-f]{2}\\)",
                        BACKPRESSURE),
                flaw(
                        BrokenStreams.DropsWhatIsNotTakenAtOnce.class,
                        "write of 65536 bytes by the client's end: found that it returned 67108864 \\(expected: to be blocked\\)",
                        WAKES_A_WRITE,
                        CONCURRENT_CALLS,
                        BACKPRESSURE,
                        TEARDOWN),
                flaw(
                        BrokenStreams.ReadsOfOneByteLoseTheNext.class,
                        "byte 1 that came to the server's end: found 0x[0-9a-f]{2} \\(expected: 0x1f\\)",
                        SHORT_READS),
                flaw(
                        BrokenStreams.ReadsNothing.class,
                        "read of up to 16 bytes by the server's end with a timeout of 3 s: found 0 \\(expected: -1, or from 1 to 16\\)",
                        EOF,
                        HALF_CLOSE,
                        RESET),
                flaw(
                        BrokenStreams.AcceptsOnlyWhoIsThereAlready.class,
                        "accept of the listener with a timeout of 3600 s did not end within 3 s: its thread is in .*",
                        ACCEPT),
                flaw(
                        BrokenStreams.IgnoresDeadlinesOfAccepts.class,
                        "accept of the listener with a timeout of 100 ms did not end within 3 s: its thread is in .*",
                        OF_AN_ACCEPT),
                flaw(
                        BrokenStreams.WaitsThoughClosed.class,
                        "accept of the listener with a timeout of 3600 s: found that it threw"
                                + " java.net.SocketTimeoutException: nobody came"
                                + " \\(expected: an IOException, as the listener was closed before\\)",
                        CLOSED),
                flaw(
                        BrokenStreams.TellsAnotherLocalAddress.class,
                        "remoteAddress\\(\\) of the client's end: found /127.0.0.1:\\d+"
                                + " \\(expected: localhost/127.0.0.1:1, the localAddress\\(\\) of the server's end\\)",
                        ADDRESSES),
                flaw(
                        BrokenStreams.TellsTheSecondClientForTheThird.class,
                        "remoteAddress\\(\\) of the server's end that was accepted as number 3: found /127.0.0.1:\\d+"
                                + " \\(expected: one of \\[.*\\], the clients without one\\)",
                        TOLD_APART),
                flaw(
                        BrokenStreams.PairsWithAnyone.class,
                        "pair\\(the listener\\), while a stranger from /127.0.0.1:(\\d+) was connected:"
                                + " found a server's end for /127.0.0.1:\\1"
                                + " \\(expected: for /127.0.0.1:\\d+, the client's end\\)",
                        STRANGER),
                flaw(
                        BrokenMessages.MergesMessages.class,
                        "message that came to the server's end: found 3 bytes \\(expected: 1\\)",
                        BOUNDARIES),
                flaw(
                        BrokenMessages.KeepsTheRestForTheNextRead.class,
                        "byte 90 that came to the server's end: found 0x[0-9a-f]{2} \\(expected: 0x[0-9a-f]{2}\\)",
                        TRUNCATION),
                flaw(
                        BrokenMessages.TakesAnybodysMessages.class,
                        "what came to the client's end: found \\[115\\] \\(expected: \\[99\\]\\)",
                        FILTERING),
                flaw(
                        BrokenPaths.HasALongPath.class,
                        "path .*/socket: found 1\\d\\d bytes \\(expected: fewer than 108\\)",
                        PATH),
                flaw(
                        BrokenPaths.LeavesTheFile.class,
                        "path .*/socket of a closed listener: found a file \\(expected: it to be unlinked\\)",
                        UNLINKED,
                        DIRECTORY),
                flaw(
                        BrokenPaths.LeavesTheDirectory.class,
                        "directory .* of a closed listener: found it is there \\(expected: it to be removed\\)",
                        DIRECTORY),
                flaw(
                        BrokenPaths.LetsOthersIn.class,
                        "mode of directory .*: found rwxr-xr-x \\(expected: rwx------\\)",
                        DIRECTORY),
                flaw(
                        BrokenPaths.ConnectsToAStaleFile.class,
                        "connect\\(\\) to the listener: found that it returned the client's end"
                                + " \\(expected: an IOException, as the file is stale\\)",
                        STALE),
                flaw(
                        BrokenTls.TrustsAnyHostName.class,
                        "write of 1 byte by the client's end: found that it returned true"
                                + " \\(expected: an IOException, as the certificate is for elsewhere.example only\\)",
                        HOST_NAME),
                flaw(
                        BrokenTls.ChoosesNoProtocol.class,
                        "applicationProtocol\\(\\) of the client's end: found \"\""
                                + " \\(expected: \"conformance/1\", the only one that both offer\\)",
                        ALPN),
                flaw(
                        BrokenTls.TakesATruncationForAnEnd.class,
                        "read of up to 16 bytes by the server's end with a timeout of 5 s: found that it returned -1"
                                + " \\(expected: an IOException, as the stream ended without a close_notify\\)",
                        CLOSE_NOTIFY),
                flaw(
                        BrokenStreams.PromisesTls.class,
                        "listenWithCertificateFor\\(\"elsewhere.example\"\\): found that it is not supported,"
                                + " \"listenWithCertificateFor is not overridden\" \\(expected: it to be, as TLS is promised\\)",
                        HOST_NAME,
                        ALPN,
                        CLOSE_NOTIFY),
                flaw(
                        BrokenStreams.ListensEverywhere.class,
                        "address\\(\\) of the listener: found .* \\(expected: a loopback address\\)",
                        LOOPBACK,
                        ADDRESSES),
                flaw(
                        BrokenStreams.ConnectsOverIpv4.class,
                        "localAddress\\(\\) of the client's end: found /127.0.0.1:\\d+"
                                + " \\(expected: an IPv6 address, as the listener's is\\)",
                        IPV6,
                        ADDRESSES),
                flaw(
                        BrokenStreams.LetsTheSystemChooseThePort.class,
                        "port of listener \\d+: found \\d+, that of listener \\d+ \\(expected: none of the last 4096\\)",
                        PORTS),
                flaw(
                        BrokenStreams.CloseWaitsForBoth.class,
                        "close\\(\\) of the client's end did not end within 3 s: its thread is in .*",
                        TEARDOWN),
                flaw(
                        BrokenStreams.TeardownWaitsForWork.class,
                        "close\\(\\) while BlockedWork blocks it did not end within 3 s: its thread is in .*",
                        NAMES),
                flaw(
                        BrokenStreams.TeardownSaysNothing.class,
                        "close\\(\\) while BlockedWork blocks it: found that it returned true"
                                + " \\(expected: to throw something that names BlockedWork\\)",
                        NAMES),
                flaw(
                        BrokenStreams.IgnoresTheSeed.class,
                        "schedule\\(20260101\\) for the second time: found \\[.*\\] \\(expected: \\[.*\\], as for the first\\)",
                        SEED),
                flaw(
                        BrokenStreams.HasOneScheduleForAll.class,
                        "schedule\\(20260102\\) and those of 7 further seeds: found \\[drop, pass\\] each time, as for 20260101"
                                + " \\(expected: another one\\)",
                        SEED),
                flaw(
                        BrokenStreams.HasNoSchedule.class,
                        "schedule\\(20260101\\): found an empty list \\(expected: what is to happen\\)",
                        SEED));
    }

    private static Arguments flaw(
            Class<? extends SocketConformance> flawed, String message, String test, String... others) {
        Set<String> all = new TreeSet<>(Set.of(others));
        all.add(test);
        return arguments(flawed, message, test, all);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("flaws")
    void failsWhereItIsBroken(
            Class<? extends SocketConformance> flawed, String message, String test, Set<String> failing) {
        Run run = test.equals(PORTS) ? Run.of(flawed) : Run.withoutPorts(flawed);
        assertThat(run.messages(Status.FAILED)).containsOnlyKeys(failing);
        assertThat(run.messages(Status.FAILED).get(test)).matches(message);
    }

    @Test
    void eachTestOfTheKitHasAFlawThatFailsIt() {
        Set<String> tests = Arrays.stream(SocketConformance.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getAnnotation(DisplayName.class).value())
                .collect(Collectors.toSet());
        Set<String> failing = flaws().map(flaw -> (String) flaw.get()[2]).collect(Collectors.toSet());
        assertThat(failing).isEqualTo(tests);
        assertThat(tests)
                .extracting(name -> Integer.parseInt(name.replaceFirst(" · .*", "")))
                .contains(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
    }
}
