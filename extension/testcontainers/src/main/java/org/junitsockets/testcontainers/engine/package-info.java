/**
 * The container engine, as Testcontainers finds it, and the ways from here into its containers. Both a session's
 * container and remote endpoints have it from here.
 */
@NullMarked
package org.junitsockets.testcontainers.engine;

import org.jspecify.annotations.NullMarked;
