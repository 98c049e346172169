/** The library's one pool of threads. */
@NullMarked
package org.junitsockets.work;

import org.jspecify.annotations.NullMarked;
