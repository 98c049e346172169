package org.junitsockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junitsockets.connection.Connection;
import org.junitsockets.testing.Background;
import org.junitsockets.testing.OnEachTransport;
import org.junitsockets.testing.OnEachTransportWithReset;
import org.junitsockets.testing.Raw;

/** Several clients at the same time, and what is said of those that fail. */
class RunningClientsTests {

    private static final Duration SHORT = Duration.ofSeconds(1);

    private static SocketServer echo(Transport transport) {
        Raw.assumeAvailable(transport);
        return SocketServer.builder().transport(transport).handler(new Echo()).start();
    }

    @OnEachTransport
    void allAreConnectedBeforeOneGoesAndAllAreAtItAtOnce(Transport transport) {
        CyclicBarrier all = new CyclicBarrier(20);
        Set<Integer> numbers = ConcurrentHashMap.newKeySet();
        try (SocketServer server = echo(transport);
                SocketClients clients = SocketClients.open()) {
            clients.run(server.socketAddress(), 20, client -> {
                assertThat(server.connectionCount()).isEqualTo(20);
                all.await(5, TimeUnit.SECONDS);
                numbers.add(client.number());
                client.write("I am " + client.number() + "\n").expectLine("I am " + client.number());
            });
            assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, 20).boxed().collect(Collectors.toSet()));
        }
    }

    @OnEachTransport
    void aReturnEndsTheConnection(Transport transport) {
        Raw.assumeAvailable(transport);
        try (SocketServer server = SocketServer.builder().transport(transport).start();
                SocketClients clients = SocketClients.open()) {
            server.onConnection(peer -> peer.expectToEnd("bye").write("unread").checkpoint("written"));
            clients.run(server.socketAddress(), 1, client -> client.write("bye"));
            server.assertReached("written"); // over UNIX a write fails once these clients have been closed
        }
    }

    @OnEachTransportWithReset
    void aClientMayEndItByAReset(Transport transport) {
        Raw.assumeAvailable(transport);
        try (SocketServer server = SocketServer.builder().transport(transport).start();
                SocketClients clients = SocketClients.open()) {
            server.onConnection(SocketConnection::expectReset);
            clients.run(server.socketAddress(), 1, SocketConnection::rst);
        }
    }

    @Test
    void severalRunsAtTheSameTimeNumberTheirClientsApart() throws Exception {
        Set<Integer> numbers = ConcurrentHashMap.newKeySet();
        try (SocketServer server = echo(Transport.TCP);
                SocketClients clients = SocketClients.open()) {
            ConnectionHandler each = client -> numbers.add(client.number());
            Background<?> other = Background.run(() -> clients.run(server.socketAddress(), 20, each));
            clients.run(server.socketAddress(), 20, each);
            other.get();
        }
        assertThat(numbers).hasSize(40);
    }

    @OnEachTransport
    void allThatFailAreListedAndTheirCausesKept(Transport transport) {
        try (SocketServer server = echo(transport);
                SocketClients clients = SocketClients.open()) {
            assertThatThrownBy(() -> clients.run(server.socketAddress(), 5, client -> {
                        switch (client.number()) {
                            case 2 -> client.write("x\n").expectLine("y");
                            case 4 -> throw new IOException("no such key");
                            default -> client.write("x\n").expectLine("x");
                        }
                    }))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageMatching("2 of 5 clients \\(run at RunningClientsTests\\.java:\\d+\\) failed:\n"
                            + "  client 2: expectLine\\(\"y\"\\) on client 2 of \\S+ \\(connected at"
                            + " RunningClientsTests\\.java:\\d+\\): something else came[^\n]*(\n[^\n]*)*\n"
                            + "  client 4: java\\.io\\.IOException: no such key")
                    .hasNoCause()
                    .satisfies(error -> assertThat(error.getSuppressed())
                            .extracting(Object::getClass)
                            .containsExactly(AssertionError.class, IOException.class));
            clients.run(server.socketAddress(), 5, client -> client.write("x\n").expectLine("x"));
        }
    }

    @OnEachTransportWithReset
    void aServerThatResetsIsAFailureOfTheClient(Transport transport) {
        Raw.assumeAvailable(transport);
        try (SocketServer server = SocketServer.builder()
                        .transport(transport)
                        .handler(peer -> peer.expectLine("hello").rst())
                        .start();
                SocketClients clients = SocketClients.open()) {
            assertThatThrownBy(() -> clients.run(
                            server.socketAddress(),
                            1,
                            client -> client.write("hello\n").readLine()))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageMatching("1 of 1 clients \\(.*\\) failed:\n"
                            + "  client 1: java\\.io\\.UncheckedIOException: readLine\\(\\) on client 1 of .*: "
                            + "Connection reset");
        }
    }

    @OnEachTransport
    void whoWaitsTooLongIsNamedWithTheCallAndEnded(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        try (SocketServer server = SocketServer.builder().transport(transport).start();
                SocketClients clients = SocketClients.open().deadline(SHORT)) {
            assertThatThrownBy(() -> clients.run(server.socketAddress(), 2, client -> {
                        threads.add(Thread.currentThread());
                        client.deadline(Duration.ofHours(1)).write("said\n").expectLine("never");
                    }))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageMatching("2 of 2 clients \\(run at RunningClientsTests\\.java:\\d+\\) failed:\n"
                            + "  client 1: not finished within 1 s: it waits in expectLine\\(\"never\"\\)\n"
                            + "  client 2: not finished within 1 s: it waits in expectLine\\(\"never\"\\)")
                    .hasNoSuppressedExceptions();
            server.accept().expectToEnd("said\n");
            server.accept().expectToEnd("said\n");
            assertThat(threads).hasSize(2);
            // Others use the pool too, and a thread is cleared only after its task has told that it ended.
            Background.await("no interrupt to stay", () -> threads.stream().noneMatch(Thread::isInterrupted));
        }
    }

    @Test
    void whoDoesSomethingElseTooLongIsShownWithItsStackAndInterrupted() {
        try (SocketServer server = echo(Transport.TCP);
                SocketClients clients = SocketClients.open().deadline(SHORT)) {
            assertThatThrownBy(() -> clients.run(server.socketAddress(), 1, client -> new CountDownLatch(1).await()))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("\n  client 1: not finished within 1 s: it is at\n    ")
                    .hasMessageContaining("CountDownLatch.await(")
                    .hasMessageNotContaining("later it is still running");
        }
    }

    @Test
    void aThreadThatWouldNotEndIsSaid() {
        CountDownLatch released = new CountDownLatch(1);
        try (SocketServer server = echo(Transport.TCP);
                SocketClients clients = SocketClients.open().deadline(SHORT)) {
            assertThatThrownBy(() -> clients.run(server.socketAddress(), 1, client -> {
                        boolean done = false;
                        while (!done) {
                            try {
                                released.await();
                                done = true;
                            } catch (InterruptedException e) {
                                // stubborn
                            }
                        }
                    }))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageMatching("(?s).*\n    its connection was closed, its thread was interrupted, and 1 s"
                            + " later it is still running\n    .*" + Pattern.quote("CountDownLatch.await(") + ".*");
        } finally {
            released.countDown();
        }
    }

    @Test
    void anInterruptedRunIsCalledOff() throws Exception {
        try (SocketServer server = SocketServer.builder().start();
                SocketClients clients = SocketClients.open()) {
            CountDownLatch begun = new CountDownLatch(2);
            Background<Boolean> running = Background.call(() -> {
                assertThatThrownBy(() -> clients.run(server.socketAddress(), 2, client -> {
                            begun.countDown();
                            client.deadline(Duration.ofHours(1)).readLine();
                        }))
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageMatching("running 2 clients \\(run at RunningClientsTests\\.java:\\d+\\):"
                                + " the thread was interrupted")
                        .hasCauseInstanceOf(InterruptedIOException.class);
                return Thread.currentThread().isInterrupted();
            });
            begun.await();
            running.thread().interrupt();
            assertThat(running.get()).isTrue();
            server.accept().expectEnd();
            server.accept().expectEnd();
            assertThat(((Connection) server.connection(1)).hasEnded()).isTrue();
        }
    }
}
