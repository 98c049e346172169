/**
 * How a container's port takes the place of a server: {@code RemoteEndpointFactory} reads the declaration,
 * joins or makes a {@code RemoteContainer}, waits for its {@code FirstContact} and says by which {@code
 * Way} its ports are reached.
 */
@NullMarked
package org.junitsockets.testcontainers.endpoint;

import org.jspecify.annotations.NullMarked;
