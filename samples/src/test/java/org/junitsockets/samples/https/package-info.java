/**
 * A real client, the JDK's {@code HttpClient}, against a peer whose TLS is wrong in one way at a time:
 * what it refuses and why, that its request stays where it is, and what it does not notice.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8446">RFC 8446, TLS 1.3</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-4.3.4">RFC 9110, section 4.3.4: https
 *     Certificate Verification</a>
 */
package org.junitsockets.samples.https;
