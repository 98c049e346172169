/** One end of a connection: reading, expecting, writing, and the ways it can end. */
@NullMarked
package org.junitsockets.connection;

import org.jspecify.annotations.NullMarked;
