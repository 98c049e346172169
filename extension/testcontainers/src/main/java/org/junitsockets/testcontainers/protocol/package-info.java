/** How both halves talk. */
@NullMarked
package org.junitsockets.testcontainers.protocol;

import org.jspecify.annotations.NullMarked;
