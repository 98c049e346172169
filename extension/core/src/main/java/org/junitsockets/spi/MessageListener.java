package org.junitsockets.spi;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.net.SocketAddress;
import org.apiguardian.api.API;

/**
 * Is told what becomes of messages at a {@link ListeningEndpoint}.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public interface MessageListener {

    /** Messages have come for connections that were accepted before. */
    void arrived();

    /**
     * A message came that nobody gets to see.
     *
     * @param sender who has sent it
     * @param sequence which of all that came it was, from 1
     * @param length how many bytes it had
     * @param onPurpose whether it was to be dropped; otherwise too much was unread
     */
    void lost(SocketAddress sender, long sequence, int length, boolean onPurpose);
}
