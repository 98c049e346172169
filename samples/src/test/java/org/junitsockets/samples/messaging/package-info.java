/**
 * A real client, that of NATS, against servers that follow a script: what it puts on the wire, what
 * it tells its user when a step of the conversation fails, and what it does between two servers.
 *
 * <p>Copy {@link org.junitsockets.samples.messaging.NatsScript} for a protocol in which both sides
 * speak when they like, and {@link org.junitsockets.samples.messaging.NatsEvents} for a client that
 * reports through listeners.
 *
 * @see <a href="https://docs.nats.io/reference/reference-protocols/nats-protocol">The NATS protocol</a>
 */
package org.junitsockets.samples.messaging;
