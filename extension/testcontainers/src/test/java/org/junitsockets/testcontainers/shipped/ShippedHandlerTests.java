package org.junitsockets.testcontainers.shipped;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junitsockets.CharacterGenerator;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.Daytime;
import org.junitsockets.Discard;
import org.junitsockets.Echo;
import org.junitsockets.Ending;
import org.junitsockets.Silent;
import org.junitsockets.SocketConnection;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.Transport;

/** Handlers that run in an agent, in a JVM of its own that has not their classes; judged by what is seen here. */
class ShippedHandlerTests {

    private static String exchange(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(US_ASCII));
        client.shutdownOutput();
        return new String(client.getInputStream().readAllBytes(), US_ASCII);
    }

    private static Throwable verdict(Served served) {
        return catchThrowable(served::close);
    }

    private static String printed(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void itRunsWhereTheAgentIs() throws Exception {
        try (Served served = Served.inTheAgent(HandlerTestCases.Pid.class);
                Socket client = served.socket()) {
            assertThat(exchange(client, "")).isEqualTo(ChildAgent.SHARED.pid() + "\n");
        }
        assertThat(ChildAgent.SHARED.pid()).isNotEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void theReadyOnesRunThereToo() throws Exception {
        try (Served echo = Served.inTheAgent(Echo.class);
                Served discard = Served.inTheAgent(Discard.class);
                Served daytime = Served.inTheAgent(Daytime.class);
                Socket one = echo.socket();
                Socket other = discard.socket();
                Socket third = daytime.socket()) {
            assertThat(exchange(one, "hello")).isEqualTo("hello");
            assertThat(exchange(other, "hello")).isEmpty();
            assertThat(exchange(third, "")).endsWith("-UTC\r\n");
            assertThat(echo.server().connectionCount()).isEqualTo(1);
        }
    }

    @Test
    void whatItsClassNeedsIsShippedWithIt() throws Exception {
        try (Served served = Served.inTheAgent(HandlerTestCases.needy());
                Socket client = served.socket()) {
            assertThat(exchange(client, ""))
                    .isEqualTo("LOUD quiet hush anonymous org.junitsockets.testcontainers.shipped null shipped"
                            + " a resource of the test\n");
        }
    }

    @Test
    void whatIsNowhereIsNamed() throws Exception {
        Served served = Served.inTheAgent(HandlerTestCases.Lost.class);
        try (Socket client = served.socket()) {
            assertThat(exchange(client, "")).isEmpty();
        }
        assertThat(verdict(served))
                .hasMessageContaining("the handler failed on connection 1: java.lang.ClassNotFoundException:"
                        + " org.junitsockets.nowhere.Missing, needed by a handler in the agent: it is neither in the"
                        + " agent nor where the test is");
    }

    @Test
    void oneInstanceServesAServer() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (Served served = Served.inTheAgent(HandlerTestCases.Counting.class)) {
                for (int expected = 1; expected <= 3; expected++) {
                    try (Socket client = served.socket()) {
                        assertThat(exchange(client, "")).isEqualTo(expected + "\n");
                    }
                }
            }
        }
    }

    // -- failures ----------------------------------------------------------------------------------

    private static Throwable failed(Class<? extends ConnectionHandler> type) {
        Served served = Served.inTheAgent(type);
        served.connect().write("x\n").expectEnd();
        Throwable verdict = verdict(served);
        assertThat(verdict).isInstanceOf(AssertionError.class);
        return verdict;
    }

    @Test
    void anAssertionErrorIsOne() {
        Throwable verdict = failed(HandlerTestCases.Asserting.class);
        assertThat(verdict)
                .hasMessageContaining(
                        "server 'db' (in a test): the handler failed on connection 1: expected: <1> but" + " was: <2>");
        assertThat(verdict.getCause())
                .isExactlyInstanceOf(AssertionError.class)
                .hasMessage("expected: <1> but was: <2>");
        assertThat(verdict.getCause().getStackTrace()[0])
                .hasToString(new HandlerTestCases.Asserting().getClass().getName()
                        + ".handle(HandlerTestCases.java:"
                        + verdict.getCause().getStackTrace()[0].getLineNumber()
                        + ")");
        assertThat(printed(verdict)).containsPattern("Asserting\\.handle\\(HandlerTestCases\\.java:[1-9]");
    }

    @Test
    void anIoExceptionOfTheJdkIsWhatItWas() {
        Throwable cause = failed(HandlerTestCases.Io.class).getCause();
        assertThat(cause).isExactlyInstanceOf(EOFException.class).hasMessage("the file is short");
        assertThat(cause.getSuppressed()).singleElement().hasToString("java.lang.IllegalStateException: and broken");
        Throwable wrapping = failed(HandlerTestCases.Wrapping.class).getCause();
        assertThat(wrapping).hasToString("java.io.UncheckedIOException: wrapped");
        assertThat(wrapping.getCause()).hasToString(HandlerTestCases.Wordless.class.getName());
    }

    @Test
    void anExceptionOfTheTestsOwnSaysWhatItWas() {
        Throwable verdict = failed(HandlerTestCases.Own.class);
        assertThat(verdict)
                .hasMessageContaining("the handler failed on connection 1: "
                        + HandlerTestCases.OwnException.class.getName() + ": of my own");
        assertThat(verdict.getCause()).isInstanceOf(RuntimeException.class).hasMessage("of my own");
        assertThat(verdict.getCause().getCause())
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("because of that");
        assertThat(printed(verdict))
                .contains("Caused by: " + HandlerTestCases.OwnException.class.getName() + ": of my own")
                .containsPattern("Own\\.handle\\(HandlerTestCases\\.java:[1-9]");
    }

    @Test
    void whatItsClientsLeavingCausesIsNoFailure() throws Exception {
        try (Served served = Served.inTheAgent(CharacterGenerator.class)) {
            try (Socket client = served.socket()) {
                assertThat(client.getInputStream().readNBytes(4 * 1024 * 1024)).hasSize(4 * 1024 * 1024);
            }
            try (Socket client = served.socket()) {
                assertThat(client.getInputStream().readNBytes(74)).hasSize(74);
                client.setSoLinger(true, 0);
            }
        }
        try (Served served = Served.inTheAgent(HandlerTestCases.Flooding.class);
                Socket client = served.socket()) {
            assertThat(client.getInputStream().readNBytes(1000)).hasSize(1000);
            client.setSoLinger(true, 0);
        }
    }

    @Test
    void aClientThatDoesNotReadHoldsUpAWriteThatKnowsItsDeadline() throws Exception {
        Served served = Served.inTheAgent(HandlerTestCases.FloodingInTime.class);
        try (Socket client = served.socket()) {
            assertThat(client.getInputStream().read()).isZero();
            served.server().assertReached("late");
            assertThat(verdict(served))
                    .hasMessageContaining(
                            "the handler failed on connection 1: write of 1048576 bytes: the other side" + " took ")
                    .hasMessageContaining(" of 1048576 bytes within 500 ms; the connection is open");
        }
    }

    @Test
    void aDeadlineThatRunsOutIsTold() throws Exception {
        Served served = Served.inTheAgent(HandlerTestCases.Late.class);
        SocketConnection client = served.connect();
        client.expectLine("go on").expectEnd();
        assertThat(verdict(served))
                .hasMessageContaining(
                        "the handler failed on connection 1: expectLine(\"hello\"):" + " nothing came within 100 ms");
        try (Served idle = Served.inTheAgent(HandlerTestCases.Idle.class)) {
            idle.connect().expectEnd();
            assertThat(idle.server().connection(1).transcript().entries())
                    .extracting(entry -> entry.kind())
                    .contains(Kind.TIMED_OUT);
        }
    }

    @Test
    void theVerdictWaitsForWhoIsAtWork() {
        Served served = Served.inTheAgent(HandlerTestCases.Thinking.class);
        served.connect().write("x\n");
        assertThat(verdict(served)).hasMessageContaining("the handler failed on connection 1: thought about it");
    }

    // -- the end of the scope -----------------------------------------------------------------------

    @Test
    void theEndOfTheTestEndsWhoWaitsInIo() throws Exception {
        for (Class<? extends ConnectionHandler> type :
                List.of(Echo.class, Silent.class, HandlerTestCases.Greeting.class, HandlerTestCases.Checked.class)) {
            Served served = Served.inTheAgent(type, "junitsockets.deadline", "10m");
            try (Socket client = served.socket()) {
                served.server().awaitConnections(1);
                assertTimeoutPreemptively(Duration.ofMinutes(1), served::close, "it waits for a deadline");
                assertThat(new String(client.getInputStream().readAllBytes(), US_ASCII))
                        .isIn("", "hello\n", "220 ready\r\n");
            }
        }
    }

    /** By which a handler there is told that the test is over, before its connection is ended. */
    @Test
    void whatFailsOnceTheTestIsOverFailsIt() throws Exception {
        Class<? extends ConnectionHandler> type = HandlerTestCases.OutlastingTheTest.class;
        for (Served served : List.of(Served.here(type), Served.inTheAgent(type))) {
            try (Socket client = served.socket()) {
                assertThat(client.getInputStream().readNBytes(11)).hasSize(11);
                assertThat(verdict(served))
                        .hasMessageContaining("the handler failed on connection 1: held open to the end");
            }
        }
    }

    @Test
    void whoWaitsElsewhereIsInterrupted() throws Exception {
        Duration toBegin = Duration.ofSeconds(10); // its class has to get there
        Served served = Served.inTheAgent(HandlerTestCases.Stuck.class, "junitsockets.deadline", "1s");
        served.connect().deadline(toBegin).expectLine("stuck");
        served.close();
        Served deaf = Served.inTheAgent(HandlerTestCases.Deaf.class, "junitsockets.deadline", "300ms");
        deaf.connect().deadline(toBegin).expectLine("deaf");
        assertThat(verdict(deaf)).hasMessageContaining("the handler on connection 1 would not end");
    }

    @Test
    void aServerThatGoesDownEndsWhatItServes() throws Exception {
        try (Served served = Served.inTheAgent(Echo.class)) {
            try (Socket client = served.socket()) {
                client.getOutputStream().write('x');
                assertThat(client.getInputStream().read()).isEqualTo('x');
                served.server().stop();
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
            assertThatThrownBy(served::socket).isInstanceOf(ConnectException.class);
            served.server().start();
            try (Socket client = served.socket()) {
                client.getOutputStream().write('y');
                assertThat(client.getInputStream().read()).isEqualTo('y');
                served.server().stop(Ending.RST);
                assertThatThrownBy(() -> client.getInputStream().read())
                        .isInstanceOf(SocketException.class)
                        .hasMessage("Connection reset");
            }
        }
    }

    @Test
    void aWriteFromHereIsNotSwallowed() throws Exception {
        try (Served served = Served.inTheAgent(HandlerTestCases.Greeting.class)) {
            served.connect().expectLine("220 ready");
            SocketConnection peer = served.server().connection(1);
            assertThatThrownBy(() -> peer.write("x"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("found a write from the test on a connection that a handler in the agent"
                            + " serves (expected: one of the handler's)");
        }
    }

    @Test
    void withoutTheAgentItFails() throws Exception {
        ChildAgent agent = ChildAgent.start();
        Served served = Served.inThe(agent, Echo.class);
        SocketConnection client = served.connect();
        client.write("x").expect("x");
        agent.end();
        assertThat(verdict(served)).hasMessageContaining("the connection to the agent was closed here");
    }

    // -- what is seen --------------------------------------------------------------------------------

    @Test
    void checkpointsAreReachedHere() {
        try (Served served = Served.inTheAgent(HandlerTestCases.Checked.class)) {
            SocketConnection client = served.connect();
            served.server().assertReached("greeted");
            client.expectLine("hello").write("more\n").expectLine("yes").expectEnd();
            served.server().assertReached("asked for more");
        }
    }

    /** A client there may be ahead of what is told here. */
    @Test
    void whoAsksForCheckpointsGetsAllThatAClientKnowsOf() {
        for (int i = 0; i < 30; i++) {
            try (Served served = Served.inTheAgent(HandlerTestCases.Checked.class)) {
                served.connect().expectLine("hello");
                assertThat(served.server().checkpoints()).containsExactly("greeted");
            }
        }
    }

    @Test
    void aHundredAreServedAtOnce() throws Exception {
        try (Served served = Served.inTheAgent(Echo.class)) {
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                clients.add(served.socket());
            }
            for (Socket client : clients) {
                client.getOutputStream().write((client.getLocalPort() + "\n").getBytes(US_ASCII));
            }
            for (Socket client : clients) {
                String expected = client.getLocalPort() + "\n";
                assertThat(client.getInputStream().readNBytes(expected.length()))
                        .asString()
                        .isEqualTo(expected);
                client.close();
            }
            assertThat(served.server().connectionCount()).isEqualTo(100);
        }
    }

    @Test
    void muchGoesThroughUnchanged() throws Exception {
        byte[] much = new byte[8 * 1024 * 1024];
        IntStream.range(0, much.length).forEach(i -> much[i] = (byte) (i * 31 + i / 977));
        try (Served served = Served.inTheAgent(Echo.class);
                Socket client = served.socket()) {
            Thread writer = new Thread(() -> {
                try {
                    client.getOutputStream().write(much);
                    client.shutdownOutput();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            writer.start();
            InputStream in = client.getInputStream();
            assertThat(in.readAllBytes()).isEqualTo(much);
            writer.join();
        }
    }

    @Test
    void theTranscriptIsThatOfItsLocalTwin() throws Exception {
        compare(
                Echo.class,
                client -> client.write("one")
                        .expect("one")
                        .write("two")
                        .expect("two")
                        .shutdownOutput());
        compare(Echo.class, client -> client.write("one").expect("one").rst());
        compare(Silent.class, client -> client.write("unread").shutdownOutput());
        compare(HandlerTestCases.HalfClosing.class, client -> client.expectToEnd("all\n"));
        compare(
                HandlerTestCases.Resetting.class,
                client -> client.write("PING\n").expect("half an answ").expectReset());
        compare(
                HandlerTestCases.Finishing.class,
                client -> client.write("PING\n").expectToEnd("PONG\n"));
        compare(
                HandlerTestCases.Greeting.class,
                client -> client.expectLine("220 ready").fin());
        compare(
                HandlerTestCases.Checked.class,
                client -> client.expectLine("hello").write("x\n").expectToEnd("yes\n"));
        compare(HandlerTestCases.Idle.class, SocketConnection::expectEnd);
    }

    private interface Talk {
        void talk(SocketConnection client);
    }

    private static void compare(Class<? extends ConnectionHandler> type, Talk talk) throws Exception {
        List<String> here = transcript(Served.here(type), talk);
        assertThat(here).isNotEmpty();
        assertThat(transcript(Served.inTheAgent(type), talk))
                .as(type.getSimpleName())
                .isEqualTo(here);
    }

    private static List<String> transcript(Served served, Talk talk) {
        talk.talk(served.connect());
        served.close();
        List<String> lines = new ArrayList<>();
        served.server().transcript().entries().forEach(entry -> {
            if (entry.kind() != Kind.SERVED) { // what a client does at once may come before it, here as there
                lines.add(entry.kind() + " " + new String(entry.bytes(), US_ASCII) + " " + entry.detail());
            }
        });
        return lines;
    }

    // -- what is not shipped ---------------------------------------------------------------------------

    private static boolean isShipped(Class<? extends ConnectionHandler> type, Transport transport) {
        return ChildAgent.SHARED.handler(type, transport).isPresent();
    }

    @Test
    void whatNeedsTheTestRunsHere() {
        String captured = "captured";
        ConnectionHandler lambda = peer -> peer.write(captured);
        ConnectionHandler anonymous = new ConnectionHandler() {
            @Override
            public void handle(SocketConnection peer) {
                peer.write(captured);
            }
        };
        class Local implements ConnectionHandler {
            @Override
            public void handle(SocketConnection peer) {
                peer.write(captured);
            }
        }
        assertThat(List.of(
                        lambda.getClass(),
                        anonymous.getClass(),
                        Local.class,
                        HandlerTestCases.Inner.class,
                        HandlerTestCases.Parameterised.class,
                        HandlerTestCases.Abstract.class))
                .allSatisfy(type -> assertThat(isShipped(type, Transport.TCP)).isFalse());
        assertThat(List.of(Transport.UDP, Transport.UDP6, Transport.UNIX, Transport.TLS))
                .allSatisfy(transport ->
                        assertThat(isShipped(Echo.class, transport)).isFalse());
        assertThat(List.of(Transport.TCP, Transport.TCP6))
                .allSatisfy(transport ->
                        assertThat(isShipped(Echo.class, transport)).isTrue());
    }
}
