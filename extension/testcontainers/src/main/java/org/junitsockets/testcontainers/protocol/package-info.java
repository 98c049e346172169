/**
 * The protocol between a test and an agent, which opens sockets for it elsewhere. Both halves are of the same
 * version; there is no other use for it.
 *
 * <p>There is one TCP connection, from the test to the agent, for a whole session. Numbers are unsigned and
 * big-endian. Whatever is not as it is written here ends the connection, with an error that says what was
 * found and what was expected. No length is believed: nothing is allocated by one before its bytes are there,
 * and each has a bound.
 *
 * <h2>Handshake</h2>
 *
 * Both have a secret of 32 bytes, which is of this session only. Before each has proved that to the other,
 * nothing else is read than these messages of fixed lengths, each by a deadline, and no frame.
 *
 * <table>
 * <caption>Messages of the handshake, in their order</caption>
 * <tr><th>from</th><th>bytes</th></tr>
 * <tr><td>agent</td><td>magic {@code 4a534b41} (4), version (2), the agent's nonce (32)</td></tr>
 * <tr><td>test</td><td>magic (4), version (2), the test's nonce (32), proof (32)</td></tr>
 * <tr><td>agent</td><td>proof (32)</td></tr>
 * </table>
 *
 * A proof is HMAC-SHA256 by the secret of: the role in ASCII ({@code junit-sockets test} or {@code
 * junit-sockets agent}), a zero byte, the version (2), the agent's nonce, the test's nonce. It is compared in
 * constant time. The agent closes the connection of whoever fails; with the first who does not, it takes no
 * further connections.
 *
 * <h2>Frames</h2>
 *
 * A frame is the length of its payload (4; at most 64 KiB and 64 bytes), its type (1), an id (4), and the
 * payload. Ids are given out by the test, for listeners, streams and requests alike, from 1 on, and never
 * twice. A text is its length in bytes (4; at most 8 KiB) and UTF-8; an address is a length (1; 4 or 16), that
 * many bytes, and a port (2); a truth value is 0 or 1 (1); a failure is its kind (1, as the place in {@link
 * org.junitsockets.testcontainers.protocol.Failure}) and a text.
 *
 * <table>
 * <caption>Requests of the test; each begins with the number of the request (4), which is not repeated here</caption>
 * <tr><th>type</th><th>id</th><th>payload</th><th>what a reply to it says</th></tr>
 * <tr><td>1 LISTEN</td><td>of the new listener</td><td>4 or 6 for the family (1), whether datagrams, backlog (4),
 * SO_RCVBUF (4), SO_SNDBUF (4), 0 for a default</td><td>the bound address</td></tr>
 * <tr><td>2 ACCEPT</td><td>listener</td><td>id of the new stream (4)</td><td>whether there is another one, as
 * ACCEPTABLE says; whether there was one, and then its remote address. What has come
 * over it precedes the reply</td></tr>
 * <tr><td>3 STOP</td><td>listener, datagram socket</td><td></td><td>it refuses, and keeps its address; what was not
 * accepted was reset</td></tr>
 * <tr><td>4 START</td><td>the same</td><td></td><td>it is as before</td></tr>
 * <tr><td>5 CLOSE</td><td>the same</td><td></td><td>it is closed; the id is of nothing any more</td></tr>
 * <tr><td>5 CLOSE</td><td>stream</td><td>whether to drop what is unsent, whether something is unread at the
 * test</td><td>it is closed, or will be once what is unsent has gone. Either makes it a reset, as with any
 * socket</td></tr>
 * <tr><td>6 FENCE</td><td>0</td><td></td><td>the agent has looked at all that is open; what it found precedes the
 * reply</td></tr>
 * <tr><td>7 STATUS</td><td>stream</td><td></td><td>bytes that the client's system has not taken (8, signed; negative
 * where nobody can tell), whether the client is known not to have ended</td></tr>
 * <tr><td>8 SEND</td><td>datagram socket</td><td>address, message (the rest)</td><td>whether the system took
 * it</td></tr>
 * <tr><td>9 RESET</td><td>stream</td><td></td><td>the RST is on its way; the id is of nothing any more</td></tr>
 * </table>
 *
 * <table>
 * <caption>Frames of a stream, of either side</caption>
 * <tr><th>type</th><th>payload</th><th>meaning</th></tr>
 * <tr><td>16 DATA</td><td>bytes (1 to 64 KiB)</td><td>to be written, or read; no more than there is credit for</td></tr>
 * <tr><td>17 WINDOW</td><td>number of bytes (4)</td><td>credit for so many more; of a datagram socket too, from
 * the test. It has gone to the client, or was read by the test</td></tr>
 * <tr><td>18 FIN</td><td></td><td>half-close, or that of the client; no DATA follows</td></tr>
 * </table>
 *
 * Each direction of a stream begins with a credit of 256 KiB, or of SO_RCVBUF (to the test) or SO_SNDBUF (from
 * it) where that is smaller, but at least 1 KiB. Messages of a datagram socket begin with 1 MiB and count 256
 * bytes besides their content.
 *
 * <table>
 * <caption>Events of the agent</caption>
 * <tr><th>type</th><th>id</th><th>payload</th><th>meaning</th></tr>
 * <tr><td>24 ACCEPTABLE</td><td>listener</td><td></td><td>there is a connection to be accepted; said once, until
 * the reply to the next ACCEPT, which says it anew</td></tr>
 * <tr><td>25 FAILED</td><td>stream</td><td>whether reading or else writing, failure</td><td>nothing more comes, or
 * goes; a client's RST is one</td></tr>
 * <tr><td>26 MESSAGE</td><td>datagram socket</td><td>sender's address, message (the rest)</td><td>a datagram, in
 * the order in which they came</td></tr>
 * </table>
 *
 * <table>
 * <caption>Answers</caption>
 * <tr><th>type</th><th>id</th><th>payload</th></tr>
 * <tr><td>32 REPLY</td><td>request</td><td>see there</td></tr>
 * <tr><td>33 ERROR</td><td>request; 0 for the session, which it ends</td><td>failure</td></tr>
 * </table>
 *
 * Types from 64 on are for handlers that run at the agent.
 */
@NullMarked
package org.junitsockets.testcontainers.protocol;

import org.jspecify.annotations.NullMarked;
