/** Ephemeral loopback ports that are held from the bind on and not handed out twice in a row. */
@NullMarked
package org.junitsockets.port;

import org.jspecify.annotations.NullMarked;
