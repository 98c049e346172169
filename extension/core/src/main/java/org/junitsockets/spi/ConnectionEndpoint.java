package org.junitsockets.spi;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * One end of a connection, or what stands for one where there are none.
 *
 * <p>What a transport cannot do, as its {@linkplain org.junitsockets.Transport#capabilities()
 * capabilities} say, is not called.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public interface ConnectionEndpoint extends Endpoint {

    /** What {@link #read(ByteBuffer)} returns where the other side has ended its output. */
    int END = -1;

    /** What {@link #read(ByteBuffer)} and {@link #write(ByteBuffer)} return where they would have to wait. */
    int UNAVAILABLE = -2;

    /**
     * Goes on connecting. It is waited for with {@link java.nio.channels.SelectionKey#OP_CONNECT}.
     *
     * @return whether it is connected
     * @throws IOException if the connect has failed, such as {@link java.net.ConnectException} where it
     *     was refused
     */
    boolean finishConnect() throws IOException;

    /**
     * Tells what has to be waited for before one of the operations can succeed: where something is in
     * between, such as TLS, that may be another one.
     *
     * @param operations a set of {@link java.nio.channels.SelectionKey}'s
     * @return such a set
     */
    default int interest(int operations) {
        return operations;
    }

    /**
     * Reads what is there; of messages the next one, of which the buffer takes what it can hold and the
     * rest is lost.
     *
     * @param target at least 64 KiB for a message
     * @return how many bytes, which for a message may be 0; {@link #END}; or {@link #UNAVAILABLE}
     * @throws IOException a {@link java.net.SocketException} once the other side has reset the
     *     connection, {@link java.net.PortUnreachableException} where nobody is there for messages
     */
    int read(ByteBuffer target) throws IOException;

    /**
     * Tells which message the last {@link #read(ByteBuffer)} returned, among all that came to the same
     * listening endpoint, in the order in which they came. Only called where there are messages, by who
     * has read.
     *
     * @return a number that is larger for a later one; 0 where there is one connection only
     */
    default long sequence() {
        return 0;
    }

    /**
     * Tells how long the message was that the last {@link #read(ByteBuffer)} returned, also where the
     * buffer could not hold it all: what is missing is lost. Only called where there are messages, by who
     * has read.
     *
     * @return the number of bytes, or a negative one where nobody can tell
     */
    default int messageLength() {
        return -1;
    }

    /**
     * Writes what the system takes; a message whole or not at all.
     *
     * @param source what to write
     * @return how many bytes, or {@link #UNAVAILABLE}
     * @throws IOException a {@link java.net.SocketException} once the other side has reset the
     *     connection
     */
    int write(ByteBuffer source) throws IOException;

    /**
     * Ends this side's output, where there is a half-close.
     *
     * @throws IOException if it cannot
     */
    default void shutdownOutput() throws IOException {
        throw new UnsupportedOperationException("there is no half-close");
    }

    /**
     * Tells why {@link #reset()} would not reset it at this moment: where that has a condition.
     *
     * @return the reason, or empty where nothing is in the way
     * @throws IOException if it cannot be told
     */
    default Optional<String> cannotResetBecause() throws IOException {
        return Optional.empty();
    }

    /**
     * Closes it so that the other side meets a reset, whose reads and writes then fail; where there is one.
     *
     * @throws IOException if it cannot
     */
    default void reset() throws IOException {
        throw new UnsupportedOperationException("there is no reset");
    }

    /**
     * Lets {@link #close()} throw away what was written and is not yet delivered, if it can: it then
     * leaves nothing behind in the system.
     */
    default void dropUnsent() {}

    /**
     * Tells how many bytes that were written the other side's system has not taken yet.
     *
     * @return the number, or a negative one where nobody can tell
     */
    default long unsent() {
        return -1;
    }

    /**
     * Tells whether the system knows that the other side has not ended, whatever is unread.
     *
     * @return true only if that is known
     */
    default boolean isWithoutEnd() {
        return false;
    }

    /**
     * Makes sure that what the other side has done up to now is found here. Does nothing where that is always
     * so; else it waits, for a bounded time. Called without a lock held.
     *
     * @throws IOException if it cannot be told
     */
    default void settle() throws IOException {}

    /**
     * Returns the address of the other end.
     *
     * @return the address, also after it was closed
     */
    SocketAddress remoteAddress();
}
