/** Deadlines, the clock they read, and durations as users write them. */
@NullMarked
package org.junitsockets.time;

import org.jspecify.annotations.NullMarked;
