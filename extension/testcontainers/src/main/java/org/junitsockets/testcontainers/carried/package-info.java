/** The test's side of the protocol: endpoints whose sockets an agent has elsewhere. */
@NullMarked
package org.junitsockets.testcontainers.carried;

import org.jspecify.annotations.NullMarked;
