/**
 * The conformance kit: what every pair of sockets that is given to a test has to do, in 13 points.
 *
 * <p>Start at {@link org.junitsockets.conformance.SocketConformance}.
 */
@NullMarked
package org.junitsockets.conformance;

import org.jspecify.annotations.NullMarked;
