package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * Whether a TLS server asks its clients for a certificate.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8446#section-4.3.2">RFC 8446, section 4.3.2: Certificate
 *     Request</a>
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public enum ClientAuthentication {

    /** It does not ask. */
    NONE,

    /** It asks, and takes a client that has none. */
    WANTED,

    /** It asks, and refuses a client that has none. */
    REQUIRED
}
