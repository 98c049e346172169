package org.junitsockets.conformance;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * Both ends of one connection.
 *
 * @param client the end that connected
 * @param server the end that was accepted
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record EndPair(End client, End server) {}
