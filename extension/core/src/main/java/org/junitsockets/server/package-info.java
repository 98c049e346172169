/** The endpoint: listening, handing out connections, running scripts and handlers. */
@NullMarked
package org.junitsockets.server;

import org.jspecify.annotations.NullMarked;
