package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * What the other side of a connection sees when this side ends it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9293#section-3.6">RFC 9293, section 3.6</a>
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public enum Ending {

    /** An orderly end: what was sent is delivered, then reads return the end of the stream. */
    FIN,

    /** A reset: reads and writes fail. */
    RST,

    /** Nothing at all: the connection stays open. */
    NONE
}
