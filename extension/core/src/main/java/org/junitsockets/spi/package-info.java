/**
 * For those who supply a transport, or what makes certificates: not for tests.
 *
 * <p>A transport is supplied by a {@link org.junitsockets.spi.TransportProvider}, which is found by
 * {@link java.util.ServiceLoader}. It supplies endpoints that never block; deadlines, recording,
 * scripts and verdicts are above them and the same for all.
 */
@NullMarked
package org.junitsockets.spi;

import org.jspecify.annotations.NullMarked;
