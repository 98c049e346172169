/**
 * The annotations that put sockets into JUnit Jupiter tests.
 *
 * <p>Start at {@link org.junitsockets.jupiter.WithSocketServer}.
 */
@NullMarked
package org.junitsockets.jupiter;

import org.jspecify.annotations.NullMarked;
