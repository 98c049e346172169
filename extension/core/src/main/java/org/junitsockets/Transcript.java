package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.time.Instant;
import java.util.List;
import org.apiguardian.api.API;

/**
 * What was on the wire, as one end saw it: the bytes of both directions and what happened between
 * them, in the order in which it was seen. Immutable; what happens later is in a later one.
 *
 * <pre>{@code
 * client.write("PING\r\n").expectLine("PONG");
 * assertThat(client.transcript().sent()).asString().isEqualTo("PING\r\n");
 * }</pre>
 *
 * <p>It is bounded: of each connection the last {@code junitsockets.transcript.size} bytes are kept
 * (256 KiB by default, both directions together), and the oldest are dropped and counted. Received
 * are bytes that have been read from the system, whether or not anybody has asked for them; what
 * nobody has read yet is not in it.
 *
 * <p>{@code toString()} is a ladder diagram: the client on the left, the server on the right, times
 * from the first byte, long payloads shortened, and what {@code junitsockets.transcript.mask} matches
 * replaced by asterisks. Nothing else here is masked.
 *
 * @see SocketConnection#transcript()
 * @see SocketServer#transcript()
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public interface Transcript {

    /**
     * Returns what is kept.
     *
     * @return the entries, oldest first
     */
    List<Entry> entries();

    /**
     * Returns the bytes received that are kept, in order; of a server, those of one connection after
     * the other.
     *
     * @return a new array
     */
    byte[] received();

    /**
     * Returns the bytes sent that are kept, in order; of a server, those of one connection after the
     * other.
     *
     * @return a new array
     */
    byte[] sent();

    /**
     * Returns how many bytes received before those were dropped.
     *
     * @return the number of bytes, 0 where all are kept
     */
    long droppedReceived();

    /**
     * Returns how many bytes sent before those were dropped.
     *
     * @return the number of bytes, 0 where all are kept
     */
    long droppedSent();

    /**
     * Returns how many entries without bytes were dropped.
     *
     * @return the number of entries, 0 where all are kept
     */
    long droppedEvents();

    /**
     * What an entry is about.
     *
     * @since 0.1
     */
    @API(status = EXPERIMENTAL, since = "0.1")
    enum Kind {
        /** This end connected. */
        CONNECTED,
        /** This end was accepted. */
        ACCEPTED,
        /** A script or handler began to serve it; the detail says which, and on which thread. */
        SERVED,
        /** Bytes were read from the system. */
        RECEIVED,
        /** Bytes were given to the system. */
        SENT,
        /** The other side has ended its output (FIN). */
        FIN_RECEIVED,
        /** The other side has reset the connection (RST). */
        RESET_RECEIVED,
        /** The other side has ended its output (FIN) without the close_notify that TLS asks for. */
        TRUNCATED,
        /** A message found nobody at the other side's address (ICMP port unreachable). */
        PORT_UNREACHABLE,
        /** A message that came was dropped on purpose, as if the network had lost it. */
        DROPPED,
        /** A TLS handshake has begun. */
        TLS_STARTED,
        /** A TLS handshake is complete; the detail says what was agreed. From here on what is recorded is plaintext. */
        TLS_ESTABLISHED,
        /** This end has fallen silent in a TLS handshake, as was asked for; the detail says where. */
        TLS_STALLED,
        /** A TLS handshake, or TLS after it, failed; the detail says why. */
        TLS_FAILED,
        /** The other side has announced the end of its output over TLS. */
        CLOSE_NOTIFY_RECEIVED,
        /** This end has announced the end of its output over TLS. */
        CLOSE_NOTIFY_SENT,
        /** This end has ended its output (FIN), and goes on reading. */
        HALF_CLOSED,
        /** This end has ended the connection in order (FIN, if none was sent before); the detail says by what. */
        CLOSED,
        /** This end has closed, where there are no connections: nobody is told. The detail says by what. */
        LEFT,
        /** This end has reset the connection (RST); the detail says by what. */
        RESET,
        /** A call did not come to its end by its deadline; the detail says which. */
        TIMED_OUT,
        /** A point was reached; the detail is its name. */
        CHECKPOINT
    }

    /**
     * One thing that was seen.
     *
     * @since 0.1
     */
    @API(status = EXPERIMENTAL, since = "0.1")
    interface Entry {

        /**
         * Returns the number of its connection.
         *
         * @return as {@link SocketConnection#number()}
         */
        int connection();

        /**
         * Returns what it is about.
         *
         * @return the kind
         */
        Kind kind();

        /**
         * Returns when it was seen, in the nanoseconds of {@link System#nanoTime()}.
         *
         * @return the monotonic time
         */
        long nanoTime();

        /**
         * Returns when it was seen, on the clock of the day: the system's at the beginning of the
         * connection, and the monotonic time that has passed since.
         *
         * @return the wall time
         */
        Instant time();

        /**
         * Returns the bytes.
         *
         * @return a new array; empty where it is about something else
         */
        byte[] bytes();

        /**
         * Returns what there is to say besides.
         *
         * @return the call, script or name that it is about; empty where there is none
         */
        String detail();
    }
}
