package org.junitsockets.assertj;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.testing.Failures.assertFails;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketPair;
import org.junitsockets.Transport;

/** What is live is waited for. */
class SocketConnectionAssertTests {

    private static final Duration SHORT = Duration.ofMillis(20);

    private final SocketPair pair = SocketPair.open(Transport.TCP);
    private final SocketConnection client = pair.client();
    private final SocketConnection server = pair.server();

    @AfterEach
    void close() {
        pair.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "TCP6"})
    void bothEndsOfEachTransport(Transport transport) {
        try (SocketPair pair = SocketPair.open(transport)) {
            pair.client().write("PING\r\n");
            pair.server().expectLine("PING").write("PONG\r\n");
            assertThat(pair.server())
                    .received("PING\r\n")
                    .then()
                    .sent("PONG\r\n")
                    .isOpen();
            assertThat(pair.client()).sent("PING\r\n").then().received("PONG\r\n");
            pair.server().rst();
            assertThat(pair.server()).endedByReset().isClosed();
            assertThat(pair.client()).wasReset().endedByReset();
        }
    }

    @Test
    void whatNobodyReadsIsSeenAndStaysToBeRead() {
        client.write("PING\r\n");
        assertThat(server).received("PING\r\n");
        server.expectLine("PING");
    }

    @Test
    void bytesAreWaitedFor() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            await(waiting);
            client.write("PI");
            client.write("NG");
        });
        waiting.countDown();
        assertThat(server).received("PING");
        writing.join();
    }

    @Test
    void endsAreWaitedFor() {
        CompletableFuture<Void> ending = CompletableFuture.runAsync(client::fin);
        assertThat(server).endedByFin();
        ending.join();
        assertThat(client).isClosed();
    }

    @Test
    void halfClosedByEitherSide() {
        client.shutdownOutput();
        server.expectEnd().write("more");
        assertThat(server).halfClosed();
        assertThat(client).halfClosed().then().received("more");
    }

    @Test
    void somethingElseIsNotWaitedFor() {
        client.write("PONG");
        assertFails(() -> assertThat(server).received("PING"), """
                received() on connection 1 of server (a pair opened at <place>): something else came
                  expected: 4 bytes "PING" [50 49 4e 47]
                   but was: 4 bytes "PONG" [50 4f 4e 47]
                  first difference at byte 1
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 4 bytes "PONG" --------------------------------------------->|""");
    }

    @Test
    void whatDoesNotComeIsWaitedForInVain() {
        client.write("PI");
        assertFails(() -> assertThat(server).within(SHORT).received("PING"), """
                received() on connection 1 of server (a pair opened at <place>): not all of it came within 20 ms
                  expected: 4 bytes "PING" [50 49 4e 47]
                   but was: 2 bytes "PI" [50 49]
                  first difference at byte 2
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|""");
        assertFails(() -> assertThat(server).within(SHORT).endedByFin(), """
                endedByFin() on connection 1 of server (a pair opened at <place>): it did not happen within 20 ms
                  expected: a FIN of the other side
                   but was: open
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|""");
        assertFails(() -> assertThat(server).within(SHORT).receivedBytes(3), """
                receivedBytes() on connection 1 of server (a pair opened at <place>): too few within 20 ms
                  expected: 3 bytes
                   but was: 2 bytes
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|""");
    }

    @Test
    void theDeadlineIsTheConnections() {
        server.deadline(SHORT);
        assertFails(() -> assertThat(server).receivedContaining("x"), """
                receivedContaining() on connection 1 of server (a pair opened at <place>): it was not received within 20 ms
                  expected: 1 byte "x" [78]
                   but was: 0 bytes
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted""");
    }

    @Test
    void behindAFinNothingIsWaitedFor() {
        client.write("PI").fin();
        assertFails(() -> assertThat(server).endedByFin().received("PING"), """
                received() on connection 1 of server (a pair opened at <place>): not all of it came
                  expected: 4 bytes "PING" [50 49 4e 47]
                   but was: 2 bytes "PI" [50 49]
                  first difference at byte 2
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- FIN -------------------------------------------------------->|""");
    }

    @Test
    void behindAResetNoFinIsWaitedFor() {
        client.rst();
        assertFails(() -> assertThat(server).endedByFin(), """
                endedByFin() on connection 1 of server (a pair opened at <place>): it did not happen
                  expected: a FIN of the other side
                   but was: reset by the other side
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- RST -------------------------------------------------------->|""");
    }

    @Test
    void behindItsEndNothingIsWaitedFor() {
        client.write("x");
        assertThat(server).received("x");
        server.rst();
        assertFails(() -> assertThat(server).received("xy"), """
                received() on connection 1 of server (a pair opened at <place>): not all of it came
                  expected: 2 bytes "xy" [78 79]
                   but was: 1 byte "x" [78]
                  first difference at byte 1
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 1 byte "x" ------------------------------------------------->|
                        ms    |<-------------------------------------------------------- RST --|  server: rst()""");
        assertFails(() -> assertThat(server).timedOut(), """
                timedOut() on connection 1 of server (a pair opened at <place>): it did not happen
                  expected: a call that timed out
                   but was: reset here by rst()
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 1 byte "x" ------------------------------------------------->|
                        ms    |<-------------------------------------------------------- RST --|  server: rst()""");
    }

    @Test
    void negativesLookOnce() {
        assertThat(server)
                .receivedNothing()
                .sentNothing()
                .doesNotContain("x")
                .isOpen()
                .receivedBytes(0);
    }

    @Test
    void nothingMore() {
        client.write("PING");
        assertThat(server).received("PING").receivedNothingMoreWithin(SHORT);
        assertFails(() -> assertThat(server).received("PI").receivedNothingMoreWithin(SHORT), """
                receivedNothingMoreWithin(20 ms) on connection 1 of server (a pair opened at <place>): something more came
                  expected: nothing more
                   but was: 2 bytes "NG" [4e 47]
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 4 bytes "PING" --------------------------------------------->|""");
    }

    @Test
    void nothingMoreAfterTheEnd() {
        client.write("PING").fin();
        assertThat(server).received("PING").endedByFin().receivedNothingMoreWithin(Duration.ofDays(1));
    }

    @Test
    void nothingMoreOnceItIsOver() {
        server.rst();
        assertThat(server).receivedNothingMoreWithin(Duration.ofDays(1));
    }

    @Test
    void somethingMoreComesInTheMeantime() {
        CompletableFuture<SocketConnection> writing = CompletableFuture.supplyAsync(() -> client.write("x"));
        assertFails(() -> assertThat(server).receivedNothingMoreWithin(Duration.ofDays(1)), """
                receivedNothingMoreWithin(86400 s) on connection 1 of server (a pair opened at <place>): something more came
                  expected: nothing more
                   but was: 1 byte "x" [78]
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 1 byte "x" ------------------------------------------------->|""");
        writing.join();
    }

    @Test
    void anInterruptEndsTheWait() {
        Thread.currentThread().interrupt();
        assertFails(() -> assertThat(server).received("x"), """
                received() on connection 1 of server (a pair opened at <place>): nothing came before the thread was interrupted
                  expected: 1 byte "x" [78]
                   but was: 0 bytes
                  first difference at byte 0
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted""");
        assertFails(() -> assertThat(server).receivedNothingMoreWithin(Duration.ofDays(1)), """
                receivedNothingMoreWithin(86400 s) on connection 1 of server (a pair opened at <place>): time was not up before the thread was interrupted
                  expected: nothing more
                   but was: 0 bytes
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted""");
        org.assertj.core.api.Assertions.assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void somebodyElsesConnection() {
        SocketConnection foreign = (SocketConnection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {SocketConnection.class}, (proxy, method, args) -> {
                    try {
                        return method.invoke(server, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        client.write("PING");
        assertThat(foreign).received("PING");
        assertFails(() -> assertThat(foreign).within(SHORT).received("PINGPONG"), """
                received() on connection 1 of server (a pair opened at <place>): not all of it came within 20 ms
                  expected: 8 bytes "PINGPONG" [50 49 4e 47 50 4f 4e 47]
                   but was: 4 bytes "PING" [50 49 4e 47]
                  first difference at byte 4
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 4 bytes "PING" --------------------------------------------->|""");
    }

    @Test
    void nonsense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(server).within(Duration.ZERO))
                .withMessage("within: found 'PT0S' (expected: between 1 ms and a day)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(server).receivedNothingMoreWithin(Duration.ofDays(2)))
                .withMessage("duration: found 'PT48H' (expected: between 1 ms and a day)");
        assertFails(() -> assertThat((SocketConnection) null).received("x"), """

                Expecting actual not to be null""");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
