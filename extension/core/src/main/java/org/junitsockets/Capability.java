package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * What a {@link Transport} can do, or is like.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public enum Capability {

    /** Bytes without boundaries, all of them and in order ({@code SOCK_STREAM}). */
    STREAM("a stream of bytes"),

    /** Messages with boundaries: what is sent in one piece arrives in one piece, or not at all. */
    MESSAGES("messages"),

    /** There are connections, each of which has an end that the other side notices. */
    CONNECTIONS("connections with an end"),

    /** One direction can end while the other goes on: {@code shutdown(fd, SHUT_WR)}. */
    HALF_CLOSE("a half-close"),

    /** A connection can be reset, so that the other side's reads and writes fail. */
    RESET("a reset"),

    /**
     * The same under a condition only: on {@code AF_UNIX} Linux resets a connection that is closed while
     * something is unread. Not beside {@link #RESET}.
     */
    CONDITIONAL_RESET("a reset, if something is unread"),

    /** Its addresses are an IP address and a port. */
    IP_ADDRESS("an IP address and a port"),

    /** What goes over it is encrypted, by TLS. */
    TLS("TLS");

    private final String words;

    Capability(String words) {
        this.words = words;
    }

    /**
     * Returns what messages call it.
     *
     * @return the words, such as {@code a half-close}
     */
    public String words() {
        return words;
    }
}
