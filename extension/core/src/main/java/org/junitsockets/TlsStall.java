package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * Where a server falls silent while a TLS handshake goes on, and holds the connection open.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8446#section-2">RFC 8446, section 2: Protocol Overview</a>
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public enum TlsStall {

    /** Nowhere: it goes on to its end. */
    NONE,

    /** When the ClientHello has come: nothing answers it. */
    AFTER_CLIENT_HELLO,

    /** When half of the bytes that answer the ClientHello have been sent. */
    MID_HANDSHAKE
}
