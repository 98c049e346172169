package org.junitsockets.testcontainers.carried;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitsockets.SocketServer;
import org.junitsockets.Transport;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.ListeningEndpoint;
import org.junitsockets.testcontainers.agent.Agent;

/** The agent as a program: its arguments, what it needs on its class path, and its end. */
@SuppressWarnings("AddressSelection") // it is a literal
class AgentProcessTests {

    private static final EndpointOptions DEFAULT = new EndpointOptions(5, 0, 0);

    @TempDir
    private Path directory;

    private Path secret() throws IOException {
        return Files.write(directory.resolve("secret"), LocalAgent.SECRET);
    }

    /** With core and this module on its class path, and nothing else. */
    private static Process run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                location(SocketServer.class) + System.getProperty("path.separator") + location(Agent.class),
                Agent.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }

    private static String location(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    private static InetSocketAddress control(Process process) throws IOException {
        String line = new BufferedReader(process.inputReader(UTF_8)).readLine();
        assertThat(line).matches("junit-sockets agent: control port \\d+");
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(line.replaceAll(".* ", "")));
    }

    private static void assertExit(Process process, int status) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(status);
    }

    private static AgentClient connect(InetSocketAddress control) throws IOException {
        return AgentClient.connect(control, LocalAgent.SECRET, (transport, address) -> address, LocalAgent.PATIENCE);
    }

    @Test
    void itServesUntilTheSessionEnds() throws Exception {
        Process process = run("--control", "0", "--secret", secret().toString(), "--bind", "127.0.0.1");
        try (AgentClient client = connect(control(process));
                ListeningEndpoint listener = client.listen(Transport.TCP, DEFAULT)) {
            try (Socket socket = new Socket()) {
                socket.connect(listener.localAddress());
                listener.settle();
                try (ConnectionEndpoint peer = requireNonNull(listener.accept())) {
                    socket.getOutputStream().write('x');
                    listener.settle();
                    assertThat(peer.read(ByteBuffer.allocate(9))).isEqualTo(1);
                }
            }
        } finally {
            assertExit(process, 0);
        }
    }

    @Test
    void whenItDiesEverythingFailsHere() throws Exception {
        Process process = run("--control", "0", "--secret", secret().toString(), "--bind", "127.0.0.1");
        InetSocketAddress control = control(process);
        try (AgentClient client = connect(control)) {
            ListeningEndpoint listener = client.listen(Transport.TCP, DEFAULT);
            try (Socket socket = new Socket()) {
                socket.connect(listener.localAddress());
                listener.settle();
                ConnectionEndpoint peer = requireNonNull(listener.accept());
                process.destroyForcibly();
                assertThat(peer.poll(OP_READ, LocalAgent.PATIENCE.toMillis())).isTrue();
                assertThatThrownBy(() -> peer.read(ByteBuffer.allocate(1)))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining(":" + control.getPort() + " has failed: ");
                assertThatThrownBy(listener::settle).isInstanceOf(IOException.class);
                peer.close();
            }
            listener.close();
        } finally {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Below those that this system and this library give to anybody. */
    private static int firstOfThreeFreePorts() throws IOException {
        int first = 20_010;
        while (!(isFree(first) && isFree(first + 1) && isFree(first + 2))) {
            first += 3;
            assertThat(first).as("a port that may be free").isLessThan(30_000);
        }
        return first;
    }

    private static boolean isFree(int port) throws IOException {
        try {
            new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1")).close();
            return true;
        } catch (BindException e) {
            return false;
        }
    }

    @Test
    void itUsesThePortsThatItIsGiven() throws Exception {
        int first = firstOfThreeFreePorts();
        String ports = first + "-" + (first + 2);
        Process process =
                run("--control", "0", "--secret", secret().toString(), "--bind", "127.0.0.1", "--ports", ports);
        try (AgentClient client = connect(control(process))) {
            List<ListeningEndpoint> open = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                open.add(client.listen(Transport.TCP, DEFAULT));
            }
            assertThat(open)
                    .extracting(each -> ((InetSocketAddress) each.localAddress()).getPort())
                    .containsExactly(first, first + 1, first + 2);
            assertThatThrownBy(() -> client.listen(Transport.TCP, DEFAULT))
                    .isInstanceOf(BindException.class)
                    .hasMessageStartingWith(
                            "none of the 3 ports from " + first + " to " + (first + 2) + " can be bound: ");
            open.get(1).close();
            assertThat(((InetSocketAddress)
                                    client.listen(Transport.TCP, DEFAULT).localAddress())
                            .getPort())
                    .isEqualTo(first + 1);
        } finally {
            assertExit(process, 0);
        }
    }

    static Stream<Arguments> whatCannotBe() {
        String usage = "usage: --control PORT --secret FILE [--bind ADDRESS] [--ports FROM-TO]";
        return Stream.of(
                Arguments.of("found no --control; " + usage, new String[] {}),
                Arguments.of("found no --secret; " + usage, new String[] {"--control", "0"}),
                Arguments.of("--control: found no value; " + usage, new String[] {"--control"}),
                Arguments.of("an argument: found --x; " + usage, new String[] {"--x", "0"}),
                Arguments.of(
                        "--control: found 65536 (expected: a port from 0 to 65535)",
                        new String[] {"--control", "65536"}),
                Arguments.of("--ports: found 5 (expected: FROM-TO)", new String[] {"--ports", "5"}),
                Arguments.of(
                        "ports: found 9-5 (expected: two from 1 to 65535, the lower one first)",
                        new String[] {"--ports", "9-5"}),
                Arguments.of(
                        "--bind: found localhost (expected: a literal IP address)",
                        new String[] {"--bind", "localhost"}));
    }

    @ParameterizedTest
    @MethodSource("whatCannotBe")
    void argumentsThatCannotBeAreNamed(String message, String[] arguments) throws Exception {
        Process process = run(arguments);
        try (BufferedReader errors = process.errorReader(UTF_8)) {
            assertThat(errors.readLine())
                    .isEqualTo("junit-sockets agent: java.lang.IllegalArgumentException: " + message);
        }
        assertExit(process, 2);
    }

    @Test
    void aSecretOfAnotherLengthIsRefused() throws Exception {
        Path file = Files.write(directory.resolve("short"), new byte[31]);
        Process process = run("--control", "0", "--secret", file.toString());
        try (BufferedReader errors = process.errorReader(UTF_8)) {
            assertThat(errors.readLine())
                    .isEqualTo("junit-sockets agent: java.lang.IllegalArgumentException: --secret " + file
                            + ": found 31 bytes (expected: 32)");
        }
        assertExit(process, 2);
    }
}
