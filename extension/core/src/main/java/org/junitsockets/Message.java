package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.net.SocketAddress;
import org.apiguardian.api.API;

/**
 * A message that was received: a datagram, a frame, whatever arrives in one piece. Immutable.
 *
 * <pre>{@code
 * Message query = server.awaitMessage();
 * assertThat(query.text()).isEqualTo("a:1|c");
 * query.reply("ok");
 * }</pre>
 *
 * @see SocketServer#awaitMessage()
 * @see SocketConnection#readMessage()
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public interface Message {

    /**
     * Returns what came of it.
     *
     * @return a new array, empty for a message without bytes
     */
    byte[] bytes();

    /**
     * Returns the same as text.
     *
     * @return the bytes, as UTF-8
     */
    String text();

    /**
     * Returns how long it was when it came.
     *
     * @return the number of bytes, more than there are if it {@linkplain #isTruncated() was truncated}
     */
    int length();

    /**
     * Tells whether the reader's limit cut it.
     *
     * @return whether bytes are missing
     * @see <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recv(2), MSG_TRUNC</a>
     */
    boolean isTruncated();

    /**
     * Returns who sent it.
     *
     * @return the address of the other end
     */
    SocketAddress sender();

    /**
     * Sends a message to the sender.
     *
     * @param text of the message, sent as UTF-8
     * @throws java.io.UncheckedIOException if it cannot be sent
     */
    void reply(String text);

    /**
     * Sends a message to the sender.
     *
     * @param bytes of the message
     * @throws java.io.UncheckedIOException if it cannot be sent
     */
    void reply(byte[] bytes);
}
