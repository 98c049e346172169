package org.junitsockets.conformance;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.engine.TestExecutionResult.Status;

/**
 * Pairs that pass each point that applies to them, by name. Those that do not apply are listed here: a
 * point that is skipped for any other reason is a failure.
 */
class PairsTests {

    private static final List<String> NO_MESSAGES = nCopies(3, "8: what is under test does not promise messages");
    private static final List<String> NO_PATH = nCopies(4, "9: what is under test has no path, but listens on ADDRESS");
    private static final List<String> NO_TLS = nCopies(3, "10: what is under test does not promise TLS");
    private static final List<String> NOT_IPV6 =
            List.of("11: what is under test listens on 127.0.0.1, which is not IPv6");
    private static final List<String> NO_WORK = List.of(
            "12: runOnItsOwnThread(work) is not supported: it runs nothing of its user's on threads of its own");
    private static final List<String> NO_SEED =
            List.of("13: schedule(20260101) is not supported: it has no seed, as nothing in it is random");
    private static final List<String> NO_WRITE_TIMEOUT = List.of("2: write of 65536 bytes by the client's end with a"
            + " timeout of 100 ms is not supported: Socket has no write timeout");
    private static final List<String> NO_IP_ADDRESS = all(
            nCopies(2, "7: what is under test does not promise an IP address and a port"),
            nCopies(3, "11: what is under test does not promise an IP address and a port"));
    private static final List<String> NO_CONNECTIONS = all(
            List.of("1: what is under test does not promise a stream of bytes"),
            List.of("2: what is under test does not promise a stream of bytes"),
            nCopies(2, "3: what is under test does not promise a stream of bytes"),
            List.of("4: what is under test does not promise a half-close"),
            List.of("4: what is under test does not promise connections with an end"),
            List.of("4: what is under test does not promise a reset"),
            nCopies(2, "5: what is under test does not promise a stream of bytes"));
    private static final List<String> ONE_PEER = onePeer("DatagramChannel");
    private static final List<String> NOT_THAT_MANY =
            List.of("11: listen() is not supported: no more than 16 tests are run for it");

    @TestFactory
    Stream<DynamicContainer> plainSockets() {
        return Stream.of(
                pair(
                        PlainSocketTestCases.class,
                        all(NO_WRITE_TIMEOUT, NO_MESSAGES, NO_PATH, NO_TLS, NOT_IPV6, NO_WORK, NO_SEED)),
                pair(SocketChannelTestCases.class, all(NO_MESSAGES, NO_PATH, NO_TLS, NOT_IPV6)),
                pair(SocketChannelTestCases.Ipv6TestCases.class, all(NO_MESSAGES, NO_PATH, NO_TLS)),
                pair(
                        DatagramChannelTestCases.class,
                        all(NO_CONNECTIONS, ONE_PEER, NO_PATH, NO_TLS, NOT_IPV6, NO_WORK, NO_SEED)),
                pair(
                        TlsSocketTestCases.class,
                        all(NO_WRITE_TIMEOUT, NO_MESSAGES, NO_PATH, NOT_IPV6, NO_WORK, NO_SEED)));
    }

    @TestFactory
    Stream<DynamicContainer> ownTransports() {
        return Stream.of(
                pair(TcpTestCases.class, all(NO_MESSAGES, NO_PATH, NO_TLS, NOT_IPV6, NO_SEED)),
                pair(Tcp6TestCases.class, all(NO_MESSAGES, NO_PATH, NO_TLS, NO_SEED)),
                pair(UdpTestCases.class, all(NO_CONNECTIONS, NO_PATH, NO_TLS, NOT_IPV6, NO_SEED)),
                pair(Udp6TestCases.class, all(NO_CONNECTIONS, NO_PATH, NO_TLS, NO_SEED)),
                pair(TlsTestCases.class, all(NO_MESSAGES, NO_PATH, NOT_IPV6, NO_SEED)));
    }

    @TestFactory
    Stream<DynamicContainer> injected() {
        List<String> notWithTcp = all(NO_MESSAGES, NO_PATH, NO_TLS, NOT_IPV6, NOT_THAT_MANY, NO_WORK, NO_SEED);
        List<String> notWithUdp = all(NO_CONNECTIONS, NO_PATH, NO_TLS, NOT_IPV6, NOT_THAT_MANY, NO_WORK, NO_SEED);
        return Stream.of(
                pair(InjectedTestCases.Sockets.class, all(NO_WRITE_TIMEOUT, notWithTcp)),
                pair(InjectedTestCases.TcpChannels.class, notWithTcp),
                pair(InjectedTestCases.DatagramChannels.class, all(ONE_PEER, notWithUdp)),
                pair(InjectedTestCases.DatagramSockets.class, all(onePeer("DatagramSocket"), notWithUdp)));
    }

    /** One after the other: the library's have one directory, which is there as long as anybody uses it. */
    @TestFactory
    @Execution(ExecutionMode.SAME_THREAD)
    Stream<DynamicContainer> unix() {
        return Stream.of(
                pair(UnixChannelTestCases.class, all(NO_IP_ADDRESS, NO_MESSAGES, NO_TLS, NO_WORK, NO_SEED)),
                pair(UnixTestCases.class, all(NO_IP_ADDRESS, NO_MESSAGES, NO_TLS, NO_SEED)),
                pair(TlsOverUnixTestCases.class, all(NO_IP_ADDRESS, NO_MESSAGES, NO_WORK, NO_SEED)),
                pair(InjectedTestCases.UnixChannels.class, all(NO_IP_ADDRESS, NO_MESSAGES, NO_TLS, NO_WORK, NO_SEED)));
    }

    /** Runs it when its turn has come, beside others. */
    private static DynamicContainer pair(Class<? extends SocketConformance> type, List<String> doesNotApply) {
        return dynamicContainer(type.getSimpleName(), Stream.of(type).flatMap(each -> tests(each, doesNotApply)));
    }

    private static Stream<DynamicTest> tests(Class<? extends SocketConformance> type, List<String> doesNotApply) {
        Run run = Run.of(type);
        List<DynamicTest> tests = new ArrayList<>();
        run.results().forEach((name, result) -> {
            if (result.getStatus() != Status.ABORTED) {
                tests.add(dynamicTest(name, () -> {
                    if (result.getThrowable().isPresent()) {
                        throw result.getThrowable().get();
                    }
                }));
            }
        });
        tests.add(dynamicTest(
                "what does not apply",
                () -> assertThat(run.skipped()).containsExactlyInAnyOrderElementsOf(doesNotApply)));
        return tests.stream();
    }

    private static List<String> onePeer(String type) {
        return nCopies(
                2,
                "7: accept of the listener with a timeout of 10 s is not supported: a " + type
                        + " has one peer at a time");
    }

    @SafeVarargs
    private static List<String> all(List<String>... some) {
        List<String> all = new ArrayList<>();
        for (List<String> each : some) {
            all.addAll(each);
        }
        return all;
    }
}
