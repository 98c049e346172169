package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * What is right or wrong with a server's certificate.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-6">RFC 5280, section 6: Certification Path
 *     Validation</a>
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public enum TlsCertificate {

    /** Issued by the certificate authority that clients trust, for the server's address and names. */
    VALID,

    /** Its time is over since yesterday. */
    EXPIRED,

    /** Its time begins tomorrow. */
    NOT_YET_VALID,

    /** Issued for another name and another address than the server's, and not for the names that were asked for. */
    WRONG_NAME,

    /** Issued by an authority that nobody has heard of. */
    UNKNOWN_CA,

    /** Issued by itself. */
    SELF_SIGNED,

    /** Its key is too short to be relied on: RSA of 768 bits. */
    WEAK_KEY,

    /** Issued by an intermediate authority whose own certificate is not sent. */
    INCOMPLETE_CHAIN,

    /** On the revocation list of its authority. */
    REVOKED
}
