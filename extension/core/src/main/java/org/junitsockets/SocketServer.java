package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.apiguardian.api.API;
import org.junitsockets.server.ServerBuilder;

/**
 * A server on an ephemeral port of the loopback address, or at a path of its own, for one test.
 *
 * <pre>{@code
 * try (SocketServer server = SocketServer.builder().start()) {
 *     server.onConnection(peer -> {
 *         peer.expectLine("PING");
 *         peer.write("PONG\r\n");
 *     });
 *     assertThat(new Client(server.address()).ping()).isTrue();
 * }
 * }</pre>
 *
 * <p>The address is bound before anybody is told of it and stays bound until the server is closed; a
 * port is not handed out again by this JVM within the next 4,096.
 *
 * <p>Connections are taken in the order in which they were made by whoever asked first: {@link
 * #accept()}, or a script given to {@link #onConnection(ConnectionHandler)}. What scripts leave goes
 * to the handler of every connection, if there is one; else it waits until somebody asks.
 *
 * <p>What a peer's handler throws, a script that was not finished, and a script that was never
 * reached fail the test at its end: under JUnit by the extension, without it by {@link #close()}.
 *
 * <p>All methods may be called from any thread. On a closed server they throw an {@link
 * IllegalStateException}, except {@link #close()} and those that only tell where it was.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public interface SocketServer extends AutoCloseable {

    /**
     * Returns what is needed to start a server without JUnit.
     *
     * @return a new builder
     */
    static Builder builder() {
        return new ServerBuilder();
    }

    /**
     * Returns what it is reached over.
     *
     * @return the transport
     */
    Transport transport();

    /**
     * Returns the address that the server is bound to: the loopback address of its transport and an
     * ephemeral port.
     *
     * @return the address, the same for the server's whole life
     * @throws UnsupportedOperationException over a transport without {@linkplain Capability#IP_ADDRESS IP
     *     addresses}; {@link #socketAddress()} is there for each
     */
    InetSocketAddress address();

    /**
     * Returns the same for any transport.
     *
     * @return the address: an {@link InetSocketAddress}, for {@link Transport#UNIX} a {@link
     *     java.net.UnixDomainSocketAddress}
     */
    SocketAddress socketAddress();

    /**
     * Returns the path that the server is bound to, over {@link Transport#UNIX}: a file that others can
     * connect to, in a directory that only its owner may enter.
     *
     * @return the path, shorter than the 108 bytes that Linux has for it; removed when the server closes
     * @throws UnsupportedOperationException over any other transport
     * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
     */
    Path path();

    /**
     * Returns the bound address as a literal, such as {@code 127.0.0.1} or {@code ::1}.
     *
     * @return the host
     * @throws UnsupportedOperationException over a transport without {@linkplain Capability#IP_ADDRESS IP
     *     addresses}
     */
    String host();

    /**
     * Returns the bound port.
     *
     * @return the port, from 1 to 65535
     * @throws UnsupportedOperationException over a transport without {@linkplain Capability#IP_ADDRESS IP
     *     addresses}
     */
    int port();

    /**
     * Returns the address as a URI without a path, an IPv6 literal in brackets.
     *
     * @param scheme such as {@code http}
     * @return the URI, such as {@code http://127.0.0.1:40001}
     * @throws UnsupportedOperationException over a transport without {@linkplain Capability#IP_ADDRESS IP
     *     addresses}
     */
    URI uri(String scheme);

    /**
     * Takes the next connection, on the caller's thread.
     *
     * <p>If another thread of the test, or of the client, may be blocked in a write to it, and the
     * client's {@code close()} waits for that, close this end before the client: a test that fails
     * comes to its end, where the library would close it, only after that.
     *
     * <pre>{@code
     * try (Client client = new Client(server.address());
     *         SocketConnection peer = server.accept()) { // closed first
     *     client.sendInBackground(much);
     *     assertThat(peer.readLine()).isEqualTo("HELLO");
     * }
     * }</pre>
     *
     * @return the server's end; closed by the caller, or at the end of the test
     * @throws AssertionError if none is made by the deadline
     */
    SocketConnection accept();

    /**
     * Serves the next connection that nobody else has asked for before: a script. It must be taken
     * by a connection and must return before the end of the test.
     *
     * @param script what to do with the connection, on a thread of its own
     * @return this server
     */
    SocketServer onConnection(ConnectionHandler script);

    /**
     * Serves every connection that no script and no {@link #accept()} takes, those that already wait
     * included.
     *
     * @param handler what to do with each connection, on a thread of its own
     * @return this server
     * @throws IllegalStateException if the server has a handler already
     */
    SocketServer onEachConnection(ConnectionHandler handler);

    /**
     * Returns the server's end of a connection, whoever serves it.
     *
     * <p>If that is a script or a handler, its waits are the ones that the end of the test bounds (see
     * {@link SocketConnection}); on the test's own thread they would keep that from coming.
     *
     * @param number counted from 1 in the order in which connections were made
     * @return the connection, also when it has ended
     * @throws AssertionError if fewer were made
     */
    SocketConnection connection(int number);

    /**
     * Returns how many connections have been made so far, those that wait to be accepted included.
     *
     * @return the count; right after a client's connect it contains that client
     */
    int connectionCount();

    /**
     * Waits until so many connections have been made in all.
     *
     * @param count at least 1
     * @return this server
     * @throws AssertionError if fewer are made by the deadline
     */
    SocketServer awaitConnections(int count);

    /**
     * Fails if a connection was made that neither {@link #accept()} nor a script has taken by now, or
     * if any is made within the time. One that the handler of every connection has served counts.
     *
     * @param within how long to watch from now on
     * @return this server
     * @throws AssertionError at the first such connection
     */
    SocketServer expectNoConnections(Duration within);

    /**
     * Waits for a message, over a transport that has {@linkplain Capability#MESSAGES messages}.
     *
     * <pre>{@code
     * @Test
     * @WithSocketServer(transport = UDP)
     * void counts(SocketServer sink) {
     *     new StatsD(sink.address()).count("a", 1);
     *     assertThat(sink.awaitMessage().text()).isEqualTo("a:1|c");
     *     sink.expectNoMore(Duration.ofMillis(100));
     * }
     * }</pre>
     *
     * <p>Messages are taken in the order in which they came, whoever has sent them; those that a script, a
     * handler or {@link #accept()} has taken the sender of go there instead.
     *
     * @return the message
     * @throws AssertionError if none comes by the deadline
     * @throws UnsupportedOperationException over a transport without messages
     */
    Message awaitMessage();

    /**
     * Fails if there is a message that {@link #awaitMessage()} would return, or if one comes within the
     * time.
     *
     * @param within how long to watch from now on
     * @return this server
     * @throws AssertionError at the first message
     * @throws UnsupportedOperationException over a transport without messages
     */
    SocketServer expectNoMore(Duration within);

    /**
     * Loses messages as if the network had, over a transport that has {@linkplain Capability#MESSAGES
     * messages}: for a client that has to repeat a question. They stand in the {@link #transcript()}, as
     * those of a connection without a number.
     *
     * <pre>{@code
     * server.dropMessages(1);
     * resolver.query("example.org");     // asks again
     * assertThat(server.awaitMessage())...
     * }</pre>
     *
     * @param numbers which of all that come to this server, counted from 1, the lost ones too
     * @return this server
     * @throws IllegalArgumentException if one of them has come already, or is below 1
     * @throws UnsupportedOperationException over a transport without messages, or whose messages cannot
     *     be lost
     */
    SocketServer dropMessages(int... numbers);

    /**
     * Stops taking connections out of the system's queue, which then fills until connects no longer
     * complete.
     */
    void pauseAccepting();

    /** Ends {@link #pauseAccepting()}. Does nothing if connections are taken. */
    void resumeAccepting();

    /**
     * Stops as {@link #stop(Ending)} does with {@link Ending#FIN}: like a process that dies.
     *
     * <p>The connections are closed at once, so what a client writes later is answered by a reset.
     * {@link SocketConnection#fin()} goes on reading instead.
     */
    void stop();

    /**
     * Goes down: further connects are refused, and the address stays reserved for {@link #start()}.
     * Connections that nobody has taken are reset, where the transport has an {@linkplain Capability#RESET
     * unconditional reset}, and else ended. Has no effect on a server that is down.
     *
     * <p>A script that holds its connection open is finished by it; one that waits for anything else
     * fails, since that did not come.
     *
     * <p>Where a system cannot hand a bound port from one socket to another (no {@code
     * SO_REUSEPORT}), the port is free until the start; Linux can.
     *
     * @param open how connections that are being served end
     */
    void stop(Ending open);

    /**
     * Comes up again at the same address, with the same scripts and handler. Has no effect on a
     * server that is up.
     */
    void start();

    /**
     * Marks that a point was reached.
     *
     * @param name of the point
     * @return this server
     */
    SocketServer checkpoint(String name);

    /**
     * Waits until a point has been reached: {@link #checkpoint(String)} was called here or on one of
     * the connections.
     *
     * @param name of the point
     * @return this server
     * @throws AssertionError if it is not by the deadline; it lists the points that were
     */
    SocketServer assertReached(String name);

    /**
     * Returns what was on the wire so far, of all connections of this server in the order of time:
     * {@linkplain Transcript#received() received} is what clients sent.
     *
     * @return a snapshot, also after the server was closed
     */
    Transcript transcript();

    /**
     * Gives the verdict and closes everything: waits by one deadline for scripts to finish, then
     * ends the connections, the threads and the listener. A second call does nothing.
     *
     * <p>A server that JUnit injected needs no call. If it gets one, what failed is thrown at the end
     * of its test, not here.
     *
     * @throws AssertionError if a script was not reached or not finished, or if a script or handler
     *     threw
     */
    @Override
    void close();

    /**
     * What a server is to be like. Each setting is checked by {@link #start()}.
     *
     * @since 0.1
     */
    @API(status = EXPERIMENTAL, since = "0.1")
    interface Builder {

        /**
         * Sets the name that messages use.
         *
         * @param name of the server; empty by default
         * @return this builder
         */
        Builder name(String name);

        /**
         * Sets the transport.
         *
         * @param transport that of {@code junitsockets.transports} by default, which is TCP
         * @return this builder
         */
        Builder transport(Transport transport);

        /**
         * Sets where it is. A handler that is given to this builder serves from here, wherever that is.
         *
         * @param location that of {@code junitsockets.location} by default, which is {@link
         *     Location#IN_PROCESS}
         * @return this builder
         */
        Builder location(Location location);

        /**
         * Lets every connection begin with TLS, over any transport that is a stream.
         *
         * @param tls the identity; one with the defaults over {@link Transport#TLS}, none over any other
         * @return this builder
         */
        Builder tls(Tls tls);

        /**
         * Sets the handler of every connection.
         *
         * @param handler as for {@link SocketServer#onEachConnection(ConnectionHandler)}
         * @return this builder
         * @throws IllegalStateException if a handler was set before
         */
        Builder handler(ConnectionHandler handler);

        /**
         * Sets the length of the system's queue of connections that wait to be accepted. On Linux a
         * backlog of n admits n + 1.
         *
         * @param backlog at least 1; 50 by default
         * @return this builder
         */
        Builder backlog(int backlog);

        /**
         * Sets SO_RCVBUF of the connections, before they are made.
         *
         * @param bytes the size; 0, the system's choice, by default
         * @return this builder
         */
        Builder receiveBuffer(int bytes);

        /**
         * Sets SO_SNDBUF of the connections.
         *
         * @param bytes the size; 0, the system's choice, by default
         * @return this builder
         */
        Builder sendBuffer(int bytes);

        /**
         * Sets how long anything on this server or its connections may wait.
         *
         * @param deadline from 1 ms to a day, multiplied by {@code junitsockets.deadline.factor};
         *     {@code junitsockets.deadline} by default, which is 5 s
         * @return this builder
         */
        Builder deadline(Duration deadline);

        /**
         * Binds an ephemeral port, or a path, and listens.
         *
         * @return the server; the caller closes it
         * @throws IllegalArgumentException if a setting cannot be
         * @throws UnsupportedTransportException if this system lacks the transport
         * @throws java.io.UncheckedIOException if no address can be bound
         */
        SocketServer start();
    }
}
