/**
 * A real client, the JDK's {@code HttpClient}, against a peer that writes HTTP/1.1 byte by byte: what
 * it does when a reply comes in pieces, stops half-way, or is none; and on which connection.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>
 */
package org.junitsockets.samples.http;
