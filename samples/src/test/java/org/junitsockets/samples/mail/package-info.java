/**
 * A real client, the SMTP client of Apache Commons Net, against a server that follows a script: what
 * it puts on the wire, and what it tells its user when a mail is refused, in doubt, or lost.
 *
 * <p>Copy {@link org.junitsockets.samples.mail.SmtpScript} and change it for your protocol of lines
 * and numbered replies.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321">RFC 5321</a>
 */
package org.junitsockets.samples.mail;
