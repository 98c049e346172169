package org.junitsockets.spi;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * What an endpoint is to be like.
 *
 * @param backlog how many connections the kernel queues, at least 1; of a listening endpoint only
 * @param receiveBuffer SO_RCVBUF in bytes, 0 for the system's default; of a listening endpoint that of the
 *     connections it accepts
 * @param sendBuffer SO_SNDBUF in bytes, 0 for the system's default; of a listening endpoint that of the
 *     connections it accepts
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record EndpointOptions(int backlog, int receiveBuffer, int sendBuffer) {}
