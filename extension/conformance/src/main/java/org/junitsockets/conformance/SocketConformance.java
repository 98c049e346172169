package org.junitsockets.conformance;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junitsockets.Capability;
import org.opentest4j.TestAbortedException;

/**
 * What every pair of sockets that is given to a test has to do. Extend it with your own: a transport, a
 * proxy, a TLS stack, a wrapper.
 *
 * <pre>{@code
 * class MyProxyConformanceTests extends SocketConformance {
 *
 *     @Override
 *     protected Set<Capability> capabilities() {
 *         return Transport.TCP.capabilities();
 *     }
 *
 *     @Override
 *     protected Listener listen() throws IOException {
 *         return Listener.of(MyProxy.listen());
 *     }
 * }
 * }</pre>
 *
 * <p><b>The points.</b> Each is one test or several, whose display names begin with its number:
 *
 * <ol>
 *   <li>1 MiB arrives intact, then the end of the stream; ping-pong to 1,000.
 *   <li>Deadlines that have passed, that are near, that are far ahead; a read that ran out leaves the
 *       connection usable, both ways.
 *   <li>Close from another thread wakes a blocked read, write, accept; concurrent calls are safe.
 *   <li>Half-close each way; the end of the stream stays; a reset repeats on every read.
 *   <li>Backpressure blocks without loss; reads and writes of any size are legal.
 *   <li>Accept blocks; a deadline ends it, and so does close.
 *   <li>Addresses match; a stranger's connection is never handed over.
 *   <li>Messages keep their boundaries, are truncated, come from the peer only.
 *   <li>A UNIX path is short enough, in a directory of mode 0700, unlinked on close; a stale file refuses.
 *   <li>TLS: the host name verifies, ALPN, an end without a close_notify can be told.
 *   <li>Loopback only; IPv6 alone is enough; no port again within the next 4,096.
 *   <li>Teardown is bounded and names what blocks.
 *   <li>The same seed gives the same schedule.
 * </ol>
 *
 * <p><b>What does not apply is skipped</b>, with its reason: what {@link #capabilities()} does not
 * promise, and what an operation says it does not have, by an {@link UnsupportedOperationException}. What
 * is promised and then not supported is a failure. The points 12 and 13 have parts that only a supplier
 * with threads or a seed of its own has, which overrides {@link #runOnItsOwnThread(Runnable)} and {@link
 * #schedule(long)}; one with TLS overrides {@link #listenWithCertificateFor(String)} and {@link
 * #listenWithProtocols(List, List)}.
 *
 * <p><b>Nothing hangs.</b> Each test has a thread of its own, and each call of what is under test has to
 * return within twice {@link #patience()}; the failure names the call and shows where it is. What a test
 * has opened is closed at its end, clients first. The tests do not share anything, so that they can run in
 * parallel.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public abstract class SocketConformance {

    /** For the constructors of subclasses. */
    protected SocketConformance() {}

    /**
     * Tells what the pair under test promises. All of that is tested.
     *
     * @return the capabilities, such as {@link org.junitsockets.Transport#capabilities()}
     */
    protected abstract Set<Capability> capabilities();

    /**
     * Opens a side that listens, at an address of its own. It is called often, from several threads.
     *
     * @return the listener; the kit closes it
     * @throws Exception if it cannot be opened
     * @throws UnsupportedOperationException if this system lacks it: the test is skipped with its message
     */
    protected abstract Listener listen() throws Exception;

    /**
     * Connects to a listener and finds the server's end of that connection, also where others are connected
     * to it.
     *
     * <p>By default it connects, sends a greeting where there are no {@linkplain
     * Capability#CONNECTIONS connections}, and accepts until the address of the remote end is that of its
     * client; what was accepted before that is closed. Where addresses are not supported, it takes the
     * first.
     *
     * @param listener from {@link #listen()}
     * @return both ends; the kit closes them
     * @throws Exception if it fails
     */
    protected EndPair pair(Listener listener) throws Exception {
        End client = listener.connect();
        boolean connections = capabilities().contains(Capability.CONNECTIONS);
        if (!connections) {
            client.write(greeting());
        }
        List<SocketAddress> strangers = new ArrayList<>();
        long end = Timeouts.endOf(patience());
        while (true) {
            End server;
            try {
                server = listener.accept(patience());
            } catch (SocketTimeoutException e) {
                throw new AssertionError(
                        "pair(the listener): found connections from " + strangers + " (expected: one from "
                                + client.localAddress() + ", the client's end)",
                        e);
            }
            if (isConnectedTo(client, server) || Timeouts.isPast(end)) {
                if (!connections) {
                    server.read(new byte[greeting().length], patience());
                }
                return new EndPair(client, server);
            }
            strangers.add(server.remoteAddress());
            server.close();
        }
    }

    private static boolean isConnectedTo(End client, End server) throws IOException {
        try {
            return server.remoteAddress().equals(client.localAddress());
        } catch (TestAbortedException | UnsupportedOperationException e) {
            return true;
        }
    }

    /** What a client sends first where only that lets it be accepted. */
    static byte[] greeting() {
        return new byte[] {'h', 'i'};
    }

    /**
     * Returns how long anything may take that is to succeed, or is to end by itself. Not a deadline that is
     * tested: it only bounds what would hang.
     *
     * @return 10 seconds by default
     */
    protected Duration patience() {
        return Duration.ofSeconds(10);
    }

    /**
     * Returns how long a message can be.
     *
     * @return 1,400 bytes by default
     * @see Capability#MESSAGES
     */
    protected int longestMessage() {
        return 1400;
    }

    /**
     * Opens a listener as {@link #listen()} does, whose certificate is for that host name only; its clients
     * expect one for its address.
     *
     * @param hostName which is not that of its address
     * @return the listener; the kit closes it
     * @throws Exception if it cannot be opened
     * @throws UnsupportedOperationException by default, which fails where {@link Capability#TLS} is promised
     */
    protected Listener listenWithCertificateFor(String hostName) throws Exception {
        throw new UnsupportedOperationException("listenWithCertificateFor is not overridden");
    }

    /**
     * Opens a listener as {@link #listen()} does, with ALPN.
     *
     * @param server the protocols of the accepted ends, the preferred one first
     * @param client those of the clients
     * @return the listener; the kit closes it
     * @throws Exception if it cannot be opened
     * @throws UnsupportedOperationException by default, which fails where {@link Capability#TLS} is promised
     */
    protected Listener listenWithProtocols(List<String> server, List<String> client) throws Exception {
        throw new UnsupportedOperationException("listenWithProtocols is not overridden");
    }

    /**
     * Runs something on a thread of the supplier's own, such as that of a server's handler. It does not end
     * in time, and for no interrupt.
     *
     * @param work what to run; it says by itself when it has begun
     * @return what is closed while the work goes on. Its close has to come to an end all the same, by an
     *     exception whose message, or that of a cause or a suppressed one, has the name of the work's class.
     * @throws Exception if it cannot be run
     * @throws UnsupportedOperationException by default
     */
    protected AutoCloseable runOnItsOwnThread(Runnable work) throws Exception {
        throw new UnsupportedOperationException("it runs nothing of its user's on threads of its own");
    }

    /**
     * Returns what a seed makes of whatever is random in what is under test, such as which message is
     * dropped when.
     *
     * @param seed for it
     * @return a list of anything that is equal where the same happens; not empty
     * @throws Exception if it fails
     * @throws UnsupportedOperationException by default
     */
    protected List<?> schedule(long seed) throws Exception {
        throw new UnsupportedOperationException("it has no seed, as nothing in it is random");
    }

    @Test
    @Order(1)
    @DisplayName("1 · 1 MiB arrives intact, then EOF")
    final void point1MebibyteIntactThenEof() throws Exception {
        Trial.run(this, Integrity::mebibyte);
    }

    @Test
    @Order(1)
    @DisplayName("1 · ping-pong to 1,000")
    final void point1PingPong() throws Exception {
        Trial.run(this, Integrity::pingPong);
    }

    @Test
    @Order(2)
    @DisplayName("2 · a deadline that has passed ends a read at once")
    final void point2DeadlinePast() throws Exception {
        Trial.run(this, Deadlines::past);
    }

    @Test
    @Order(2)
    @DisplayName("2 · a deadline ends a read and leaves the connection usable")
    final void point2DeadlineAhead() throws Exception {
        Trial.run(this, Deadlines::ahead);
    }

    @Test
    @Order(2)
    @DisplayName("2 · a deadline that is far ahead lets through what comes before")
    final void point2DeadlineFarAhead() throws Exception {
        Trial.run(this, Deadlines::farAhead);
    }

    @Test
    @Order(2)
    @DisplayName("2 · a deadline ends a blocked write")
    final void point2DeadlineOfAWrite() throws Exception {
        Trial.run(this, Deadlines::ofAWrite);
    }

    @Test
    @Order(3)
    @DisplayName("3 · close from another thread wakes a blocked read")
    final void point3CloseWakesARead() throws Exception {
        Trial.run(this, Closing::wakesARead);
    }

    @Test
    @Order(3)
    @DisplayName("3 · close from another thread wakes a blocked write")
    final void point3CloseWakesAWrite() throws Exception {
        Trial.run(this, Closing::wakesAWrite);
    }

    @Test
    @Order(3)
    @DisplayName("3 · close from another thread wakes a blocked accept")
    final void point3CloseWakesAnAccept() throws Exception {
        Trial.run(this, Closing::wakesAnAccept);
    }

    @Test
    @Order(3)
    @DisplayName("3 · concurrent reads and writes lose nothing")
    final void point3ConcurrentCalls() throws Exception {
        Trial.run(this, Closing::concurrentCalls);
    }

    @Test
    @Order(3)
    @DisplayName("3 · concurrent closes are safe")
    final void point3ConcurrentCloses() throws Exception {
        Trial.run(this, Closing::concurrentCloses);
    }

    @Test
    @Order(4)
    @DisplayName("4 · half-close each way")
    final void point4HalfClose() throws Exception {
        Trial.run(this, Endings::halfClose);
    }

    @Test
    @Order(4)
    @DisplayName("4 · EOF is sticky")
    final void point4EofIsSticky() throws Exception {
        Trial.run(this, Endings::endIsSticky);
    }

    @Test
    @Order(4)
    @DisplayName("4 · a reset repeats on every read")
    final void point4ResetRepeats() throws Exception {
        Trial.run(this, Endings::resetRepeats);
    }

    @Test
    @Order(5)
    @DisplayName("5 · backpressure blocks without loss")
    final void point5Backpressure() throws Exception {
        Trial.run(this, Backpressure::blocksWithoutLoss);
    }

    @Test
    @Order(5)
    @DisplayName("5 · short reads and writes are legal")
    final void point5ShortReads() throws Exception {
        Trial.run(this, Backpressure::shortReads);
    }

    @Test
    @Order(6)
    @DisplayName("6 · accept blocks until somebody connects")
    final void point6AcceptBlocks() throws Exception {
        Trial.run(this, Accepting::waits);
    }

    @Test
    @Order(6)
    @DisplayName("6 · a deadline ends an accept")
    final void point6DeadlineOfAnAccept() throws Exception {
        Trial.run(this, Accepting::endsByItsDeadline);
    }

    @Test
    @Order(6)
    @DisplayName("6 · a closed listener accepts nothing")
    final void point6ClosedListener() throws Exception {
        Trial.run(this, Accepting::closedTakesNothing);
    }

    @Test
    @Order(7)
    @DisplayName("7 · the accepted remote address is the client's local address")
    final void point7AddressesMatch() throws Exception {
        Trial.run(this, Addresses::match);
    }

    @Test
    @Order(7)
    @DisplayName("7 · several clients are told apart by their addresses")
    final void point7ClientsToldApart() throws Exception {
        Trial.run(this, Addresses::tellClientsApart);
    }

    @Test
    @Order(7)
    @DisplayName("7 · a stranger's connection is never handed over")
    final void point7NoStranger() throws Exception {
        Trial.run(this, Addresses::noStranger);
    }

    @Test
    @Order(8)
    @DisplayName("8 · messages keep their boundaries")
    final void point8Boundaries() throws Exception {
        Trial.run(this, Messages::boundaries);
    }

    @Test
    @Order(8)
    @DisplayName("8 · a message is truncated, and its rest is lost")
    final void point8Truncation() throws Exception {
        Trial.run(this, Messages::truncation);
    }

    @Test
    @Order(8)
    @DisplayName("8 · a stranger's datagram is filtered")
    final void point8Filtering() throws Exception {
        Trial.run(this, Messages::filtering);
    }

    @Test
    @Order(9)
    @DisplayName("9 · a UNIX path is shorter than 108 bytes")
    final void point9UnixPathFits() throws Exception {
        Trial.run(this, UnixPaths::fits);
    }

    @Test
    @Order(9)
    @DisplayName("9 · a UNIX path is unlinked on close")
    final void point9UnixPathUnlinked() throws Exception {
        Trial.run(this, UnixPaths::unlinked);
    }

    @Test
    @Order(9)
    @DisplayName("9 · the directory of a UNIX path has mode 0700 and is removed")
    final void point9UnixDirectory() throws Exception {
        Trial.run(this, UnixPaths::directory);
    }

    @Test
    @Order(9)
    @DisplayName("9 · a stale UNIX socket file refuses")
    final void point9StaleFileRefuses() throws Exception {
        Trial.run(this, UnixPaths::staleRefuses);
    }

    @Test
    @Order(10)
    @DisplayName("10 · TLS: the host name verifies")
    final void point10HostNameVerifies() throws Exception {
        Trial.run(this, TlsPoints::hostNameVerifies);
    }

    @Test
    @Order(10)
    @DisplayName("10 · TLS: ALPN")
    final void point10Alpn() throws Exception {
        Trial.run(this, TlsPoints::applicationProtocol);
    }

    @Test
    @Order(10)
    @DisplayName("10 · TLS: an end without close_notify is told from one with it")
    final void point10CloseNotify() throws Exception {
        Trial.run(this, TlsPoints::closeNotify);
    }

    @Test
    @Order(11)
    @DisplayName("11 · listens on the loopback address only")
    final void point11LoopbackOnly() throws Exception {
        Trial.run(this, Loopback::only);
    }

    @Test
    @Order(11)
    @DisplayName("11 · works where there is IPv6 only")
    final void point11Ipv6() throws Exception {
        Trial.run(this, Loopback::ipv6);
    }

    @Test
    @Order(11)
    @DisplayName("11 · no port again within the next 4,096")
    final void point11NoPortAgain() throws Exception {
        Trial.run(this, Loopback::noPortAgain);
    }

    @Test
    @Order(12)
    @DisplayName("12 · teardown is bounded")
    final void point12TeardownIsBounded() throws Exception {
        Trial.run(this, Teardown::bounded);
    }

    @Test
    @Order(12)
    @DisplayName("12 · teardown names what blocks")
    final void point12TeardownNamesWhatBlocks() throws Exception {
        Trial.run(this, Teardown::namesWhatBlocks);
    }

    @Test
    @Order(13)
    @DisplayName("13 · the same seed gives the same schedule")
    final void point13SameSeedSameSchedule() throws Exception {
        Trial.run(this, Seeds::sameSeedSameSchedule);
    }
}
