/**
 * Ephemeral socket servers, both ends of connections, and peers that follow a script, for tests.
 *
 * <p>Start at {@link org.junitsockets.SocketServer}; what one end of a connection can do is in
 * {@link org.junitsockets.SocketConnection}.
 */
@NullMarked
package org.junitsockets;

import org.jspecify.annotations.NullMarked;
