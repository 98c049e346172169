package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.time.Duration;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection: a server's, in a handler or from {@link SocketServer#accept()}, or a
 * client's.
 *
 * <pre>{@code
 * server.onConnection(peer -> {
 *     peer.expectLine("PING");
 *     peer.write("PONG\r\n");
 *     peer.expectEnd();
 * });
 * }</pre>
 *
 * <p><b>Waiting.</b> Every call that waits ends by the deadline (see {@link #deadline(Duration)}).
 * Only on a connection that a script or a handler serves are {@link #awaitInput()}, {@link
 * #awaitOutput()}, {@link #holdOpen()} and whatever reads while {@linkplain #pauseReading() reading is
 * paused} bounded by the end of the test instead: in the test itself, on a connection from {@link
 * SocketServer#accept()} or a client's, they would keep that from coming. What fails:
 *
 * <ul>
 *   <li>a missed expectation and a deadline that ran out throw an {@link AssertionError} that says
 *       what was expected, what had come, and on which declaration;
 *   <li>an I/O failure, such as a reset, throws an {@link java.io.UncheckedIOException}; a stream
 *       that ended too early has a {@link java.io.EOFException} as its cause;
 *   <li>a thread that is interrupted while it waits gets an {@link java.io.UncheckedIOException}
 *       over an {@link java.io.InterruptedIOException}, stays interrupted, and the connection
 *       stays usable.
 * </ul>
 *
 * <p><b>Messages.</b> Where the {@linkplain #transport() transport} has messages, each read keeps to one:
 * a line ends where its message does, and bytes that are expected have to come in one piece. {@link
 * #readMessage()} takes a whole one.
 *
 * <p><b>Text</b> is UTF-8; for anything else use the forms with bytes. A result of more than 64 MiB
 * is refused, whatever length the peer announced.
 *
 * <p><b>Threads.</b> All methods may be called from any thread. Reads are taken one after the
 * other, and so are writes; a read and a write go on at the same time. Ending the connection wakes
 * both.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public interface SocketConnection extends AutoCloseable {

    /**
     * Returns which connection of its server this is, counted from 1; for a client's end, which
     * client of its test or of its {@link SocketClients}.
     *
     * @return the number that messages show
     */
    int number();

    /**
     * Returns what it goes over.
     *
     * @return the transport; what that lacks, its methods refuse with an {@link
     *     UnsupportedOperationException}: {@link #fin()} over UDP, for instance
     */
    Transport transport();

    /**
     * Returns the address of this end.
     *
     * @return the address, also after the connection has ended
     */
    SocketAddress localAddress();

    /**
     * Returns the address of the other end.
     *
     * @return the address, also after the connection has ended
     */
    SocketAddress remoteAddress();

    /**
     * Sets how long each further call on this connection may wait.
     *
     * @param deadline from 1 ms to a day; multiplied by {@code junitsockets.deadline.factor}
     * @return this connection
     */
    SocketConnection deadline(Duration deadline);

    /**
     * Reads one line.
     *
     * @return the line without its end (LF or CRLF), or {@code null} if the stream ended before it.
     *     A stream that ends within a line is an {@link java.io.EOFException}.
     */
    @Nullable
    String readLine();

    /**
     * Reads until a delimiter has come.
     *
     * @param delimiter what to read to, at least one character
     * @return what came, the delimiter included
     */
    String readUntil(String delimiter);

    /**
     * Reads until a delimiter has come.
     *
     * @param delimiter what to read to, at least one byte
     * @return what came, the delimiter included
     */
    byte[] readUntil(byte[] delimiter);

    /**
     * Reads a number of bytes, however the network cut them up.
     *
     * @param count how many
     * @return exactly that many bytes
     */
    byte[] readExactly(int count);

    /**
     * Reads one frame.
     *
     * @param prefix how the length stands in it
     * @return the payload without the length; the header before it, where there is one, comes first
     */
    byte[] readFrame(LengthPrefix prefix);

    /**
     * Reads until the other side ends its output.
     *
     * @return all that came; empty if nothing did
     */
    byte[] readToEnd();

    /**
     * Reads the next message, over a transport that has {@linkplain Capability#MESSAGES messages}. Of one
     * that was begun to be read otherwise, it returns the rest.
     *
     * @return the message, whole
     */
    Message readMessage();

    /**
     * Reads the next message into a buffer of limited size, as a peer would: what does not fit is lost,
     * and the message says so.
     *
     * @param limit how many bytes are kept of it at most
     * @return the message
     */
    Message readMessage(int limit);

    /**
     * Reads what is there, waiting for the first byte; over a transport that has messages, one of them.
     *
     * <p>How much that is depends on the network as well. So there is no expecting twin: {@link
     * #expect(String)} is for what must come, and {@link #expectNoMore(Duration)} for what must not.
     *
     * @return at least one byte; none for a message that has none
     */
    byte[] readAvailable();

    /**
     * Waits until there is something to read: what a handler waits in for a client's next request.
     * On a connection that a script or a handler serves, the end of the test bounds it, not the
     * deadline.
     *
     * @return {@code true} if there is; {@code false} if the stream ended, by FIN or reset, or the
     *     test did
     * @throws AssertionError on any other connection, if nothing comes by the deadline
     */
    boolean awaitInput();

    /**
     * Waits until the system takes more to send. On a connection that a script or a handler serves,
     * the end of the test bounds it, not the deadline.
     *
     * @return {@code true} if it does; {@code false} if the connection was reset or the test ended
     * @throws AssertionError on any other connection, if it takes nothing by the deadline
     */
    boolean awaitOutput();

    /**
     * Reads as many bytes as are expected and fails at the first that differs.
     *
     * @param expected what must come next
     * @return this connection
     */
    SocketConnection expect(byte[] expected);

    /**
     * Reads as many bytes as the text has in UTF-8 and fails at the first that differs.
     *
     * @param expected what must come next
     * @return this connection
     */
    SocketConnection expect(String expected);

    /**
     * Reads one line and fails if it is another one or the stream ended.
     *
     * @param expected the line without its end
     * @return this connection
     */
    SocketConnection expectLine(String expected);

    /**
     * Reads until a delimiter has come and fails if something else came before it.
     *
     * @param delimiter what to read to, at least one character
     * @param expected what must come, the delimiter included
     * @return this connection
     */
    SocketConnection expectUntil(String delimiter, String expected);

    /**
     * Reads one frame and fails if its payload is another one.
     *
     * @param prefix how the length stands in it
     * @param expected the payload without the length, the header first where there is one
     * @return this connection
     * @throws IllegalArgumentException if no such frame can hold what is expected
     */
    SocketConnection expectFrame(LengthPrefix prefix, byte[] expected);

    /**
     * Reads the next message and fails if it is another one.
     *
     * @param expected the whole message, as UTF-8
     * @return this connection
     */
    SocketConnection expectMessage(String expected);

    /**
     * Reads the next message and fails if it is another one.
     *
     * @param expected the whole message
     * @return this connection
     */
    SocketConnection expectMessage(byte[] expected);

    /**
     * Reads until the other side ends its output and fails if something else came before that.
     *
     * @param expected all that must come
     * @return this connection
     */
    SocketConnection expectToEnd(String expected);

    /**
     * Waits for that long and fails as soon as more bytes come: for a client that must wait, for an
     * answer for instance.
     *
     * <p>Bytes that have come already count. Where the other side ends its output nothing more can
     * come, and the call returns at once; a reset fails it. What keeps a client from sending has to be
     * true for all of the time; what was sent too early usually is there at once, so it need not be
     * long.
     *
     * @param within how long, from 1 ms to a day
     * @return this connection
     */
    SocketConnection expectNoMore(Duration within);

    /**
     * Waits for the other side to end its output by FIN, and fails if more bytes or a reset come
     * instead.
     *
     * @return this connection
     */
    SocketConnection expectEnd();

    /**
     * Waits for a reset, and fails if more bytes or a FIN come instead.
     *
     * @return this connection
     */
    SocketConnection expectReset();

    /**
     * Waits for the other side to end the connection, by FIN or by a reset, and fails if more bytes
     * come instead. For clients whose way of hanging up is not what a test is about.
     *
     * @return this connection
     */
    SocketConnection expectEndOrReset();

    /**
     * Sends the whole text in UTF-8, as one message where there are messages.
     *
     * @param text what to send; nothing is added to it
     * @return this connection
     */
    SocketConnection write(String text);

    /**
     * Sends all the bytes, as one message where there are messages.
     *
     * @param bytes what to send
     * @return this connection
     */
    SocketConnection write(byte[] bytes);

    /**
     * Sends one frame.
     *
     * @param prefix how the length stands in it
     * @param payload what is in it without the length, the header first where there is one
     * @return this connection
     * @throws IllegalArgumentException if no such frame can hold the payload
     * @see LengthPrefix#frame(byte[])
     */
    SocketConnection writeFrame(LengthPrefix prefix, byte[] payload);

    /**
     * Sends the text in UTF-8, one byte at a time.
     *
     * @param text what to send
     * @param pause between two bytes
     * @return this connection
     * @see #writeSlowly(byte[], int, Duration)
     */
    SocketConnection writeSlowly(String text, Duration pause);

    /**
     * Sends the bytes in slices with a pause between them.
     *
     * <p>In a script, a client that gives up in the meantime (resets the connection, or has gone
     * when the test ends) finishes the script without a failure: that is what a slow peer is for.
     * Elsewhere it is an I/O failure.
     *
     * @param bytes what to send
     * @param sliceSize how many bytes at a time, at least 1
     * @param pause between two slices
     * @return this connection
     */
    SocketConnection writeSlowly(byte[] bytes, int sliceSize, Duration pause);

    /**
     * Begins TLS on a connection that is a stream: as the server on a server's end, as the client on a
     * client's. What was read ahead and not taken belongs to it.
     *
     * <p>A client verifies that the certificate is for {@code localhost}. A server that is to {@linkplain
     * Tls.Builder#stall(TlsStall) fall silent} does so, and the call then waits as {@link #holdOpen()}
     * does.
     *
     * <pre>{@code
     * server.onConnection(peer -> {
     *     peer.expectLine("STARTTLS");
     *     peer.write("220 go ahead\r\n");
     *     peer.startTls(tls);
     *     peer.expectLine("EHLO me");
     * });
     * }</pre>
     *
     * @param tls the server's identity, or what the client trusts
     * @return this connection, once the handshake is complete
     * @throws java.io.UncheckedIOException if the handshake fails, over a {@link
     *     javax.net.ssl.SSLException}
     * @throws AssertionError if it does not complete by the deadline
     * @throws UnsupportedOperationException over a transport that is no {@linkplain Capability#STREAM stream},
     *     or {@link Transport#TLS} where nobody stated that
     * @throws IllegalStateException if TLS has begun already
     * @see <a href="https://www.rfc-editor.org/rfc/rfc8446">RFC 8446, TLS 1.3</a>
     */
    SocketConnection startTls(Tls tls);

    /**
     * The same on a client's end, for a server of another name.
     *
     * @param tls what the client trusts
     * @param serverName whom the client asks for (SNI), and whom the certificate has to be for
     * @return this connection, once the handshake is complete
     */
    SocketConnection startTls(Tls tls, String serverName);

    /**
     * Returns what the TLS handshake came to, and waits for it.
     *
     * @return the session
     * @throws IllegalStateException where TLS has not begun
     * @throws java.io.UncheckedIOException if the handshake has failed
     * @throws AssertionError if it does not complete by the deadline
     */
    TlsSession tls();

    /**
     * Ends the connection by FIN without the close_notify of TLS: what a broken peer does, or somebody
     * in between who wants the rest not to be missed. Otherwise as {@link #fin()}.
     *
     * @throws IllegalStateException where TLS has not begun
     * @see <a href="https://www.rfc-editor.org/rfc/rfc8446#section-6.1">RFC 8446, section 6.1: Closure
     *     Alerts</a>
     */
    void truncate();

    /**
     * Says and takes nothing until the other side ends or the test does; a script that waits here is
     * finished by either. On a connection that no script or handler serves, the deadline bounds it.
     *
     * <p>To notice that the other side ends, up to 4 KiB are read ahead and kept for a later read.
     * An end behind more than that is not noticed.
     *
     * @throws AssertionError on a connection that no script or handler serves, if the other side has
     *     not ended by the deadline
     */
    void holdOpen();

    /**
     * Stops reading: whatever waits or comes to read here waits, and what the other side sends stays
     * in the system's buffers until they are full and its writes block.
     *
     * <p>On a connection that a script or a handler serves, the end of the test bounds it, and time in
     * which reading is paused does not count for a deadline. On any other, what reads in the
     * meantime fails if reading is still paused by its deadline. How much the buffers take is set by
     * {@code receiveBuffer} of the server.
     */
    void pauseReading();

    /** Ends {@link #pauseReading()}. Does nothing if reading goes on. */
    void resumeReading();

    /**
     * Ends this side's output by FIN; reading goes on (a half-close).
     *
     * @return this connection
     * @see <a href="https://man7.org/linux/man-pages/man2/shutdown.2.html">shutdown(2)</a>
     */
    SocketConnection shutdownOutput();

    /**
     * Ends the connection in order: all that was written is delivered, then FIN, over TLS after a
     * close_notify.
     *
     * <p>What the other side still sends is read and dropped in the background until it ends too, at
     * most for the deadline. So no reset overtakes what was written, and a client that only writes
     * notices nothing before that. A process that dies answers such a client by a reset: that is what
     * {@link SocketServer#stop()} does.
     */
    void fin();

    /**
     * Resets the connection: the other side's reads and writes fail.
     *
     * <p>What was written before is delivered first: where more than 1 KiB was, the call waits until
     * the other side's system has taken it (on Linux, as long as it keeps taking some). A blocked
     * reader or writer of this end is woken, and fails.
     */
    void rst();

    /**
     * Ends the connection the one way or the other, for a test that is run with both: by {@link
     * Ending#FIN} as {@link #fin()} does, by {@link Ending#RST} as {@link #rst()} does.
     *
     * @param ending how it ends
     * @throws IllegalArgumentException if it is {@link Ending#NONE}, which is no end: {@link
     *     #holdOpen()} keeps a connection open
     */
    void end(Ending ending);

    /**
     * Returns what was on the wire so far, as this end saw it: {@linkplain Transcript#received()
     * received} is what the other side sent.
     *
     * <p>What has come and was not read is read ahead for it, up to 64 KiB and unless reading is
     * paused, and kept for a later read.
     *
     * @return a snapshot, also after the connection has ended
     */
    Transcript transcript();

    /** Ends the connection as {@link #fin()} does, unless it has ended already. */
    @Override
    void close();

    /**
     * Marks that this point was reached, for {@link SocketServer#assertReached(String)}.
     *
     * @param name of the point
     * @return this connection
     */
    SocketConnection checkpoint(String name);

    /**
     * Returns what is received as a stream, for code that wants one. It can be mixed with the other
     * reads. A read past the deadline throws an {@link AssertionError}; an I/O failure is an {@link
     * java.io.IOException}.
     *
     * @return the stream; closing it does nothing
     */
    InputStream input();

    /**
     * Returns a stream that sends what is written to it, at once. A write past the deadline throws
     * an {@link AssertionError}; an I/O failure is an {@link java.io.IOException}.
     *
     * @return the stream; closing it does nothing
     */
    OutputStream output();
}
