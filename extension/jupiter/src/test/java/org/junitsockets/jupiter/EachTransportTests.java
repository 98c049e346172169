package org.junitsockets.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsockets.Transport;

/** What an invocation over a transport chooses, what is skipped, and what may not be. */
class EachTransportTests {

    private static final String CASES = "EachTransportTestCases.";

    private static final String RDS = "RDS (AF_RDS) is not available on this system: nothing on the class path"
            + " supplies it (org.junitsockets:junit-sockets-native does)";

    private static List<Object> seen(Class<?> by) {
        return EachTransportTestCases.SEEN.getOrDefault(by, List.of());
    }

    private static Map<String, String> requiring(String transports) {
        return Map.of("junitsockets.require", transports);
    }

    // -- what it chooses ---------------------------------------------------------------------------

    @Test
    void allThatLivesForTheTest() {
        Run run = Run.of(EachTransportTestCases.Everything.class);
        run.passes(2);
        assertThat(run.started()).containsExactly("[1] TCP", "[2] TCP6");
        assertThat(seen(EachTransportTestCases.Everything.class)).containsExactly(Transport.TCP, Transport.TCP6);
    }

    @Test
    void othersKeepTheirs() {
        Run.of(EachTransportTestCases.BesideOthers.class).passes(4);
        assertThat(seen(EachTransportTestCases.BesideOthers.class))
                .containsExactlyInAnyOrder("plain", "template", "repeated", "repeated");
    }

    @Test
    void whatLivesForTheClassKeepsThatOfTheParameter() {
        Class<?> testCases = EachTransportTestCases.PerClass.class;
        Run.of(testCases, Map.of("junitsockets.transports", "TCP")).passes(2);
        Run.of(testCases, Map.of("junitsockets.transports", "TCP6")).passes(2);
        assertThat(seen(testCases))
                .hasSize(8)
                .filteredOn(Transport.class::isInstance)
                .containsExactly(Transport.TCP, Transport.TCP6, Transport.TCP, Transport.TCP6);
        assertThat(seen(testCases).stream().filter(InetSocketAddress.class::isInstance))
                .extracting(address -> ((InetSocketAddress) address).getAddress() instanceof Inet6Address)
                .containsExactly(false, false, true, true);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                EachTransportTestCases.Outer.class,
                EachTransportTestCases.Composed.class,
                EachTransportTestCases.Inherits.class
            })
    void whereverItStands(Class<?> testCases) {
        Run.of(testCases).passes(2);
        assertThat(seen(testCases)).containsExactly(Transport.TCP, Transport.TCP6);
    }

    @ParameterizedTest
    @ValueSource(classes = {EachTransportTestCases.Concurrent.class, EachTransportTestCases.ConcurrentPerClass.class})
    void concurrently(Class<?> testCases) {
        Run.concurrently(testCases).passes(2);
        assertThat(seen(testCases)).containsExactlyInAnyOrder(Transport.TCP, Transport.TCP6);
    }

    /** The harness knows them by it. */
    @Test
    void theTagIsKnownToOthers() {
        assertThat(EachTransport.class.getAnnotation(Tag.class).value()).isEqualTo("each-transport");
    }

    @Test
    void whatLivesForTheClassMayStateOne() {
        Run.of(EachTransportTestCases.StatedForTheClass.class).passes(2);
    }

    // -- what is skipped ---------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            classes = {EachTransportTestCases.OneIsMissing.class, EachTransportTestCases.OneIsMissingPerClass.class})
    void whatIsNotThereIsSkippedUnlessItIsRequired(Class<?> testCases) {
        Run run = Run.of(testCases, requiring("TCP"));
        assertThat(run.failures()).isEmpty();
        assertThat(run.abortedTests()).containsExactly("[2] RDS");
        assertThat(run.aborted()).containsExactly(RDS);
        assertThat(run.succeeded()).isEqualTo(2);

        run = Run.of(testCases, requiring(" tcp6,RDS "));
        assertThat(run.failedTests()).containsExactly("[2] RDS");
        assertThat(run.fails())
                .hasMessage("junitsockets.require: found RDS, which may not be skipped, but " + RDS
                        + " (expected: a system that can do that, or the parameter without RDS)");
        assertThat(run.succeeded()).isEqualTo(2);
        assertThat(seen(testCases)).containsOnly(Transport.TCP, Transport.TCP6);
    }

    /** UNIX and the like are there, but never with that type: requiring them makes no difference. */
    @ParameterizedTest
    @ValueSource(strings = {"", "TCP,UDP,UNIX"})
    void allTransports(String required) {
        Run run = Run.of(EachTransportTestCases.All.class, requiring(required));
        assertThat(run.failures()).isEmpty();
        assertThat(run.started())
                .startsWith("[1] TCP", "[2] TCP6")
                .extracting(name -> name.replaceAll("\\[\\d+] ", ""))
                .containsExactlyElementsOf(
                        Stream.of(Transport.values()).map(Transport::name).toList());
        assertThat(run.abortedTests())
                .contains("[3] UDP", "[5] UNIX", "[11] RDS")
                .doesNotContain("[1] TCP");
        assertThat(run.aborted())
                .contains(RDS)
                .anySatisfy(reason -> assertThat(reason)
                        .endsWith("All.test(Transport, ServerSocket)): found the transport UNIX, over which there is no"
                                + " ServerSocket (expected: ServerSocketChannel, SocketServer)"));
    }

    @Test
    void whatWasListedHasToBeAbleTo() {
        Run run = Run.of(EachTransportTestCases.ListedAndLacking.class);
        assertThat(run.failedTests()).containsExactly("[2] UNIX");
        assertThat(run.fails())
                .hasMessageContaining("the type Socket on parameter 'client' of " + CASES
                        + "ListedAndLacking.test(Socket) of server (@WithSocketServer on method " + CASES
                        + "ListedAndLacking.test(Socket)): found the transport UNIX, over which there is no Socket"
                        + " (expected: SocketChannel, SocketConnection");
        assertThat(run.succeeded()).isEqualTo(1);
    }

    @Test
    void aFieldToo() {
        Run run = Run.of(EachTransportTestCases.ListedAndLackingInAField.class);
        assertThat(run.failedTests()).containsExactly("[1] UNIX");
        assertThat(run.fails())
                .hasMessageContaining("@WithSocketServer on field " + CASES + "ListedAndLackingInAField.server")
                .hasMessageContaining(": found the transport UNIX, over which there is no ServerSocket (expected:"
                        + " ServerSocketChannel, SocketServer)");
    }

    @Test
    void aDeadEndToo() {
        assertThat(Run.of(EachTransportTestCases.ListedAndLackingInADeadEnd.class)
                        .fails())
                .hasMessageContaining("@RefusedEndpoint on parameter 'refused' of " + CASES
                        + "ListedAndLackingInADeadEnd.test(InetSocketAddress): found the transport UNIX, over which"
                        + " there is no InetSocketAddress (expected: UnixDomainSocketAddress, SocketAddress)");
    }

    @ParameterizedTest
    @ValueSource(classes = {EachTransportTestCases.Lacking.class, EachTransportTestCases.LackingInAField.class})
    void whatAParameterChoseIsSkipped(Class<?> testCases) {
        Run run = Run.of(testCases, Map.of("junitsockets.transports", "UNIX", "junitsockets.require", "UNIX"));
        assertThat(run.failures()).isEmpty();
        assertThat(run.aborted()).singleElement().asString().contains(": found the transport UNIX, over which there");
    }

    @Test
    void whatItStatesItselfIsAMistake() {
        assertThat(Run.of(EachTransportTestCases.Stated.class).fails())
                .hasMessageContaining("(@WithSocketServer(transport = UNIX) on method " + CASES
                        + "Stated.test(Socket)): found the transport UNIX, over which there is no Socket");
    }

    // -- what may not be ---------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            classes = {
                EachTransportTestCases.UnavailableInTheTest.class,
                EachTransportTestCases.UnavailableInAField.class,
                EachTransportTestCases.UnavailableInAConstructor.class,
                EachTransportTestCases.UnavailableInAStaticField.class,
                EachTransportTestCases.UnavailableInADynamicTest.class
            })
    void whereverItWouldBeSkipped(Class<?> testCases) {
        Run skipped = Run.of(testCases, requiring("TCP"));
        assertThat(skipped.failures()).isEmpty();
        assertThat(skipped.aborted()).singleElement().asString().startsWith("RDS ");

        assertThat(Run.of(testCases, requiring("TCP,RDS")).fails())
                .hasMessageContaining("junitsockets.require: found RDS, which may not be skipped, but RDS ");
    }

    @Test
    void whoDoesNotSayWhichMeansThatOfTheTest() {
        Class<?> testCases = EachTransportTestCases.UnnamedByTheTest.class;
        assertThat(Run.of(testCases, requiring("TCP")).aborted()).containsExactly("not on this system");
        assertThat(Run.of(testCases, requiring("TCP6")).fails())
                .hasMessageStartingWith(
                        "junitsockets.require: found TCP6, which may not be skipped, but not on this system");
    }

    @Test
    void whatIsNoTransport() {
        assertThat(Run.of(EachTransportTestCases.Lacking.class, requiring("TCP, PIGEON"))
                        .fails())
                .hasMessageContaining("junitsockets.require: found 'PIGEON' (expected: a list, with commas, of [TCP,"
                        + " TCP6, UDP, UDP6, UNIX, TLS, ");
    }

    // -- mistakes ----------------------------------------------------------------------------------

    @Test
    void aPairIsOverWhatHasConnections() {
        Run run = Run.of(EachTransportTestCases.PairOverEach.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.succeeded()).isPositive();
        assertThat(run.aborted())
                .filteredOn(reason -> reason.contains("found the transport UDP"))
                .hasSize(2)
                .allSatisfy(reason -> assertThat(reason)
                        .endsWith(", over which there is no SocketPair (expected: one of TCP, TCP6, UNIX, TLS,"
                                + " UNIX_SEQPACKET, VSOCK, VSOCK_SEQPACKET)"));
    }

    static Stream<Arguments> mistakes() {
        String chooses = " (expected: no transport there; the template chooses)";
        return Stream.of(
                arguments(
                        EachTransportTestCases.StatedOnTheMethod.class,
                        "@WithSocketServer(transport = TCP) on method " + CASES
                                + "StatedOnTheMethod.test(SocketServer):"
                                + " found transport = TCP beside @EachTransport({TCP, TCP6})" + chooses),
                arguments(
                        EachTransportTestCases.StatedOnAParameter.class,
                        "@WithSocketServer(name = \"db\", transport = TCP) on parameter 'server' of " + CASES
                                + "StatedOnAParameter.test(SocketServer): found transport = TCP beside @EachTransport"
                                + chooses),
                arguments(
                        EachTransportTestCases.StatedOnAPair.class,
                        "@WithSocketPair(transport = TCP) on parameter 'pair' of " + CASES
                                + "StatedOnAPair.test(SocketPair): found transport = TCP beside @EachTransport(TCP)"
                                + chooses),
                arguments(
                        EachTransportTestCases.StatedOnADeadEnd.class,
                        "@RefusedEndpoint(transport = TCP) on parameter 'port' of " + CASES
                                + "StatedOnADeadEnd.test(int): found transport = TCP beside @EachTransport(TCP)"
                                + chooses),
                arguments(
                        EachTransportTestCases.StatedOnALease.class,
                        "@LeasedPort(transport = TCP) on parameter 'port' of " + CASES
                                + "StatedOnALease.test(int): found transport = TCP beside @EachTransport(TCP)"
                                + chooses),
                arguments(
                        EachTransportTestCases.StatedOnTheClass.class,
                        "@WithSocketServer(transport = TCP) on class " + CASES + "StatedOnTheClass: found transport ="
                                + " TCP beside @EachTransport(TCP)" + chooses),
                arguments(
                        EachTransportTestCases.StatedOnAField.class,
                        "@WithSocketServer(transport = TCP) on field " + CASES + "StatedOnAField.field: found transport"
                                + " = TCP beside @EachTransport(TCP)" + chooses),
                arguments(
                        EachTransportTestCases.StatedOnBeforeEach.class,
                        "@WithSocketServer(transport = TCP) on parameter 'server' of " + CASES
                                + "StatedOnBeforeEach.before(SocketServer): found transport = TCP beside"
                                + " @EachTransportTestCases.OverIp" + chooses),
                arguments(
                        EachTransportTestCases.ListedTwice.class,
                        "@EachTransport({TCP, TCP6, TCP}) on method " + CASES
                                + "ListedTwice.test(): found TCP twice (expected: each once)"),
                arguments(
                        EachTransportTestCases.NoneHasIt.class,
                        "@EachTransport on method " + CASES + "NoneHasIt.test(SocketChannel): found no transport over"
                                + " which there are SocketChannel with TLS (expected: types that one transport has)"),
                arguments(
                        EachTransportTestCases.TransportOfNothing.class,
                        "No ParameterResolver registered for parameter [org.junitsockets.Transport transport]"),
                arguments(
                        EachTransportTestCases.TransportOfAConstructor.class,
                        "No ParameterResolver registered for parameter [org.junitsockets.Transport transport]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void mistake(Class<?> testCases, String message) {
        Run run = Run.of(testCases);
        assertThat(run.fails()).hasMessageContaining(message);
        assertThat(run.succeeded()).isZero();
    }

    static Stream<Arguments> otherKindsOfTest() {
        return Stream.of(
                arguments(
                        EachTransportTestCases.WithTest.class,
                        "@Test beside @EachTransport(TCP) on method " + CASES + "WithTest.test(): found two kinds of"
                                + " test (expected: @EachTransport alone, which makes it a test)"),
                arguments(
                        EachTransportTestCases.WithOwnTest.class,
                        "@EachTransportTestCases.OwnTest beside @EachTransportTestCases.OverIp on method " + CASES
                                + "WithOwnTest.test(SocketServer): found two kinds of test (expected: @EachTransport"
                                + " alone, which makes it a test)"),
                arguments(
                        EachTransportTestCases.WithParameterizedTest.class,
                        "@ParameterizedTest beside @EachTransport(TCP) on method " + CASES
                                + "WithParameterizedTest.test(): found two kinds of test (expected: @EachTransport"
                                + " alone in a @ParameterizedClass, or @ParameterizedTest alone with the transport"
                                + " among its arguments, as in SocketServer.builder().transport(transport))"),
                arguments(
                        EachTransportTestCases.WithRepeatedTest.class,
                        "@RepeatedTest beside @EachTransport(TCP) on method " + CASES
                                + "WithRepeatedTest.test(): found two kinds of test (expected: @EachTransport alone, or"
                                + " @RepeatedTest alone and the transport by the parameter junitsockets.transports)"),
                arguments(
                        EachTransportTestCases.WithTestFactory.class,
                        "@TestFactory beside @EachTransport(TCP) on method " + CASES
                                + "WithTestFactory.test(): found two kinds of test (expected: @EachTransport alone, or"
                                + " dynamic tests that each build a server over a transport of their own, as in"
                                + " SocketServer.builder().transport(UNIX))"));
    }

    /** JUnit runs the method as both, and neither may pass. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("otherKindsOfTest")
    void otherKindOfTest(Class<?> testCases, String message) {
        Run run = Run.of(testCases);
        assertThat(run.failures()).isNotEmpty().containsOnly(message);
        assertThat(run.succeeded()).isZero();
    }

    @Test
    void aTransportIsNotOursToResolveElsewhere() {
        Run.of(EachTransportTestCases.TransportOfSomebodyElse.class).passes(1);
        assertThat(seen(EachTransportTestCases.TransportOfSomebodyElse.class)).containsExactly(Transport.UDP);
    }
}
