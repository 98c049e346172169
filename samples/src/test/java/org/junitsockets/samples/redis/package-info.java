/**
 * A real client, Jedis, against a peer that speaks just enough of the Redis protocol (RESP) to put
 * it on the spot: what it does when a reply is cut, a server restarts, or nobody answers.
 *
 * <p>Copy {@link org.junitsockets.samples.redis.RespScript} and change it for your protocol.
 *
 * @see <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">RESP</a>
 */
package org.junitsockets.samples.redis;
