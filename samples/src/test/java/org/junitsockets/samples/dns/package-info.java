/**
 * A real client, dnsjava's resolver, against servers that answer as the network does on a bad day: over
 * UDP, where an answer may be lost, cut short, or somebody else's; and over TCP, where it goes for what
 * did not fit.
 *
 * <p>No thread and no script is needed: the client asks in the background, and the test is the server.
 * Copy {@link org.junitsockets.samples.dns.DnsReply} and change it for your protocol of datagrams.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1035">RFC 1035</a>
 */
@NullMarked
package org.junitsockets.samples.dns;

import org.jspecify.annotations.NullMarked;
