/** The transports: who supplies which, and those that the JDK has sockets for. */
@NullMarked
package org.junitsockets.transport;

import org.jspecify.annotations.NullMarked;
